import { FaultError, refuse } from "@dragoman/fault";
import { type NodeAddress, nodeAddress, withoutSecrets } from "./node-address.ts";

/** One question to a node. */
export interface Question {
  readonly method: string;
  readonly params: readonly unknown[];
}

/** How long and how often a node is asked. */
export interface Patience {
  /** Longest wait for one answer, ms. */
  readonly timeoutMs: number;
  /** How often more it is asked after it did not answer, or answered 429 or 5xx. */
  readonly retries: number;
  /** Wait before the first of them, ms; each next one is twice as long. */
  readonly backoffMs: number;
}

export const PATIENCE: Patience = { timeoutMs: 30_000, retries: 4, backoffMs: 250 };

/** Longest that {@link JsonRpcClient.ask} takes for one request, ms. */
export const patienceMs = ({ timeoutMs, retries, backoffMs }: Patience): number =>
  (retries + 1) * timeoutMs + backoffMs * 2 ** retries;

/** Questions of one request: what providers take. */
const BATCH_MAX = 100;
/** Characters of a strange answer that an error shows. */
const SHOWN_MAX = 200;
const BUSY = 429;
const SERVER_FAULT = 500;

interface Reply {
  readonly id?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly code?: number; readonly message?: string; readonly data?: unknown };
}

/** A node's refusal of one question. */
export class NodeRefusal extends Error {
  override readonly name = "NodeRefusal";
  readonly code: number;
  readonly data: unknown;

  constructor(code: number, message: string, data: unknown) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** Speaks JSON-RPC to a node. Follows no redirection. */
export class JsonRpcClient {
  readonly address: NodeAddress;
  readonly #patience: Patience;
  /** False once the node has refused a list of questions. */
  #takesBatches = true;

  /** Fault: INVALID_FORK_URL. */
  constructor(url: string, patience: Patience = PATIENCE) {
    this.address = nodeAddress(url);
    this.#patience = patience;
  }

  /** Results of questions, in their order. Faults: INVALID_FORK_CONNECTION, INVALID_FORK_ANSWER. */
  async ask(questions: readonly Question[]): Promise<unknown[]> {
    const replies = await this.#replies(questions);
    return replies.map(({ result, error }, i) => {
      if (error === undefined && result !== undefined) return result;
      const said = error?.message ?? "an answer without a result";
      return this.#refuseAnswer(
        questions[i]!.method,
        `refuses: ${said} (${error?.code ?? "none"})`,
      );
    });
  }

  /** One question, whose refusal is passed on as {@link NodeRefusal}. Faults as {@link ask}. */
  async passOn(method: string, params: readonly unknown[]): Promise<unknown> {
    const [reply] = await this.#replies([{ method, params }]);
    const { error, result } = reply!;
    if (error === undefined) return result ?? null;
    const message = withoutSecrets(error.message ?? "refused", this.address);
    throw new NodeRefusal(error.code ?? -32000, message, error.data);
  }

  async #replies(questions: readonly Question[]): Promise<Reply[]> {
    const replies: Reply[] = [];
    for (let at = 0; at < questions.length; at += BATCH_MAX) {
      replies.push(...(await this.#batch(questions.slice(at, at + BATCH_MAX))));
    }
    return replies;
  }

  async #batch(questions: readonly Question[]): Promise<Reply[]> {
    const [first] = questions;
    if (first === undefined) return [];
    if (questions.length > 1 && this.#takesBatches) {
      const body = questions.map(({ method, params }, id) => ({
        jsonrpc: "2.0",
        id,
        method,
        params,
      }));
      const answer = await this.#post(body, `${first.method} and ${questions.length - 1} more`);
      if (Array.isArray(answer)) return this.#inOrder(answer as Reply[], questions);
      this.#takesBatches = false;
    }
    const single = async ({ method, params }: Question): Promise<Reply> =>
      (await this.#post({ jsonrpc: "2.0", id: 0, method, params }, method)) as Reply;
    return Promise.all(questions.map(single));
  }

  #inOrder(answers: readonly Reply[], questions: readonly Question[]): Reply[] {
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    return questions.map(
      ({ method }, id) =>
        byId.get(id) ?? this.#refuseAnswer(method, "leaves a question of a list out"),
    );
  }

  /** The parsed answer, an object or a list. */
  async #post(body: unknown, what: string): Promise<unknown> {
    const { retries, backoffMs } = this.#patience;
    for (let attempt = 0; ; attempt++) {
      const ended = await this.#attempt(JSON.stringify(body), what);
      if ("answer" in ended) return ended.answer;
      if (attempt === retries) {
        const times = `${attempt + 1} ${attempt === 0 ? "time" : "times"}`;
        const next = "start it, wait, or give another --fork-url";
        const why = `${this.address.shown} was asked ${what} ${times} and ${ended.why}; ${next}`;
        refuse("INVALID_FORK_CONNECTION", undefined, why, { node: this.address.shown });
      }
      const wait = Math.max(backoffMs * 2 ** attempt, ended.waitMs);
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }

  async #attempt(
    body: string,
    what: string,
  ): Promise<{ readonly answer: unknown } | { readonly why: string; readonly waitMs: number }> {
    const { url, headers } = this.address;
    const { timeoutMs, backoffMs } = this.#patience;
    try {
      const response = await fetch(url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body,
        redirect: "manual",
        signal: AbortSignal.timeout(timeoutMs),
      });
      const text = await response.text();
      const { status } = response;
      if (status === BUSY || status >= SERVER_FAULT) {
        const asked = Number(response.headers.get("retry-after")) * 1000;
        const waitMs = asked > 0 ? Math.min(asked, 16 * backoffMs) : 0;
        return { why: `answered with status ${status}: ${this.#shown(text)}`, waitMs };
      }
      return { answer: this.#parse(text, status, what) };
    } catch (error) {
      if (error instanceof FaultError) throw error;
      return { why: `did not answer (${this.#shown(reasonOf(error))})`, waitMs: 0 };
    }
  }

  #parse(text: string, status: number, what: string): unknown {
    if (status >= 300 && status < 400) {
      return this.#refuseAnswer(what, `redirects with status ${status}; give the URL it leads to`);
    }
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      parsed = undefined;
    }
    if (typeof parsed === "object" && parsed !== null) return parsed;
    return this.#refuseAnswer(what, `answers no JSON, with status ${status}: ${this.#shown(text)}`);
  }

  #refuseAnswer(what: string, why: string): never {
    const { shown } = this.address;
    const message = withoutSecrets(`${shown} was asked ${what} and ${why}`, this.address);
    return refuse("INVALID_FORK_ANSWER", undefined, message, { node: shown });
  }

  #shown(text: string): string {
    const line = withoutSecrets(text, this.address).replace(/\s+/g, " ").trim();
    return line.length > SHOWN_MAX ? `${line.slice(0, SHOWN_MAX)}…` : line;
  }
}

/** What `fetch` says lies in the cause of its error. */
function reasonOf(error: unknown): string {
  const { cause, message, name } = error as Error & { cause?: Error & { code?: string } };
  if (name === "TimeoutError") return "in time";
  return cause?.code ?? cause?.message ?? message;
}
