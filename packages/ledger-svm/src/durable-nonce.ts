import { encodeHex, equalBytes } from "@dragoman/bytes";
import { ADDRESS, nonceOf, readNonce, type SvmAccount, writeNonce } from "@dragoman/frontend-sbpf";
import { isHeaderWritable, isSigner, type SvmMessage } from "./message.ts";

/** A nonce account that stands in for a recent blockhash. */
export interface DurableNonce {
  readonly key: Uint8Array;
  /** The account after its use; it is used up even if the transaction fails. */
  readonly advanced: SvmAccount;
}

/** Number of System's instruction AdvanceNonceAccount, as its four bytes. */
const ADVANCE = Uint8Array.of(4, 0, 0, 0);

/**
 * The nonce account that `message` uses: its first instruction advances it, its authority signs that, and the message names its nonce in place of
 * a blockhash (agave `runtime/src/bank/check_transactions.rs`). Undefined if there is none, or it was advanced in this block already.
 */
export function durableNonce(
  message: SvmMessage,
  read: (key: Uint8Array) => SvmAccount | undefined,
  newestBlockhash: Uint8Array,
  lamportsPerSignature?: bigint,
): DurableNonce | undefined {
  const { keys, instructions, recentBlockhash } = message;
  const [first] = instructions;
  const index = first?.accounts[0];
  if (first === undefined || index === undefined) return undefined;
  const isAdvance =
    encodeHex(keys[first.program]!) === ADDRESS.SYSTEM.hex &&
    equalBytes(first.data.subarray(0, ADVANCE.length), ADVANCE);
  if (!isAdvance || !isHeaderWritable(message, index)) return undefined;
  const key = keys[index]!;
  const account = read(key);
  if (account === undefined || encodeHex(account.owner) !== ADDRESS.SYSTEM.hex) return undefined;
  const state = readNonce(account.data);
  if (state === undefined || state === "uninitialised" || state.isLegacy === true) return undefined;
  if (!equalBytes(state.nonce, recentBlockhash)) return undefined;
  const { authority } = state;
  const isSigned = first.accounts.some(
    (at) => isSigner(message, at) && equalBytes(keys[at]!, authority),
  );
  const nonce = nonceOf(newestBlockhash);
  if (!isSigned || equalBytes(nonce, state.nonce)) return undefined;
  const fee = lamportsPerSignature === undefined ? {} : { lamportsPerSignature };
  const data = account.data.slice();
  data.set(writeNonce({ authority, nonce, ...fee }));
  return { key, advanced: { ...account, data } };
}
