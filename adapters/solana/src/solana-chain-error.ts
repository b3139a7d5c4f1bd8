import { ChainError, type ChainId } from "@dragoman/chain";
import { SendTransactionError, SolanaJSONRPCError } from "@solana/web3.js";

/** Code of JSON-RPC for a method that the node does not have. */
const METHOD_NOT_FOUND = -32601;

/** What web3.js threw, as an error of the adapter: the node's refusal, or no answer. */
export function chainError(chain: ChainId, error: unknown): ChainError {
  if (error instanceof ChainError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof SolanaJSONRPCError) {
    const kind = error.code === METHOD_NOT_FOUND ? "unanswerable" : "refused";
    return new ChainError(chain, kind, message, { cause: error });
  }
  if (error instanceof SendTransactionError) {
    return new ChainError(chain, "refused", error.transactionError.message, { cause: error });
  }
  return new ChainError(chain, "unreachable", message, { cause: error });
}

/** Runs a request to the node; whatever it throws becomes a {@link ChainError}. */
export async function asking<T>(chain: ChainId, request: () => Promise<T>): Promise<T> {
  try {
    return await request();
  } catch (error) {
    throw chainError(chain, error);
  }
}
