import {
  type Frame,
  type FunctionBuilder,
  HOST,
  type HostFunction,
  OUTCOME,
  REGION_UNKNOWN,
} from "@dragoman/core";
import { argLow, argNumber, hostAddress, hostSpan } from "../runtime/guest-memory.ts";
import { hasFeature, invocationOf } from "../runtime/invocation.ts";
import { answer, failAccess, failSyscall, isMisaligned, pay } from "./answer.ts";
import { COST, memoryCost } from "./costs.ts";
import type { Syscall } from "./syscall.ts";

function copy(frame: Frame, to: number, from: number, size: number): number {
  const target = hostSpan(frame, to, size, true);
  if (target < 0) return failAccess(frame, to, size, true);
  const source = hostSpan(frame, from, size, false);
  if (source < 0) return failAccess(frame, from, size, false);
  frame.memory.u8.copyWithin(target, source, source + size);
  return answer(frame, 0);
}

const memmove: HostFunction = (frame) => {
  const size = argNumber(frame, 2);
  if (!pay(frame, memoryCost(size))) return HOST.LEAVE;
  return copy(frame, argNumber(frame, 0), argNumber(frame, 1), size);
};

const memcpy: HostFunction = (frame) => {
  const size = argNumber(frame, 2);
  if (!pay(frame, memoryCost(size))) return HOST.LEAVE;
  const to = argNumber(frame, 0);
  const from = argNumber(frame, 1);
  if (Math.abs(to - from) < size) return failSyscall(frame, "Overlapping copy");
  return copy(frame, to, from, size);
};

const memset: HostFunction = (frame) => {
  const size = argNumber(frame, 2);
  if (!pay(frame, memoryCost(size))) return HOST.LEAVE;
  const to = argNumber(frame, 0);
  const target = hostSpan(frame, to, size, true);
  if (target < 0) return failAccess(frame, to, size, true);
  frame.memory.u8.fill(argLow(frame, 1) & 255, target, target + size);
  return answer(frame, 0);
};

const memcmp: HostFunction = (frame) => {
  const size = argNumber(frame, 2);
  if (!pay(frame, memoryCost(size))) return HOST.LEAVE;
  const isMapped = hasFeature(invocationOf(frame).transaction, "bpfAccountDataDirectMapping");
  if (!isMapped) {
    for (const index of [0, 1]) {
      const address = argNumber(frame, index);
      if (hostAddress(frame, address, size, false) < 0)
        return failAccess(frame, address, size, false);
    }
  }
  const to = argNumber(frame, 3);
  const result = hostAddress(frame, to, 4, true);
  if (result < 0) return failAccess(frame, to, 4, true);
  if (isMisaligned(frame, result, 4)) return failSyscall(frame, "Unaligned pointer");
  const difference = isMapped ? compareMapped(frame, size) : compare(frame, size);
  if (difference === undefined) return failAccess(frame, argNumber(frame, 0), size, false);
  frame.memory.i32[result >>> 2] = difference;
  return answer(frame, 0);
};

/** Difference of the first bytes that differ at r1 and r2, which can be read. */
function compare(frame: Frame, size: number): number {
  const a = hostAddress(frame, argNumber(frame, 0), size, false);
  const b = hostAddress(frame, argNumber(frame, 1), size, false);
  const { u8 } = frame.memory;
  for (let i = 0; i < size; i++) if (u8[a + i] !== u8[b + i]) return u8[a + i] - u8[b + i];
  return 0;
}

/** The same under direct mapping, where what stands behind the difference need not be readable; undefined: what stands before it is not. */
function compareMapped(frame: Frame, size: number): number | undefined {
  const { u8 } = frame.memory;
  for (let i = 0; i < size; i++) {
    const a = hostSpan(frame, argNumber(frame, 0) + i, 1, false);
    const b = hostSpan(frame, argNumber(frame, 1) + i, 1, false);
    if (a < 0 || b < 0) return undefined;
    if (u8[a] !== u8[b]) return u8[a] - u8[b];
  }
  return 0;
}

