import { HOST, type HostFunction, REGION } from "@dragoman/core";
import { argNumber, hostAddress } from "../runtime/guest-memory.ts";
import { invocationOf } from "../runtime/invocation.ts";
import { BODY, HEADER, HEAP_START, REGIONS } from "../runtime/layout.ts";
import { answer, failAccess, failSyscall, pay } from "./answer.ts";
import { COST } from "./costs.ts";
import { guestText, invalidUtf8 } from "./logging.ts";
import type { Syscall } from "./syscall.ts";

const abort: HostFunction = (frame) => failSyscall(frame, "SBF program panicked");

const panic: HostFunction = (frame) => {
  const size = argNumber(frame, 1);
  if (!pay(frame, size)) return HOST.LEAVE;
  const address = argNumber(frame, 0);
  const at = hostAddress(frame, address, size, false);
  if (at < 0) return failAccess(frame, address, size, false);
  const bytes = frame.memory.slice(at, size);
  const file = guestText(bytes);
  if (file === undefined) return failSyscall(frame, invalidUtf8(bytes)!);
  const [line, column] = [frame.argI64(2), frame.argI64(3)];
  return failSyscall(frame, `SBF program Panicked in ${file} at ${line}:${column}`);
};

/** A bump allocator over the heap; freeing does nothing. 0 = no room. */
const allocFree: HostFunction = (frame) => {
  if (argNumber(frame, 1) !== 0) return answer(frame, 0);
  const { u32, u64 } = frame.memory;
  const size = argNumber(frame, 0);
  const next = (frame.address + HEADER.HEAP_NEXT) >>> 3;
  const used = Number(u64[next] - HEAP_START);
  const start = Math.ceil(used / 8) * 8;
  const entry = (frame.address + BODY.REGION_TABLE + REGIONS.HEAP * REGION.ENTRY) >>> 2;
  if (start + size > u32[entry + REGION.READ_LENGTH / 4]) return answer(frame, 0);
  u64[next] = HEAP_START + BigInt(start + size);
  return answer(frame, Number(HEAP_START) + start);
};

const stackHeight: HostFunction = (frame) => {
  if (!pay(frame, COST.SYSCALL_BASE)) return HOST.LEAVE;
  return answer(frame, invocationOf(frame).height);
};

const remainingUnits: HostFunction = (frame) => {
  if (!pay(frame, COST.SYSCALL_BASE)) return HOST.LEAVE;
  return answer(frame, Number(frame.gas));
};

export const CONTROL_SYSCALLS: readonly Syscall[] = [
  { name: "abort", params: 0, noReturn: true, run: abort },
  { name: "sol_panic_", params: 4, noReturn: true, run: panic },
  { name: "sol_alloc_free_", params: 2, run: allocFree },
  { name: "sol_get_stack_height", params: 0, run: stackHeight },
];

/** Not enabled on mainnet. */
export const REMAINING_UNITS_SYSCALL: Syscall = {
  name: "sol_remaining_compute_units",
  params: 0,
  run: remainingUnits,
};
