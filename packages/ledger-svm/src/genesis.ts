import { ByteWriter, compareBytes } from "@dragoman/bytes";
import { MemoryState } from "@dragoman/core";
import { sha256 } from "@dragoman/crypto";
import { ACCOUNT_DOMAIN, ADDRESS, accountCells, type SvmAccount } from "@dragoman/frontend-sbpf";
import type { SolanaBlock } from "./solana-block.ts";

export type KeyedAccount = readonly [key: Uint8Array, account: SvmAccount];

/** What a chain begins with. */
export interface SvmGenesis {
  /** Seconds since 1970-01-01. */
  readonly timestamp: number;
  /** Balances, programs and whatever else; native programs come by themselves. */
  readonly accounts: readonly KeyedAccount[];
}

/** An account of the system program with nothing but lamports. */
export const wallet = (lamports: bigint): SvmAccount => ({
  lamports,
  owner: ADDRESS.SYSTEM.bytes,
  executable: false,
  rentEpoch: RENT_EXEMPT_EPOCH,
  data: new Uint8Array(0),
});

/** Rent epoch of accounts that never pay rent. */
export const RENT_EXEMPT_EPOCH: bigint = (1n << 64n) - 1n;

/** Native programs, with the names that their accounts hold. */
const NATIVES = [
  [ADDRESS.SYSTEM, "solana_system_program"],
  [ADDRESS.COMPUTE_BUDGET, "compute_budget_program"],
  [ADDRESS.LOADER_V1, "solana_bpf_loader_deprecated_program"],
  [ADDRESS.LOADER_V2, "solana_bpf_loader_program"],
  [ADDRESS.LOADER_V3, "solana_bpf_loader_upgradeable_program"],
  [ADDRESS.ED25519, ""],
  [ADDRESS.SECP256K1, ""],
  [ADDRESS.SECP256R1, ""],
] as const;

/** Accounts of the programs in the host's language. */
export const nativeAccounts = (): KeyedAccount[] =>
  NATIVES.map(([{ bytes }, name]) => [
    bytes,
    {
      lamports: 1n,
      owner: ADDRESS.NATIVE_LOADER.bytes,
      executable: true,
      rentEpoch: 0n,
      data: new TextEncoder().encode(name),
    },
  ]);

/** The state of a genesis and its block, whose hash is over time and accounts in the order of their keys. */
export function openGenesis(genesis: SvmGenesis): {
  readonly block: SolanaBlock;
  readonly state: MemoryState;
} {
  const state = new MemoryState();
  const writer = new ByteWriter();
  writer.u64(BigInt(genesis.timestamp));
  const accounts = [...nativeAccounts(), ...genesis.accounts];
  for (const [key, account] of accounts.sort(([a], [b]) => compareBytes(a, b))) {
    writer.bytes(key);
    for (const [cell, value] of accountCells(account)) {
      state.write(ACCOUNT_DOMAIN, key, cell, value);
      writer.u32(value.length);
      writer.bytes(value);
    }
  }
  const block: SolanaBlock = {
    height: 0,
    number: 0,
    hash: sha256(writer.finish()),
    parentHash: new Uint8Array(32),
    timestamp: genesis.timestamp,
    transactions: [],
  };
  return { block, state };
}
