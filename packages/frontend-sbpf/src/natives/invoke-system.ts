import { isBalanced } from "../runtime/account-rules.ts";
import { ADDRESS } from "../runtime/addresses.ts";
import { joinRights, refuseBegin, refuseRights } from "../runtime/call-rights.ts";
import type { InstructionErrorName } from "../runtime/instruction-error.ts";
import { customFailure, failure } from "../runtime/instruction-error.ts";
import {
  type AccountMeta,
  type InstructionAccount,
  type NativeCall,
  recordCall,
} from "../runtime/invocation.ts";
import { openInvocation, returnFrom } from "../runtime/invoke.ts";
import { hasReturnData } from "../runtime/return-data.ts";
import { noteProcessed } from "../runtime/trace.ts";
import type { Refusal } from "./native-accounts.ts";
import { systemProgram } from "./system.ts";
import { SYSTEM_UNITS } from "./system-units.ts";

/** Calls the system program from another native one; `signers` are accounts for which the caller signs by derivation. */
function invokeSystem(
  call: NativeCall,
  metas: readonly AccountMeta[],
  data: Uint8Array,
  signers: ReadonlySet<number>,
): Refusal {
  const { frame, journal, invocation, log } = call;
  const programId = ADDRESS.SYSTEM.bytes;
  const instruction = { programId, accounts: joinRights(journal, metas), data };
  const refusal = refuseRights(journal, invocation, instruction, signers, log);
  if (refusal !== undefined) return refusal;
  const { transaction, found } = invocation;
  const callee = openInvocation(journal, transaction, instruction, found, invocation);
  const notNow: InstructionErrorName | undefined = refuseBegin(journal, invocation, callee);
  if (notNow !== undefined) return notNow;
  if (transaction.recordsCalls === true) recordCall(journal, callee);
  if (hasReturnData(journal)) returnFrom(journal, callee, new Uint8Array(0));
  log(`Program ${ADDRESS.SYSTEM.text} invoke [${callee.height}]`);
  let reason: Refusal;
  if (!frame.charge(SYSTEM_UNITS)) {
    frame.gas = 0n;
    reason = "ComputationalBudgetExceeded";
  } else {
    reason = systemProgram({ frame, journal, invocation: callee, log });
    if (reason === undefined && !isBalanced(journal)) reason = "UnbalancedInstruction";
  }
  if (reason === undefined) noteProcessed(invocation, instruction);
  const shown = typeof reason === "number" ? customFailure(reason) : reason && failure(reason);
  log(
    `Program ${ADDRESS.SYSTEM.text} ${shown === undefined ? "success" : `failed: ${shown.text}`}`,
  );
  return reason;
}

const meta = ({ key }: InstructionAccount, isSigner: boolean): AccountMeta => ({
  key,
  isSigner,
  isWritable: true,
});

/** System.Transfer. */
export function payFrom(
  call: NativeCall,
  payer: InstructionAccount,
  account: InstructionAccount,
  lamports: bigint,
): Refusal {
  const data = new Uint8Array(12);
  data[0] = 2;
  new DataView(data.buffer).setBigUint64(4, lamports, true);
  return invokeSystem(call, [meta(payer, true), meta(account, false)], data, new Set());
}

/**
 * System.CreateAccount of an account for which the loader signs by derivation: it has `bytes` zeros, and the loader owns it. `other` goes with the call, so
 * that its lamports count too.
 */
export function createAccount(
  call: NativeCall,
  payer: InstructionAccount,
  account: InstructionAccount,
  lamports: bigint,
  bytes: number,
  other: InstructionAccount,
): Refusal {
  const data = new Uint8Array(52);
  const view = new DataView(data.buffer);
  view.setBigUint64(4, lamports, true);
  view.setBigUint64(12, BigInt(bytes), true);
  data.set(call.invocation.programId, 20);
  const metas = [meta(payer, true), meta(account, true), meta(other, false)];
  return invokeSystem(call, metas, data, new Set([account.index]));
}
