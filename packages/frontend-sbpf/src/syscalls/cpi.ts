import { encodeBase58, encodeHex } from "@dragoman/bytes";
import { HOST, type HostFunction } from "@dragoman/core";
import { ADDRESS } from "../runtime/addresses.ts";
import { joinRights, refuseBegin, refuseRights } from "../runtime/call-rights.ts";
import { argNumber } from "../runtime/guest-memory.ts";
import { failure } from "../runtime/instruction-error.ts";
import {
  hasFeature,
  invocationOf,
  logLine,
  recordCall,
  type SvmInstruction,
  type SvmTransaction,
} from "../runtime/invocation.ts";
import { invocationRequest, openInvocation, settle } from "../runtime/invoke.ts";
import { noteProcessed } from "../runtime/trace.ts";
import { failSyscall, failWith, pay } from "./answer.ts";
import { COST } from "./costs.ts";
import { C_ABI, type CpiAbi, RUST_ABI, readSigners } from "./cpi-abi.ts";
import { pullChanges, readShared } from "./cpi-accounts.ts";
import type { Syscall } from "./syscall.ts";

/** agave `program-runtime/src/cpi.rs`, cpi_common. */
const invoke =
  (abi: CpiAbi): HostFunction =>
  (frame) => {
    const caller = invocationOf(frame);
    const paysInfos = hasFeature(caller.transaction, "increaseCpiAccountInfoLimit");
    if (!pay(frame, paysInfos ? COST.INVOKE : COST.INVOKE_OLD)) return HOST.LEAVE;
    const asked = abi.instruction(frame, argNumber(frame, 0));
    if (asked === undefined) return HOST.LEAVE;
    const instruction = { ...asked, accounts: joinRights(frame.journal, asked.accounts) };
    const signers = readSigners(frame, caller.programId, argNumber(frame, 3), argNumber(frame, 4));
    if (signers === undefined) return HOST.LEAVE;
    if (!mayBeCalled(instruction, caller.transaction)) {
      const name = encodeBase58(instruction.programId);
      return failSyscall(frame, `Program ${name} not supported by inner instructions`);
    }
    const log = (line: string): void => logLine(frame, line);
    const refusal = refuseRights(frame.journal, caller, instruction, signers, log);
    if (refusal !== undefined) return failWith(frame, failure(refusal));
    const { journal } = frame;
    const found = caller.transaction.findProgram(journal, instruction.programId);
    const callee = openInvocation(
      journal,
      caller.transaction,
      instruction,
      found ?? caller.found,
      caller,
    );
    const shared = readShared(frame, abi, caller, callee);
    if (shared === undefined) return HOST.LEAVE;
    const notNow = refuseBegin(journal, caller, callee);
    if (notNow !== undefined) return failWith(frame, failure(notNow));
    if (found === undefined) return failWith(frame, failure("UnsupportedProgramId"));
    if (caller.transaction.recordsCalls === true) recordCall(journal, callee);
    const gas = frame.gas;
    return frame.call(
      invocationRequest(callee, gas, (self, ended) => {
        const { outcome, detail } = ended;
        const end = settle(journal, callee, gas, { outcome, detail, gasLeft: ended.gas });
        self.gas = end.gasLeft;
        if (end.failure !== undefined) {
          const { error, custom } = end.failure;
          // The caller sees the error without what led to it.
          return failWith(self, custom === undefined ? failure(error) : end.failure);
        }
        noteProcessed(caller, instruction);
        return pullChanges(self, shared);
      }),
    );
  };

const NEVER_CALLED: ReadonlySet<string> = new Set<string>([
  ADDRESS.NATIVE_LOADER.hex,
  ADDRESS.LOADER_V1.hex,
  ADDRESS.LOADER_V2.hex,
  ADDRESS.ED25519.hex,
  ADDRESS.SECP256K1.hex,
]);
/** Instructions of loader 3 that may be called: Upgrade, SetAuthority, Close. */
const CALLED_OF_LOADER = [3, 4, 5];
const SET_AUTHORITY_CHECKED = 7;

/** Loaders, precompiles and what has no code of its own may not be called, with the exceptions of loader 3. */
function mayBeCalled({ programId, data }: SvmInstruction, transaction: SvmTransaction): boolean {
  const id = encodeHex(programId);
  if (id === ADDRESS.SECP256R1.hex) return !hasFeature(transaction, "secp256r1Precompile");
  if (id !== ADDRESS.LOADER_V3.hex) return !NEVER_CALLED.has(id);
  if (data[0] === SET_AUTHORITY_CHECKED) {
    return hasFeature(transaction, "bpfLoaderSetAuthorityChecked");
  }
  return CALLED_OF_LOADER.includes(data[0]);
}

export const CPI_SYSCALLS: readonly Syscall[] = [
  { name: "sol_invoke_signed_c", params: 5, run: invoke(C_ABI) },
  { name: "sol_invoke_signed_rust", params: 5, run: invoke(RUST_ABI) },
];
