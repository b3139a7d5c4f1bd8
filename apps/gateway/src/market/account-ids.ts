import type { ChainAdapter } from "@dragoman/chain";
import { FaultError, refuse } from "@dragoman/fault";
import type { OwnerOn } from "@dragoman/index";
import type { AccountId } from "@dragoman/schema";
import type { ChainAdapters } from "./chain-adapters.ts";

const OWNERS_MAX = 32;

/** An owner as the chain writes it; those 32 bytes that are no address of the chain, which a packet may name, in hex. */
export function accountIdOf(adapter: ChainAdapter, owner: string): AccountId {
  try {
    return { chain: adapter.id, address: adapter.addressOf(owner) };
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { chain: adapter.id, address: owner };
  }
}

/** Owners of accounts, each once. Faults: INVALID_ARGUMENT, UNSUPPORTED_CHAIN, MALFORMED_ADDRESS. */
export function ownersOf(accounts: readonly AccountId[], chains: ChainAdapters): OwnerOn[] {
  if (accounts.length === 0 || accounts.length > OWNERS_MAX) {
    refuse("INVALID_ARGUMENT", undefined, `\`owners\` are 1 to ${OWNERS_MAX}`);
  }
  const owners = new Map<string, OwnerOn>();
  for (const account of accounts) {
    const owner = chains.ownerOf(account);
    owners.set(`${account.chain} ${owner}`, { chain: account.chain, owner });
  }
  return [...owners.values()];
}
