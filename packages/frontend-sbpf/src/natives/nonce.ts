import { concatBytes, encodeBase58, equalBytes } from "@dragoman/bytes";
import { sha256 } from "@dragoman/crypto";
import { setData, setLamports } from "../runtime/account-rules.ts";
import type { InstructionErrorName } from "../runtime/instruction-error.ts";
import type { InstructionAccount, NativeCall } from "../runtime/invocation.ts";
import { dataOf, lamportsOf, type Refusal, rentMinimum } from "./native-accounts.ts";

/** A number that stands in for a recent blockhash, and who may use it. */
export interface NonceState {
  readonly authority: Uint8Array;
  /** What a transaction names in place of a blockhash. */
  readonly nonce: Uint8Array;
}

/** Data of a nonce account: u32 version, u32 state, authority, nonce, u64 lamports for a signature. */
export const NONCE_BYTES = 80;
const VERSION = 1;
const INITIALISED = 1;
const LAMPORTS_PER_SIGNATURE = 5000n;
/** Custom errors of the system program. */
const NONCE_NOT_EXPIRED = 7;
const MARKER = new TextEncoder().encode("DURABLE_NONCE");

/** The nonce that follows from the newest blockhash. */
export const nonceOf = (blockhash: Uint8Array): Uint8Array =>
  sha256(concatBytes(MARKER, blockhash));

/** State of a nonce account; "uninitialised", or undefined for data that are none. */
export function readNonce(data: Uint8Array): NonceState | "uninitialised" | undefined {
  if (data.length < NONCE_BYTES) return undefined;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const state = view.getUint32(4, true);
  if (view.getUint32(0, true) > VERSION || state > INITIALISED) return undefined;
  if (state !== INITIALISED) return "uninitialised";
  return { authority: data.slice(8, 40), nonce: data.slice(40, 72) };
}

/** Data of a nonce account in the current version. */
export function writeNonce({ authority, nonce }: NonceState): Uint8Array {
  const data = new Uint8Array(NONCE_BYTES);
  const view = new DataView(data.buffer);
  view.setUint32(0, VERSION, true);
  view.setUint32(4, INITIALISED, true);
  data.set(authority, 8);
  data.set(nonce, 40);
  view.setBigUint64(72, LAMPORTS_PER_SIGNATURE, true);
  return data;
}

function fail(call: NativeCall, line: string, error: InstructionErrorName | number): Refusal {
  call.log(line);
  return error;
}

const signs = ({ invocation }: NativeCall, key: Uint8Array): boolean =>
  invocation.accounts.some((account) => account.isSigner && equalBytes(account.key, key));

/** The nonce of the block that is being made; undefined without a ledger. */
function nextNonce({ invocation }: NativeCall): Uint8Array | undefined {
  const { blockhash } = invocation.transaction;
  return blockhash && nonceOf(blockhash);
}

const put = (call: NativeCall, account: InstructionAccount, state: NonceState): Refusal =>
  setData(call.journal, call.invocation.programId, account, writeNonce(state));

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
  return put(call, account, { authority: state.authority, nonce: next });
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
  return put(call, account, { authority, nonce });
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
  return put(call, account, { authority, nonce: state.nonce });
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
  const isAll = lamports === own;
  const isOpen = state !== "uninitialised";
  const kept = isOpen && !isAll ? rentMinimum(call, dataOf(call, from).length) : 0n;
  const next = nextNonce(call);
  if (kept === undefined || next === undefined) return "UnsupportedSysvar";
  if (isOpen && isAll && equalBytes(next, state.nonce)) {
    const line = "Withdraw nonce account: nonce can only advance once per slot";
    return fail(call, line, NONCE_NOT_EXPIRED);
  }
  const needed = lamports + kept;
  if (needed > own) {
    const line = `Withdraw nonce account: insufficient lamports ${own}, need ${needed}`;
    return fail(call, line, "InsufficientFunds");
  }
  const signer = isOpen ? state.authority : from.key;
  if (!signs(call, signer)) {
    const line = `Withdraw nonce account: Account ${encodeBase58(signer)} must sign`;
    return fail(call, line, "MissingRequiredSignature");
  }
  const closed = new Uint8Array(dataOf(call, from).length);
  closed[0] = VERSION;
  const { programId } = invocation;
  return (
    (isOpen && isAll ? setData(journal, programId, from, closed) : undefined) ??
    setLamports(journal, programId, from, own - lamports) ??
    setLamports(journal, programId, to, lamportsOf(call, to) + lamports)
  );
}
