import { ChainError, type ChainId } from "@dragoman/chain";

/** An error of the client as one of the adapter's. The node's refusals have a number; everything else is no answer. */
export function polkadotError(chain: ChainId, error: unknown): ChainError {
  if (error instanceof ChainError) return error;
  // The client appends the request in lines of their own.
  const [message = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
  const kind = rpcCode(error) === undefined ? "unreachable" : "refused";
  return new ChainError(chain, kind, message, { cause: error });
}

/** Number of a refusal by the node; undefined if the error is none. */
export function rpcCode(error: unknown): number | undefined {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return typeof code === "number" ? code : undefined;
}
