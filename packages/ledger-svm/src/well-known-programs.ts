import { decodeBase58, encodeBase58 } from "@dragoman/bytes";
import { ADDRESS } from "@dragoman/frontend-sbpf";
import { type KeyedAccount, RENT_EXEMPT_EPOCH } from "./genesis.ts";
import { nativeMint } from "./token-balance.ts";

/** Programs that clients expect on every chain, by their names. */
export const WELL_KNOWN_PROGRAMS = {
  token: "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
  token2022: "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb",
  associatedToken: "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL",
  memo: "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr",
  memo1: "Memo1UhkJRfHyvLMcVucJwxXeuD728EqVDDwQDxFMNo",
  addressLookupTable: "AddressLookupTab1e1111111111111111111111111",
  stake: "Stake11111111111111111111111111111111111111",
} as const;

/** Mint of wrapped lamports. */
const NATIVE_MINT = "So11111111111111111111111111111111111111112";

/** Bytes before the address of the program-data account in a program account: a tag. */
const PROGRAM_HEADER = 4;
/** Bytes before the ELF in a program-data account: tag, slot and an optional authority. */
const PROGRAM_DATA_HEADER = 45;

/** An account as `litesvm` gives it. */
interface BundledAccount {
  readonly data?: Uint8Array;
  readonly lamports?: bigint;
  readonly executable?: boolean;
  readonly programAddress?: string;
}

/** The part of `litesvm` that is used here: the accounts that it comes with. */
interface BundledAccounts {
  getAccount(address: string): BundledAccount | null;
}

/**
 * Accounts of {@link WELL_KNOWN_PROGRAMS} and the mint of wrapped lamports, out of the npm package `litesvm`, for a genesis. Undefined if the package is not installed, or has no
 * native part for this platform.
 */
export function wellKnownPrograms(): Promise<readonly KeyedAccount[] | undefined> {
  known ??= readPrograms();
  return known;
}

/** They are read once: the peer's machine takes time to start. */
let known: Promise<readonly KeyedAccount[] | undefined> | undefined;

async function readPrograms(): Promise<readonly KeyedAccount[] | undefined> {
  const bundled = await bundledAccounts();
  if (bundled === undefined) return undefined;
  const programs = Object.values(WELL_KNOWN_PROGRAMS).flatMap((address) =>
    programAccounts(bundled, address),
  );
  return [...programs, [decodeBase58(NATIVE_MINT), nativeMint()]];
}

/** ELF of SPL Token; undefined where {@link wellKnownPrograms} is. */
export async function splTokenElf(): Promise<Uint8Array | undefined> {
  // The first program is SPL Token, and behind its account comes the one with its ELF.
  const elf = (await wellKnownPrograms())?.[1];
  return elf?.[1].data.slice(PROGRAM_DATA_HEADER);
}

/** A program's account, and behind it the account with its ELF if there is one. */
function programAccounts(bundled: BundledAccounts, address: string): KeyedAccount[] {
  const { data, lamports, executable, programAddress } = bundled.getAccount(address) ?? {};
  if (data === undefined || programAddress === undefined) return [];
  const account: KeyedAccount = [
    decodeBase58(address),
    {
      lamports: lamports ?? 1n,
      owner: decodeBase58(programAddress),
      executable: executable === true,
      rentEpoch: RENT_EXEMPT_EPOCH,
      data: Uint8Array.from(data),
    },
  ];
  if (programAddress !== ADDRESS.LOADER_V3.text || executable !== true) return [account];
  const elfAddress = encodeBase58(data.subarray(PROGRAM_HEADER));
  return [account, ...programAccounts(bundled, elfAddress)];
}

async function bundledAccounts(): Promise<BundledAccounts | undefined> {
  try {
    const { LiteSVM } = await import("litesvm");
    return new LiteSVM() as unknown as BundledAccounts;
  } catch {
    // Not installed, or the platform has no native part: optional dependencies say no more than that.
    return undefined;
  }
}
