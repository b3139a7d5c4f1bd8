import type { GraphqlFailure } from "./gateway-client.ts";

/** What the gateway refused, or why it could not be asked. */
export class GatewayError extends Error {
  override readonly name = "GatewayError";
  /** Stable name from `extensions.code`, or `UNREACHABLE`, or undefined. */
  readonly code: string | undefined;
  /** Facts of the error, as the gateway gives them. */
  readonly extensions: Readonly<Record<string, unknown>>;

  constructor(
    message: string,
    options: {
      readonly code?: string;
      readonly extensions?: Readonly<Record<string, unknown>>;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = options.code;
    this.extensions = options.extensions ?? {};
  }

  static of({ message, extensions = {} }: GraphqlFailure): GatewayError {
    const { code } = extensions;
    return new GatewayError(message, {
      extensions,
      ...(typeof code === "string" ? { code } : {}),
    });
  }
}