// --- compiled forms -------------------------------------------------------------------------------

/** Charges for `size` bytes; returns the size as i32, trapping if it has more than 31 bits. */
function chargeBytes(builder: FunctionBuilder, size: number): number {
  const units = builder.op("i64.div_u", size, builder.const64(BigInt(COST.BYTES_PER_UNIT)));
  const least = builder.const64(BigInt(COST.MEMORY_BASE));
  const cost = builder.op("i64.select", builder.op("i64.gt_u", units, least), units, least);
  const tooLarge = builder.op("i64.gt_u", size, builder.const64(0x7fffffffn));
  builder.op("trap.if", tooLarge, OUTCOME.ACCESS_VIOLATION);
  builder.op("meter.dynamic", cost);
  return builder.op("i32.wrap", size);
}

const host = (builder: FunctionBuilder, address: number, size: number, write: boolean): number =>
  builder.op("region.host", address, size, write ? 1 : 0, REGION_UNKNOWN);

function compileMove(builder: FunctionBuilder, [to, from, size]: readonly number[]): void {
  const length = chargeBytes(builder, size);
  const target = host(builder, to, length, true);
  const source = host(builder, from, length, false);
  builder.op("memory.copy", target, source, length);
  builder.ret([builder.const64(0n)]);
}

function compileCopy(builder: FunctionBuilder, args: readonly number[]): void {
  const [to, from, size] = args;
  const ahead = builder.op("i64.lt_u", builder.op("i64.sub", to, from), size);
  const behind = builder.op("i64.lt_u", builder.op("i64.sub", from, to), size);
  builder.op("trap.if", builder.op("i32.or", ahead, behind), OUTCOME.ACCESS_VIOLATION);
  compileMove(builder, args);
}

function compileSet(builder: FunctionBuilder, [to, byte, size]: readonly number[]): void {
  const length = chargeBytes(builder, size);
  const target = host(builder, to, length, true);
  const value = builder.op("i32.and", builder.op("i32.wrap", byte), builder.const32(255));
  builder.op("memory.fill", target, value, length);
  builder.ret([builder.const64(0n)]);
}

/** memory.compare gives only the sign, so the differing bytes are found in a loop over what is equal. */
function compileCompare(builder: FunctionBuilder, [a, b, size, result]: readonly number[]): void {
  const length = chargeBytes(builder, size);
  const left = host(builder, a, length, false);
  const right = host(builder, b, length, false);
  const target = host(builder, result, builder.const32(4), true);
  const head = builder.block([0]);
  const body = builder.block();
  const next = builder.block();
  const end = builder.block([0]);
  const zero = builder.const32(0);
  const unaligned = builder.op("i32.and", target, builder.const32(3));
  builder.op("trap.if", unaligned, OUTCOME.ACCESS_VIOLATION);
  builder.br(head, [zero]);
  builder.begin(head);
  const [index] = builder.blockParams(head);
  builder.brIf(builder.op("i32.lt_u", index, length), body, [], end, [zero]);
  builder.begin(body);
  const x = builder.op("i32.load8", builder.op("i32.add", left, index), 0);
  const y = builder.op("i32.load8", builder.op("i32.add", right, index), 0);
  const difference = builder.op("i32.sub", x, y);
  builder.brIf(difference, end, [difference], next, []);
  builder.begin(next);
  builder.br(head, [builder.op("i32.add", index, builder.const32(1))]);
  builder.begin(end);
  builder.op("i32.store", target, builder.blockParams(end)[0], 0);
  builder.ret([builder.const64(0n)]);
}

export const MEMORY_SYSCALLS: readonly Syscall[] = [
  { name: "sol_memcpy_", params: 3, run: memcpy, compile: compileCopy },
  { name: "sol_memmove_", params: 3, run: memmove, compile: compileMove },
  { name: "sol_memset_", params: 3, run: memset, compile: compileSet },
  { name: "sol_memcmp_", params: 4, run: memcmp, compile: compileCompare },
];
