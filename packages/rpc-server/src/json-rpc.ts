import { RPC_ERROR, RpcError } from "./rpc-error.ts";

/** Who asks. Over HTTP a connection lasts one request and cannot be notified. */
export interface RpcConnection {
  /** True if notifications reach the client. */
  readonly canNotify: boolean;
  /** Sends a notification; does nothing once the connection is closed. */
  notify(method: string, params: unknown): void;
  /** Runs `listener` when the connection closes. */
  onClose(listener: () => void): void;
}

/** One method. `params` is what the client sent: an array, or an array of the one object. Throws an {@link RpcError} to refuse. */
export type RpcMethod = (params: readonly unknown[], connection: RpcConnection) => unknown;
export type RpcMethods = ReadonlyMap<string, RpcMethod>;

export interface JsonRpcOptions {
  readonly methods: RpcMethods;
  /** Turns an unexpected error into an answer; default: code -32603, its text masked. */
  readonly explain?: (error: unknown) => RpcError | undefined;
  /** Hears of unexpected errors. */
  readonly log: (line: string) => void;
}

const BATCH_MAX = 1000;

/** Answers a request text, single or batch. Undefined if it holds notifications only. Never rejects. */
export async function answerJsonRpc(
  text: string,
  connection: RpcConnection,
  options: JsonRpcOptions,
): Promise<string | undefined> {
  let request: unknown;
  try {
    request = JSON.parse(text);
  } catch (error) {
    return write(failure(null, RPC_ERROR.PARSE, `Parse error: ${(error as Error).message}`));
  }
  if (!Array.isArray(request)) return write(await answerOne(request, connection, options));
  if (request.length === 0)
    return write(failure(null, RPC_ERROR.INVALID_REQUEST, "Invalid request: empty batch"));
  if (request.length > BATCH_MAX) {
    const message = `Invalid request: a batch has at most ${BATCH_MAX} requests, not ${request.length}`;
    return write(failure(null, RPC_ERROR.INVALID_REQUEST, message));
  }
  const answers: unknown[] = [];
  // One after the other: the order of the requests is the order of their effects.
  for (const one of request) {
    const answer = await answerOne(one, connection, options);
    if (answer !== undefined) answers.push(answer);
  }
  return answers.length === 0 ? undefined : write(answers);
}

const write = (answer: unknown): string | undefined =>
  answer === undefined ? undefined : JSON.stringify(answer, bigintAsText);

const bigintAsText = (_: string, value: unknown): unknown =>
  typeof value === "bigint" ? value.toString() : value;

async function answerOne(
  request: unknown,
  connection: RpcConnection,
  { methods, explain, log }: JsonRpcOptions,
): Promise<unknown> {
  if (typeof request !== "object" || request === null) {
    return failure(null, RPC_ERROR.INVALID_REQUEST, "Invalid request: not an object");
  }
  const { id = null, method, params = [] } = request as Record<string, unknown>;
  const isNotification = !("id" in request);
  if (typeof method !== "string") {
    return failure(id, RPC_ERROR.INVALID_REQUEST, "Invalid request: `method` is no string");
  }
  if (typeof params !== "object" || params === null) {
    return failure(id, RPC_ERROR.INVALID_REQUEST, "Invalid request: `params` is no array");
  }
  const run = methods.get(method);
  if (run === undefined) {
    return isNotification
      ? undefined
      : failure(id, RPC_ERROR.METHOD_NOT_FOUND, `Method not found: ${method}`);
  }
  try {
    const result = await run(Array.isArray(params) ? params : [params], connection);
    return isNotification ? undefined : { jsonrpc: "2.0", result: result ?? null, id };
  } catch (error) {
    const known = error instanceof RpcError ? error : explain?.(error);
    if (known !== undefined) return failure(id, known.code, known.message, known.data);
    log(`${method}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return failure(id, RPC_ERROR.INTERNAL, "Internal error");
  }
}

const failure = (id: unknown, code: number, message: string, data?: unknown): unknown => ({
  jsonrpc: "2.0",
  error: { code, message, ...(data === undefined ? {} : { data }) },
  id,
});
