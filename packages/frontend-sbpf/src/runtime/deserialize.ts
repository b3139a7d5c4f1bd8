import type { Frame } from "@dragoman/core";
import {
  ACCOUNT_DATA_BYTES_MAX,
  isBalanced,
  setData,
  setLamports,
  setOwner,
} from "./account-rules.ts";
import { HEAD, readData, readHead } from "./accounts.ts";
import type { InstructionErrorName } from "./instruction-error.ts";
import type { InstructionAccount, Invocation, SerializedAccount } from "./invocation.ts";
import { GROWTH_BYTES } from "./serialize.ts";

/**
 * Takes what the program left in its input, at host address `at`, over into the journal, under the rules of the runtime
 * (agave `program-runtime/src/serialization.rs`, deserialize_parameters). The first broken rule is returned.
 */
export function deserializeInput(
  frame: Frame,
  invocation: Invocation,
  at: number,
): InstructionErrorName | undefined {
  const { accounts } = invocation;
  for (let position = 0; position < accounts.length; position++) {
    const account = accounts[position];
    if (account.first !== position) continue;
    const refusal = takeAccount(frame, invocation, account, invocation.layout[position], at);
    if (refusal !== undefined) return refusal;
  }
  return isBalanced(frame.journal) ? undefined : "UnbalancedInstruction";
}

function takeAccount(
  frame: Frame,
  invocation: Invocation,
  account: InstructionAccount,
  layout: SerializedAccount,
  at: number,
): InstructionErrorName | undefined {
  const { journal, memory } = frame;
  const { u8, view } = memory;
  const { programId } = invocation;
  const head = readHead(journal, account.index);
  let refusal: InstructionErrorName | undefined;
  if (!sameBytes(u8, at + layout.lamports, head, HEAD.LAMPORTS, 8)) {
    const lamports = view.getBigUint64(at + layout.lamports, true);
    refusal = setLamports(journal, programId, account, lamports);
    if (refusal !== undefined) return refusal;
  }
  let length = layout.dataBytes;
  if (!invocation.found.isUnaligned) {
    const high = view.getUint32(at + layout.data - 4, true);
    length = high === 0 ? view.getUint32(at + layout.data - 8, true) : Number.POSITIVE_INFINITY;
    if (length - layout.dataBytes > GROWTH_BYTES || length > ACCOUNT_DATA_BYTES_MAX)
      return "InvalidRealloc";
  }
  const old = readData(journal, account.index);
  if (old.length !== length || !sameBytes(u8, at + layout.data, old, 0, length)) {
    const data = memory.slice(at + layout.data, length);
    refusal = setData(journal, programId, account, data);
    if (refusal !== undefined) return refusal;
  }
  if (invocation.found.isUnaligned) return undefined;
  const owner = readHead(journal, account.index);
  if (sameBytes(u8, at + layout.owner, owner, HEAD.OWNER, 32)) return undefined;
  return setOwner(journal, programId, account, memory.slice(at + layout.owner, 32));
}

function sameBytes(
  a: Uint8Array,
  aAt: number,
  b: Uint8Array,
  bAt: number,
  length: number,
): boolean {
  for (let i = 0; i < length; i++) if (a[aAt + i] !== b[bAt + i]) return false;
  return true;
}
