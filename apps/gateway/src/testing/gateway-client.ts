import { startGateway } from "../start-gateway.ts";

/** One error as clients see it. */
export interface ClientError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions: Readonly<Record<string, unknown>>;
}

export interface ClientAnswer<T> {
  readonly status: number;
  readonly data?: T | null;
  readonly errors?: readonly ClientError[];
}

export interface GatewayClient {
  readonly url: string;
  /** Everything that the gateway wrote to its log. */
  readonly log: readonly string[];
  /** Sends one operation over HTTP. */
  query<T = Record<string, unknown>>(
    query: string,
    variables?: Record<string, unknown>,
  ): Promise<ClientAnswer<T>>;
  close(): Promise<void>;
}

/** A gateway of its own on a free port, with a client. */
export async function openGateway(): Promise<GatewayClient> {
  const log: string[] = [];
  const { url, close } = await startGateway({
    host: "127.0.0.1",
    port: 0,
    log: (line) => log.push(line),
  });
  return {
    url,
    log,
    close,
    query: async (query, variables) => {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", accept: "application/json" },
        body: JSON.stringify({ query, variables }),
      });
      return { status: response.status, ...((await response.json()) as object) };
    },
  };
}
