import { decodeHex } from "@dragoman/bytes";
import { ChainError, type ChainId } from "@dragoman/chain";
import { evmMarketError } from "@dragoman/protocol";
import { BaseError } from "viem";

const UNREACHABLE = new Set(["HttpRequestError", "TimeoutError", "WebSocketRequestError"]);

/** An error of viem as one of the adapter's. */
export function evmError(chain: ChainId, error: unknown): ChainError {
  if (error instanceof ChainError) return error;
  const causes = causesOf(error);
  const marketError = marketErrorOf(error);
  const isUnreachable = causes.some(({ name }) => UNREACHABLE.has(name));
  const message =
    marketError === undefined ? sentenceOf(error, causes) : `market error ${marketError}`;
  return new ChainError(chain, isUnreachable ? "unreachable" : "refused", message, {
    cause: error,
    marketError,
  });
}

/** Number of the market's error that reverted the call; undefined if it was something else. */
export function marketErrorOf(error: unknown): number | undefined {
  for (const cause of causesOf(error)) {
    const { data } = cause as { readonly data?: unknown };
    const hex =
      typeof data === "object" && data !== null ? (data as { data?: unknown }).data : data;
    if (typeof hex === "string" && hex.length > 2) return evmMarketError(decodeHex(hex));
  }
  return undefined;
}

/** The error and what caused it, outermost first. */
function causesOf(error: unknown): readonly Error[] {
  const causes: Error[] = [];
  for (let next = error; next instanceof Error; next = next.cause) causes.push(next);
  return causes;
}

/** The node's own words, if there are any. */
function sentenceOf(error: unknown, causes: readonly Error[]): string {
  for (const cause of [...causes].reverse()) {
    if (cause instanceof BaseError && cause.details !== "") return cause.details;
  }
  return error instanceof BaseError ? error.shortMessage : String(error);
}
