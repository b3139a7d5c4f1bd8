import { encodeBase58, encodeBase64 } from "@dragoman/bytes";
import { HOST, type HostFunction } from "@dragoman/core";
import { argNumber, hostAddress, numberAt } from "../runtime/guest-memory.ts";
import { logLine } from "../runtime/invocation.ts";
import { answer, failAccess, failSyscall, isMisaligned, pay } from "./answer.ts";
import { COST } from "./costs.ts";
import { SLICE_BYTES } from "./hashing.ts";
import type { Syscall } from "./syscall.ts";

const UTF8 = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });

/** Text of guest bytes; undefined if they are not UTF-8. */
export function guestText(bytes: Uint8Array): string | undefined {
  return invalidUtf8(bytes) === undefined ? UTF8.decode(bytes) : undefined;
}

/**
 * What Rust's `str::from_utf8` says of bytes that are not UTF-8, with the bytes behind it, as the log shows it; undefined if they
 * are.
 */
export function invalidUtf8(bytes: Uint8Array): string | undefined {
  let at = 0;
  while (at < bytes.length) {
    const [good, seen] = sequence(bytes, at);
    if (!good) {
      const where =
        seen === 0
          ? `incomplete utf-8 byte sequence from index ${at}`
          : `invalid utf-8 sequence of ${seen} bytes from index ${at}`;
      return `${where}: [${bytes.join(", ")}]`;
    }
    at += seen;
  }
  return undefined;
}

/** Whether the sequence at `at` is whole, and its length; of a broken one the bytes that are wrong, 0 if it is cut. */
function sequence(bytes: Uint8Array, at: number): readonly [good: boolean, length: number] {
  const first = bytes[at];
  if (first < 0x80) return [true, 1];
  const length =
    first >= 0xc2 && first < 0xe0
      ? 2
      : first >= 0xe0 && first < 0xf0
        ? 3
        : first >= 0xf0 && first < 0xf5
          ? 4
          : 0;
  if (length === 0) return [false, 1];
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  for (let i = 1; i < length; i++) {
    if (at + i >= bytes.length) return [false, 0];
    const byte = bytes[at + i];
    if (byte < (i === 1 ? low : 0x80) || byte > (i === 1 ? high : 0xbf)) return [false, i];
  }
  return [true, length];
}

const log: HostFunction = (frame) => {
  const size = argNumber(frame, 1);
  if (!pay(frame, Math.max(COST.SYSCALL_BASE, size))) return HOST.LEAVE;
  const address = argNumber(frame, 0);
  const at = hostAddress(frame, address, size, false);
  if (at < 0) return failAccess(frame, address, size, false);
  const bytes = frame.memory.slice(at, size);
  const text = guestText(bytes);
  if (text === undefined) return failSyscall(frame, invalidUtf8(bytes)!);
  logLine(frame, `Program log: ${text}`);
  return answer(frame, 0);
};

const log64: HostFunction = (frame) => {
  if (!pay(frame, COST.LOG_64)) return HOST.LEAVE;
  const values = [0, 1, 2, 3, 4].map((index) => `0x${frame.argI64(index).toString(16)}`);
  logLine(frame, `Program log: ${values.join(", ")}`);
  return answer(frame, 0);
};

const logUnits: HostFunction = (frame) => {
  if (!pay(frame, COST.SYSCALL_BASE)) return HOST.LEAVE;
  logLine(frame, `Program consumption: ${frame.gas} units remaining`);
  return answer(frame, 0);
};

const logPubkey: HostFunction = (frame) => {
  if (!pay(frame, COST.LOG_PUBKEY)) return HOST.LEAVE;
  const address = argNumber(frame, 0);
  const at = hostAddress(frame, address, 32, false);
  if (at < 0) return failAccess(frame, address, 32, false);
  logLine(frame, `Program log: ${encodeBase58(frame.memory.slice(at, 32))}`);
  return answer(frame, 0);
};

const logData: HostFunction = (frame) => {
  if (!pay(frame, COST.SYSCALL_BASE)) return HOST.LEAVE;
  const address = argNumber(frame, 0);
  const count = argNumber(frame, 1);
  const at = hostAddress(frame, address, count * SLICE_BYTES, false);
  if (at < 0) return failAccess(frame, address, count * SLICE_BYTES, false);
  if (isMisaligned(frame, at, 8)) return failSyscall(frame, "Unaligned pointer");
  if (!pay(frame, COST.SYSCALL_BASE * count)) return HOST.LEAVE;
  let total = 0;
  for (let i = 0; i < count; i++) total += numberAt(frame, at + i * SLICE_BYTES + 8);
  if (!pay(frame, total)) return HOST.LEAVE;
  const fields: string[] = [];
  for (let i = 0; i < count; i++) {
    const start = numberAt(frame, at + i * SLICE_BYTES);
    const size = numberAt(frame, at + i * SLICE_BYTES + 8);
    const host = hostAddress(frame, start, size, false);
    if (host < 0) return failAccess(frame, start, size, false);
    fields.push(encodeBase64(frame.memory.slice(host, size)));
  }
  logLine(frame, `Program data: ${fields.join(" ")}`);
  return answer(frame, 0);
};

export const LOG_SYSCALLS: readonly Syscall[] = [
  { name: "sol_log_", params: 2, run: log },
  { name: "sol_log_64_", params: 5, run: log64 },
  { name: "sol_log_compute_units_", params: 0, run: logUnits },
  { name: "sol_log_pubkey", params: 1, run: logPubkey },
  { name: "sol_log_data", params: 2, run: logData },
];
