import { createClient } from "graphql-sse";
import { GatewayError } from "./gateway-error.ts";
import type { TypedDocumentString } from "./generated/operations.ts";

export interface GatewayClientOptions {
  /** Address of the GraphQL endpoint. */
  readonly url: string;
  /** Default: the host's. */
  readonly fetch?: typeof fetch;
}

/** The gateway over HTTP, with subscriptions by server-sent events. Results are typed by their documents. */
export class GatewayClient {
  readonly url: string;
  readonly #fetch: typeof fetch;

  constructor({ url, fetch: fetchFn = fetch }: GatewayClientOptions) {
    this.url = url;
    this.#fetch = fetchFn;
  }

  /** Runs a query or mutation. Rejects with a {@link GatewayError} if the gateway refuses or cannot be reached. */
  async request<Result, Variables>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): Promise<Result> {
    const response = await this.#post(JSON.stringify({ query: String(document), variables }));
    const text = await response.text();
    let answer: { data?: Result | null; errors?: readonly GraphqlFailure[] };
    try {
      answer = JSON.parse(text);
    } catch (cause) {
      const shown = `${response.status} ${text.slice(0, 120)}`;
      throw new GatewayError(`${this.url} does not answer in GraphQL: ${shown}`, { cause });
    }
    const [error] = answer.errors ?? [];
    if (error !== undefined) throw GatewayError.of(error);
    if (answer.data == null) throw new GatewayError(`${this.url} gives no data`);
    return answer.data;
  }

  async #post(body: string): Promise<Response> {
    const headers = {
      "content-type": "application/json",
      accept: "application/graphql-response+json, application/json",
    };
    try {
      return await this.#fetch(this.url, { method: "POST", headers, body });
    } catch (cause) {
      throw new GatewayError(`${this.url} cannot be reached`, { code: "UNREACHABLE", cause });
    }
  }

  /** Results of a subscription as they come; leaving the loop ends it. */
  async *subscribe<Result, Variables extends Record<string, unknown>>(
    document: TypedDocumentString<Result, Variables>,
    variables: Variables,
  ): AsyncGenerator<Result> {
    const client = createClient({ url: this.url, fetchFn: this.#fetch, retryAttempts: 0 });
    try {
      const results = client.iterate<Result>({ query: String(document), variables });
      for await (const { data, errors } of results) {
        const [error] = errors ?? [];
        if (error !== undefined) throw GatewayError.of(error as GraphqlFailure);
        if (data != null) yield data;
      }
    } finally {
      client.dispose();
    }
  }
}

/** An error as GraphQL answers it. */
export interface GraphqlFailure {
  readonly message: string;
  readonly extensions?: Readonly<Record<string, unknown>>;
}
