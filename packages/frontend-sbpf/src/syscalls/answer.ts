import { type Frame, HOST } from "@dragoman/core";
import { SVM_OUTCOME } from "../lift/outcomes.ts";
import { failure, incomplete, type SvmFailure } from "../runtime/instruction-error.ts";
import { invocationOf } from "../runtime/invocation.ts";

/** Ends the frame with a failed syscall. */
export function failWith(frame: Frame, reason: SvmFailure): number {
  frame.detail = reason;
  return frame.leave(SVM_OUTCOME.SYSCALL_ERROR);
}

/** Ends the frame; `text` is what the log shows. */
export const failSyscall = (frame: Frame, text: string): number =>
  failWith(frame, incomplete(text));

/** Takes `cost` units. False: they were not there, all are gone, and the frame has ended: answer `HOST.LEAVE`. */
export function pay(frame: Frame, cost: number): boolean {
  if (cost <= Number.MAX_SAFE_INTEGER && frame.charge(cost)) return true;
  frame.gas = 0n;
  failWith(frame, failure("ComputationalBudgetExceeded"));
  return false;
}

/** r0 of the call. */
export function answer(frame: Frame, value: number): number {
  const at = frame.slot(0) >>> 2;
  frame.memory.u32[at] = value;
  frame.memory.u32[at + 1] = Math.floor(value / 4294967296);
  return HOST.CONTINUE;
}

/** Text of an access that the program may not make. */
export function accessText(address: number, size: number, write: boolean): string {
  const names = ["program", "program", "stack", "heap", "input"];
  const region = names[Math.floor(address / 4294967296)] ?? "unknown";
  const verb = write ? "writing" : "reading";
  return `Access violation ${verb} ${size} bytes at address 0x${address.toString(16)} (in ${region} region)`;
}

/** A length that no slice can have is an error of its own. */
const LENGTH_MAX = 2 ** 63;

export const failAccess = (frame: Frame, address: number, size: number, write: boolean): number =>
  failSyscall(frame, size >= LENGTH_MAX ? "InvalidLength" : accessText(address, size, write));

/** Whether a value that needs an alignment is without it; programs of the first loader need none. */
export const isMisaligned = (frame: Frame, host: number, alignment: number): boolean =>
  host % alignment !== 0 && !invocationOf(frame).found.isUnaligned;
