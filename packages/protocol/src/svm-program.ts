import { decodeBase58, encodeBase58, encodeHex } from "@dragoman/bytes";
import { assert } from "@dragoman/fault";
import { ADDRESS, findProgramAddress } from "@dragoman/frontend-sbpf";
import { SVM_MARKET_BASE64 } from "./svm-artefacts.ts";

/** Where the market is on a Solana chain: plain JSON, addresses in base58. */
export interface SvmDeployment {
  readonly programId: string;
  /** SPL Token mint of the collateral. */
  readonly mint: string;
}

/** SPL Token, and the program that says which token account is a wallet's. */
export const SVM_TOKEN_PROGRAM = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
export const SVM_ASSOCIATED_TOKEN_PROGRAM = "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL";
export const SVM_SYSTEM_PROGRAM: string = ADDRESS.SYSTEM.text;

/** The ELF of the market: sBPF v0, to be deployed under any address. */
export function svmMarketElf(): Uint8Array {
  return Uint8Array.from(atob(SVM_MARKET_BASE64), (character) => character.charCodeAt(0));
}

const ENCODER = new TextEncoder();

/** Addresses that were derived lately, by program and seeds: one costs about half a millisecond, most of it on the curve. */
const derived = new Map<string, string>();
const DERIVED_MAX = 10_000;

function derive(programId: string, ...seeds: readonly Uint8Array[]): string {
  const name = [programId, ...seeds.map((seed) => encodeHex(seed))].join(" ");
  const known = derived.get(name);
  if (known !== undefined) return known;
  const found = findProgramAddress(seeds, decodeBase58(programId));
  assert(found !== undefined, "one of 255 bumps gives an address");
  const address = encodeBase58(found.address);
  if (derived.size >= DERIVED_MAX) derived.clear();
  derived.set(name, address);
  return address;
}

function littleEndian(value: bigint, bytes: 4 | 8): Uint8Array {
  const seed = new Uint8Array(8);
  new DataView(seed.buffer).setBigUint64(0, value, true);
  return seed.subarray(0, bytes);
}

/** Address of the market's state, authority of mint and vault. */
export const svmMarketAddress = (programId: string): string =>
  derive(programId, ENCODER.encode("market"));

/** Address of the token account that holds all collateral. */
export const svmVaultAddress = (programId: string): string =>
  derive(programId, ENCODER.encode("vault"));

/** Address of the account of an owner (32 bytes). */
export const svmAccountAddress = (programId: string, owner: Uint8Array): string =>
  derive(programId, ENCODER.encode("account"), owner);

/** Address of the settlement price of an expiry (seconds since 1970-01-01). */
export const svmSettlementAddress = (programId: string, expiry: bigint): string =>
  derive(programId, ENCODER.encode("settlement"), littleEndian(expiry, 8));

/** Address of the record of a packet that was sent. */
export const svmSentAddress = (programId: string, sequence: bigint): string =>
  derive(programId, ENCODER.encode("sent"), littleEndian(sequence, 8));

/** Address of the receipt of a packet; the account exists if, and only if, the packet was received. */
export const svmReceiptAddress = (programId: string, source: number, sequence: bigint): string =>
  derive(
    programId,
    ENCODER.encode("receipt"),
    littleEndian(BigInt(source), 4),
    littleEndian(sequence, 8),
  );

/** Address of the associated token account of a wallet: where deposits come from and withdrawals go to. */
export const svmWalletAddress = (wallet: string, mint: string): string =>
  derive(
    SVM_ASSOCIATED_TOKEN_PROGRAM,
    decodeBase58(wallet),
    decodeBase58(SVM_TOKEN_PROGRAM),
    decodeBase58(mint),
  );
