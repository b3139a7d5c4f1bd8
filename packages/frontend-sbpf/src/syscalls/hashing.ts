import {
  type FunctionBuilder,
  HOST,
  type HostFunction,
  I64,
  OUTCOME,
  REGION_UNKNOWN,
} from "@dragoman/core";
import { blake3, keccak256, sha256 } from "@dragoman/crypto";
import { argNumber, hostAddress, numberAt } from "../runtime/guest-memory.ts";
import { answer, failAccess, failSyscall, isMisaligned, pay } from "./answer.ts";
import { COST } from "./costs.ts";
import type { Syscall } from "./syscall.ts";

/** Bytes of a slice in guest memory: address and length. */
export const SLICE_BYTES = 16;

/** Hash of the concatenation of the slices at r1 (r2 of them), written to r3. */
const hashOf =
  (hash: (bytes: Uint8Array) => Uint8Array): HostFunction =>
  (frame) => {
    const count = argNumber(frame, 1);
    const result = argNumber(frame, 2);
    if (count > COST.HASH_SLICES_MAX) {
      return failSyscall(frame, `Hashing too many sequences (${count} > ${COST.HASH_SLICES_MAX})`);
    }
    if (!pay(frame, COST.HASH_BASE)) return HOST.LEAVE;
    if (hostAddress(frame, result, 32, true) < 0) return failAccess(frame, result, 32, true);
    const slices = argNumber(frame, 0);
    const at = hostAddress(frame, slices, count * SLICE_BYTES, false);
    if (at < 0) return failAccess(frame, slices, count * SLICE_BYTES, false);
    if (isMisaligned(frame, at, 8)) return failSyscall(frame, "Unaligned pointer");
    const parts: Uint8Array[] = [];
    let total = 0;
    for (let i = 0; i < count; i++) {
      const address = numberAt(frame, at + i * SLICE_BYTES);
      const size = numberAt(frame, at + i * SLICE_BYTES + 8);
      const host = hostAddress(frame, address, size, false);
      if (host < 0) return failAccess(frame, address, size, false);
      if (!pay(frame, Math.max(COST.MEMORY_BASE, Math.floor(size / 2)))) return HOST.LEAVE;
      parts.push(frame.memory.u8.subarray(host, host + size));
      total += size;
    }
    const bytes = parts.length === 1 ? parts[0] : concat(parts, total);
    frame.memory.u8.set(hash(bytes), hostAddress(frame, result, 32, true));
    return answer(frame, 0);
  };

function concat(parts: readonly Uint8Array[], total: number): Uint8Array {
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/**
 * One slice is hashed in place; several leave to `fallback`, the host function. `digest` hashes `length` bytes at an address to an
 * address.
 */
const compileHash =
  (digest: (builder: FunctionBuilder, address: number, length: number, to: number) => void) =>
  (builder: FunctionBuilder, args: readonly number[], fallback: number): void => {
    const [slices, count, result] = args;
    const one = builder.block();
    const many = builder.block();
    const isOne = builder.op("i64.eq", count, builder.const64(1n));
    builder.brIf(isOne, one, [], many, []);
    builder.begin(many);
    builder.op("check");
    builder.ret(builder.host(fallback, [I64], args));
    builder.begin(one);
    const at = builder.op("region.host", slices, builder.const32(SLICE_BYTES), 0, REGION_UNKNOWN);
    const unaligned = builder.op("i32.and", at, builder.const32(7));
    builder.op("trap.if", unaligned, OUTCOME.ACCESS_VIOLATION);
    const address = builder.op("i64.load", at, 0);
    const size = builder.op("i64.load", at, 8);
    const tooLarge = builder.op("i64.gt_u", size, builder.const64(0x7fffffffn));
    builder.op("trap.if", tooLarge, OUTCOME.ACCESS_VIOLATION);
    const half = builder.op("i64.shr_u", size, builder.const64(1n));
    const least = builder.const64(BigInt(COST.MEMORY_BASE));
    const perSlice = builder.op("i64.select", builder.op("i64.gt_u", half, least), half, least);
    const cost = builder.op("i64.add", perSlice, builder.const64(BigInt(COST.HASH_BASE)));
    builder.op("meter.dynamic", cost);
    const length = builder.op("i32.wrap", size);
    const from = builder.op("region.host", address, length, 0, REGION_UNKNOWN);
    const to = builder.op("region.host", result, builder.const32(32), 1, REGION_UNKNOWN);
    digest(builder, from, length, to);
    builder.ret([builder.const64(0n)]);
  };

const compileSha256 = compileHash((builder, address, length, to) => {
  builder.op("sha256", address, length, to);
});
const compileKeccak = compileHash((builder, address, length, to) => {
  builder.op("i256.store_be", to, builder.op("keccak256", address, length), 0);
});

export const HASH_SYSCALLS: readonly Syscall[] = [
  { name: "sol_sha256", params: 3, run: hashOf(sha256), compile: compileSha256 },
  { name: "sol_keccak256", params: 3, run: hashOf(keccak256), compile: compileKeccak },
];

/** Not enabled on mainnet; registered where a transaction's features say so. */
export const BLAKE3_SYSCALL: Syscall = { name: "sol_blake3", params: 3, run: hashOf(blake3) };
