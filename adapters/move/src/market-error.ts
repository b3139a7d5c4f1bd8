import { ChainError } from "@dragoman/chain";
import { moveMarketError } from "@dragoman/protocol";

/** The same error with the number of the market's, if its words name one. */
export function withMarketError(error: ChainError, packageAddress: string): ChainError {
  const marketError = moveMarketError(error.message, packageAddress);
  if (marketError === undefined) return error;
  return new ChainError(error.chain, error.kind, error.message, { cause: error, marketError });
}
