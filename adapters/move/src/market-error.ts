import { AccountAddress } from "@aptos-labs/ts-sdk";
import { ChainError } from "@dragoman/chain";

const ABORT = /Move abort in (0x[0-9a-f]+)::\w+: (?:\w+\()?0x([0-9a-f]+)/i;

/** Number of the market's error in a status of the VM; undefined where it was not the market that aborted. */
export function marketErrorOf(status: string, packageAddress: string): number | undefined {
  const [, address, code] = ABORT.exec(status) ?? [];
  if (address === undefined || code === undefined) return undefined;
  const isMarket = AccountAddress.from(address).equals(AccountAddress.from(packageAddress));
  return isMarket ? Number.parseInt(code, 16) : undefined;
}

/** The same error with the number of the market's, if its words name one. */
export function withMarketError(error: ChainError, packageAddress: string): ChainError {
  const marketError = marketErrorOf(error.message, packageAddress);
  if (marketError === undefined) return error;
  return new ChainError(error.chain, error.kind, error.message, { cause: error, marketError });
}
