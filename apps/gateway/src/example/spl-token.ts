import { encodeBase58 } from "@dragoman/bytes";
import { assert } from "@dragoman/fault";

/** Program id of SPL Token. */
export const SPL_TOKEN_ID = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
/** Bytes before the address of the program-data account in a program account: a tag. */
const PROGRAM_HEADER = 4;
/** Bytes before the ELF in a program-data account: tag, slot and an optional authority. */
const PROGRAM_DATA_HEADER = 45;

/** The part of `litesvm` that is used here. */
interface Accounts {
  getAccount(address: string): { readonly data?: Uint8Array } | null;
}

/**
 * ELF of SPL Token, out of the accounts that the npm package `litesvm` comes with. Undefined if the package is not installed, or has no
 * native part for this platform.
 */
export async function splTokenElf(): Promise<Uint8Array | undefined> {
  const accounts = await bundledAccounts();
  if (accounts === undefined) return undefined;
  const program = accounts.getAccount(SPL_TOKEN_ID)?.data;
  assert(program?.length === PROGRAM_HEADER + 32, "a program account names its data account");
  const address = encodeBase58(program.subarray(PROGRAM_HEADER));
  const data = accounts.getAccount(address)?.data;
  assert(data !== undefined, "the data account of SPL Token");
  return new Uint8Array(data.subarray(PROGRAM_DATA_HEADER));
}

async function bundledAccounts(): Promise<Accounts | undefined> {
  try {
    const { LiteSVM } = await import("litesvm");
    return new LiteSVM() as unknown as Accounts;
  } catch {
    // Not installed, or the platform has no native part: optional dependencies say no more than that.
    return undefined;
  }
}
