import { decodeBase58, KeyMap } from "@dragoman/bytes";
import type { SvmAccount } from "@dragoman/frontend-sbpf";
import { RENT_EXEMPT_EPOCH } from "./genesis.ts";
import { minimumBalance } from "./rent.ts";

export const TOKEN_PROGRAM: Uint8Array = decodeBase58(
  "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
);
export const TOKEN_2022_PROGRAM: Uint8Array = decodeBase58(
  "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb",
);
const TOKEN_PROGRAMS = new KeyMap<true>([
  [TOKEN_PROGRAM, true],
  [TOKEN_2022_PROGRAM, true],
]);

/** Layouts of SPL Token's accounts (solana-program/token `interface/src/state.rs`): bytes and offsets of fields. */
const MINT = { BYTES: 82, SUPPLY: 36, DECIMALS: 44, IS_INITIALISED: 45, FREEZE: 46 } as const;
const ACCOUNT = {
  BYTES: 165,
  OWNER: 32,
  AMOUNT: 64,
  DELEGATE: 72,
  STATE: 108,
  NATIVE: 109,
} as const;
/** Token-2022 puts the kind of an account behind the 165 bytes. */
const KIND = { AT: 165, MINT: 1, ACCOUNT: 2 } as const;

export interface TokenMint {
  readonly authority: Uint8Array | undefined;
  readonly supply: bigint;
  readonly decimals: number;
  readonly freezeAuthority: Uint8Array | undefined;
}

export interface TokenHolding {
  readonly mint: Uint8Array;
  readonly owner: Uint8Array;
  readonly amount: bigint;
  readonly delegate: Uint8Array | undefined;
  readonly isFrozen: boolean;
  /** Whether the tokens are wrapped lamports. */
  readonly isNative: boolean;
}

export const isTokenProgram = (id: Uint8Array): boolean => TOKEN_PROGRAMS.has(id);

const viewOf = (data: Uint8Array): DataView =>
  new DataView(data.buffer, data.byteOffset, data.byteLength);

/** An optional key behind its u32 tag. */
const optionalKey = (data: Uint8Array, at: number): Uint8Array | undefined =>
  viewOf(data).getUint32(at, true) === 1 ? data.slice(at + 4, at + 36) : undefined;

/** The account as a mint; undefined if it is none. */
export function decodeMint({ owner, data }: SvmAccount): TokenMint | undefined {
  if (!isTokenProgram(owner)) return undefined;
  const isMint =
    data.length === MINT.BYTES || (data.length > KIND.AT && data[KIND.AT] === KIND.MINT);
  if (!isMint || data[MINT.IS_INITIALISED] !== 1) return undefined;
  return {
    authority: optionalKey(data, 0),
    supply: viewOf(data).getBigUint64(MINT.SUPPLY, true),
    decimals: data[MINT.DECIMALS]!,
    freezeAuthority: optionalKey(data, MINT.FREEZE),
  };
}

/** The account as a holding of tokens; undefined if it is none. */
export function decodeHolding({ owner, data }: SvmAccount): TokenHolding | undefined {
  if (!isTokenProgram(owner)) return undefined;
  const isHolding =
    data.length === ACCOUNT.BYTES || (data.length > KIND.AT && data[KIND.AT] === KIND.ACCOUNT);
  if (!isHolding || data[ACCOUNT.STATE] === 0) return undefined;
  return {
    mint: data.slice(0, 32),
    owner: data.slice(ACCOUNT.OWNER, ACCOUNT.OWNER + 32),
    amount: viewOf(data).getBigUint64(ACCOUNT.AMOUNT, true),
    delegate: optionalKey(data, ACCOUNT.DELEGATE),
    isFrozen: data[ACCOUNT.STATE] === 2,
    isNative: viewOf(data).getUint32(ACCOUNT.NATIVE, true) === 1,
  };
}

/** The account of a mint with nine decimals and nobody who may mint: what wraps lamports. */
export function nativeMint(): SvmAccount {
  const data = new Uint8Array(MINT.BYTES);
  data[MINT.DECIMALS] = 9;
  data[MINT.IS_INITIALISED] = 1;
  return {
    lamports: minimumBalance(data.length),
    owner: TOKEN_PROGRAM,
    executable: false,
    rentEpoch: RENT_EXEMPT_EPOCH,
    data,
  };
}

/** Tokens that an account of a transaction holds. */
export interface TokenBalance {
  /** Position among the message's keys. */
  readonly accountIndex: number;
  readonly programId: Uint8Array;
  readonly mint: Uint8Array;
  readonly owner: Uint8Array;
  readonly amount: bigint;
  readonly decimals: number;
}

/** Token balances of `keys`, in their order. */
export function tokenBalances(
  keys: readonly Uint8Array[],
  read: (key: Uint8Array) => SvmAccount | undefined,
): TokenBalance[] {
  const balances: TokenBalance[] = [];
  for (const [accountIndex, key] of keys.entries()) {
    const account = read(key);
    const holding = account && decodeHolding(account);
    if (account === undefined || holding === undefined) continue;
    const mintAccount = read(holding.mint);
    const mint = mintAccount && decodeMint(mintAccount);
    if (mint === undefined) continue;
    const { owner, amount } = holding;
    const { decimals } = mint;
    balances.push({
      ...{ accountIndex, programId: account.owner, mint: holding.mint },
      ...{ owner, amount, decimals },
    });
  }
  return balances;
}
