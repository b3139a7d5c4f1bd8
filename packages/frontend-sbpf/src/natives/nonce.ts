import { concatBytes, encodeBase58, equalBytes } from "@dragoman/bytes";
import { sha256 } from "@dragoman/crypto";
import { setData, setLamports } from "../runtime/account-rules.ts";
import { ADDRESS } from "../runtime/addresses.ts";
import type { InstructionErrorName } from "../runtime/instruction-error.ts";
import type { InstructionAccount, NativeCall } from "../runtime/invocation.ts";
import { dataOf, isOwnedBy, lamportsOf, type Refusal, signs } from "./native-accounts.ts";
import { rentMinimum } from "./native-sysvars.ts";

/** A number that stands in for a recent blockhash, and who may use it. */
export interface NonceState {
  readonly authority: Uint8Array;
  /** What a transaction names in place of a blockhash. */
  readonly nonce: Uint8Array;
  /** Fee for a signature in the block of the nonce; default: 5000. */
  readonly lamportsPerSignature?: bigint;
  /** Of the first version, whose nonces were blockhashes; it cannot be used until it is upgraded. */
  readonly isLegacy?: boolean;
}

/** Data of a nonce account: u32 version, u32 state, then if it is initialised authority, nonce, u64 lamports for a signature. */
export const NONCE_BYTES = 80;
/** Bytes of a nonce account's state that is not initialised. */
const UNINITIALISED_BYTES = 8;
const VERSION = { LEGACY: 0, CURRENT: 1 } as const;
const INITIALISED = 1;
/** Fee for a signature of blocks that say nothing else. */
const LAMPORTS_PER_SIGNATURE = 5000n;
/** Custom errors of the system program. */
const NONCE_NOT_EXPIRED = 7;
const MARKER = new TextEncoder().encode("DURABLE_NONCE");

/** The nonce that follows from the newest blockhash. */
export const nonceOf = (blockhash: Uint8Array): Uint8Array =>
  sha256(concatBytes(MARKER, blockhash));

/** State of a nonce account; "uninitialised", or undefined for data that are none. */
export function readNonce(data: Uint8Array): NonceState | "uninitialised" | undefined {
  if (data.length < UNINITIALISED_BYTES) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const [version, state] = [view.getUint32(0, true), view.getUint32(4, true)];
  if (version > VERSION.CURRENT || state > INITIALISED) return undefined;
  if (state !== INITIALISED) return "uninitialised";
  if (data.length < NONCE_BYTES) return undefined;
  return {
    authority: data.slice(8, 40),
    nonce: data.slice(40, 72),
    lamportsPerSignature: view.getBigUint64(72, true),
    isLegacy: version === VERSION.LEGACY,
  };
}

/** The first {@link NONCE_BYTES} bytes of an initialised nonce account. */
export function writeNonce(state: NonceState): Uint8Array {
  const data = new Uint8Array(NONCE_BYTES);
  const view = new DataView(data.buffer);
  view.setUint32(0, state.isLegacy === true ? VERSION.LEGACY : VERSION.CURRENT, true);
  view.setUint32(4, INITIALISED, true);
  data.set(state.authority, 8);
  data.set(state.nonce, 40);
  view.setBigUint64(72, state.lamportsPerSignature ?? LAMPORTS_PER_SIGNATURE, true);
  return data;
}

function fail(call: NativeCall, line: string, error: InstructionErrorName | number): Refusal {
  call.log(line);
  return error;
}

/** The nonce of the block that is being made; undefined without a ledger. */
function nextNonce({ invocation }: NativeCall): Uint8Array | undefined {
  const { blockhash } = invocation.transaction;
  return blockhash && nonceOf(blockhash);
}

/** Writes `state` over the beginning of the account's data; refuses what is too short for it. */
function put(call: NativeCall, account: InstructionAccount, state: Uint8Array): Refusal {
  const { journal, invocation } = call;
  const old = dataOf(call, account);
  const data = old.slice();
  if (state.length <= old.length) data.set(state);
  const refusal = setData(journal, invocation.programId, account, data);
  if (refusal !== undefined) return refusal;
  return state.length > old.length ? "AccountDataTooSmall" : undefined;
}

/** The state of a nonce account of `authority` that is good from the next block on. */
function fresh(call: NativeCall, authority: Uint8Array, nonce: Uint8Array): Uint8Array {
  const { lamportsPerSignature = LAMPORTS_PER_SIGNATURE } = call.invocation.transaction;
  return writeNonce({ authority, nonce, lamportsPerSignature });
}

/** The account's state, which must be writable; `verb` begins the lines of the log. */
function open(
  call: NativeCall,
  account: InstructionAccount,
  verb: string,
): { readonly state: NonceState | "uninitialised" } | { readonly refusal: Refusal } {
  if (!account.isWritable) {
    const line = `${verb} nonce account: Account ${encodeBase58(account.key)} must be writeable`;
    return { refusal: fail(call, line, "InvalidArgument") };
  }
  const state = readNonce(dataOf(call, account));
  return state === undefined ? { refusal: "InvalidAccountData" } : { state };
}

const invalid = (call: NativeCall, account: InstructionAccount, verb: string): Refusal => {
  const line = `${verb} nonce account: Account ${encodeBase58(account.key)} state is invalid`;
  return fail(call, line, "InvalidAccountData");
};

/** AdvanceNonceAccount: nonce, RecentBlockhashes, authority. */
export function advanceNonce(call: NativeCall, account: InstructionAccount): Refusal {
  const opened = open(call, account, "Advance");
  if ("refusal" in opened) return opened.refusal;
  const { state } = opened;
  if (state === "uninitialised") return invalid(call, account, "Advance");
  if (!signs(call, state.authority)) {
    const name = encodeBase58(state.authority);
    const line = `Advance nonce account: Account ${name} must be a signer`;
    return fail(call, line, "MissingRequiredSignature");
  }
  const next = nextNonce(call);
  if (next === undefined) return "UnsupportedSysvar";
  if (equalBytes(next, state.nonce)) {
    return fail(
      call,
      "Advance nonce account: nonce can only advance once per slot",
      NONCE_NOT_EXPIRED,
    );
  }
  return put(call, account, fresh(call, state.authority, next));
}

/** InitializeNonceAccount {authority}: nonce, RecentBlockhashes, Rent. */
export function initialiseNonce(
  call: NativeCall,
  account: InstructionAccount,
  authority: Uint8Array,
): Refusal {
  const opened = open(call, account, "Initialize");
  if ("refusal" in opened) return opened.refusal;
  if (opened.state !== "uninitialised") return invalid(call, account, "Initialize");
  const needed = rentMinimum(call, dataOf(call, account).length);
  const nonce = nextNonce(call);
  if (needed === undefined || nonce === undefined) return "UnsupportedSysvar";
  const own = lamportsOf(call, account);
  if (own < needed) {
    const line = `Initialize nonce account: insufficient lamports ${own}, need ${needed}`;
    return fail(call, line, "InsufficientFunds");
  }
  return put(call, account, fresh(call, authority, nonce));
}

/** AuthorizeNonceAccount {new authority}: nonce, authority. */
export function authoriseNonce(
  call: NativeCall,
  account: InstructionAccount,
  authority: Uint8Array,
): Refusal {
  const opened = open(call, account, "Authorize");
  if ("refusal" in opened) return opened.refusal;
  const { state } = opened;
  if (state === "uninitialised") return invalid(call, account, "Authorize");
  if (!signs(call, state.authority)) {
    const line = `Authorize nonce account: Account ${encodeBase58(state.authority)} must sign`;
    return fail(call, line, "MissingRequiredSignature");
  }
  return put(call, account, writeNonce({ ...state, authority }));
}

/** UpgradeNonceAccount: a nonce of the first version becomes one of the second. */
export function upgradeNonce(call: NativeCall, account: InstructionAccount): Refusal {
  if (!isOwnedBy(call, account, ADDRESS.SYSTEM.bytes)) return "InvalidAccountOwner";
  if (!account.isWritable) return "InvalidArgument";
  const state = readNonce(dataOf(call, account));
  if (state === undefined) return "InvalidAccountData";
  if (state === "uninitialised" || state.isLegacy !== true) return "InvalidArgument";
  const nonce = nonceOf(state.nonce);
  return put(call, account, writeNonce({ ...state, nonce, isLegacy: false }));
}

/** WithdrawNonceAccount {lamports}: nonce, recipient, RecentBlockhashes, Rent, authority. All of them end the nonce. */
export function withdrawNonce(
  call: NativeCall,
  from: InstructionAccount,
  to: InstructionAccount,
  lamports: bigint,
): Refusal {
  const opened = open(call, from, "Withdraw");
  if ("refusal" in opened) return opened.refusal;
  const { state } = opened;
  const { journal, invocation } = call;
  const own = lamportsOf(call, from);
  const signer = state === "uninitialised" ? from.key : state.authority;
  const ends = state !== "uninitialised" && lamports === own;
  const refusal = ends ? refuseEnd(call, state) : refuseShort(call, from, lamports, state);
  if (refusal !== undefined) return refusal;
  if (!signs(call, signer)) {
    const line = `Withdraw nonce account: Account ${encodeBase58(signer)} must sign`;
    return fail(call, line, "MissingRequiredSignature");
  }
  const closed = Uint8Array.of(VERSION.CURRENT, 0, 0, 0, 0, 0, 0, 0);
  const { programId } = invocation;
  const taken =
    (ends ? put(call, from, closed) : undefined) ??
    setLamports(journal, programId, from, own - lamports);
  if (taken !== undefined) return taken;
  const sum = lamportsOf(call, to) + lamports;
  if (sum >= 1n << 64n) return "ArithmeticOverflow";
  return setLamports(journal, programId, to, sum);
}

/** Refuses to end a nonce of this block. */
function refuseEnd(call: NativeCall, state: NonceState): Refusal {
  const next = nextNonce(call);
  if (next === undefined) return "UnsupportedSysvar";
  if (!equalBytes(next, state.nonce)) return undefined;
  const line = "Withdraw nonce account: nonce can only advance once per slot";
  return fail(call, line, NONCE_NOT_EXPIRED);
}

/** Refuses to take more lamports than an account can spare: an initialised one keeps what exempts it from rent. */
function refuseShort(
  call: NativeCall,
  from: InstructionAccount,
  lamports: bigint,
  state: NonceState | "uninitialised",
): Refusal {
  const kept = state === "uninitialised" ? 0n : rentMinimum(call, dataOf(call, from).length);
  if (kept === undefined) return "UnsupportedSysvar";
  const [own, needed] = [lamportsOf(call, from), lamports + kept];
  if (needed >= 1n << 64n) return "InsufficientFunds";
  if (needed <= own) return undefined;
  const line = `Withdraw nonce account: insufficient lamports ${own}, need ${needed}`;
  return fail(call, line, "InsufficientFunds");
}
