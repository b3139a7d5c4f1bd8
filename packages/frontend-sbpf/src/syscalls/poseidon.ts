import { HOST, type HostFunction } from "@dragoman/core";
import { POSEIDON_INPUTS_MAX, poseidon } from "@dragoman/crypto";
import { argNumber, hostAddress, numberAt } from "../runtime/guest-memory.ts";
import { hasFeature, invocationOf, logLine } from "../runtime/invocation.ts";
import { answer, failAccess, failSyscall, isMisaligned, pay } from "./answer.ts";
import { answerBytes, argChoice, canWrite, readBytes } from "./guest-bytes.ts";
import { SLICE_BYTES } from "./hashing.ts";
import type { Syscall } from "./syscall.ts";

const HASH_BYTES = 32;

/** Errors of solana-poseidon (anza-xyz/solana-sdk `poseidon/src/lib.rs`) while they are still told apart; afterwards all are 1. */
const EMPTY_INPUT = 4;
const INVALID_INPUT_LENGTH = 5;
const INPUT_LARGER_THAN_MODULUS = 7;
const INVALID_WIDTH = 11;

/** Hash with parameters r1 and order of bytes r2 of the slices at r3 (r4 of them), written to r5. */
const hashPoseidon: HostFunction = (frame) => {
  if (argChoice(frame, 0) !== 0) return failSyscall(frame, "Invalid parameters.");
  const order = argChoice(frame, 1);
  if (order !== 0 && order !== 1) return failSyscall(frame, "Invalid endianness.");
  const count = argNumber(frame, 3);
  if (count > POSEIDON_INPUTS_MAX) {
    logLine(frame, `Poseidon hashing ${count} sequences is not supported`);
    return failSyscall(frame, "InvalidLength");
  }
  if (!pay(frame, 61 * count * count + 542)) return HOST.LEAVE;
  const result = argNumber(frame, 4);
  if (!canWrite(frame, result, HASH_BYTES)) return HOST.LEAVE;
  const slices = argNumber(frame, 2);
  const at = hostAddress(frame, slices, count * SLICE_BYTES, false);
  if (at < 0) return failAccess(frame, slices, count * SLICE_BYTES, false);
  if (isMisaligned(frame, at, 8)) return failSyscall(frame, "Unaligned pointer");
  const inputs: Uint8Array[] = [];
  for (let i = 0; i < count; i++) {
    const address = numberAt(frame, at + i * SLICE_BYTES);
    const input = readBytes(frame, address, numberAt(frame, at + i * SLICE_BYTES + 8));
    if (input === undefined) return HOST.LEAVE;
    inputs.push(order === 0 ? input : input.reverse());
  }
  const { transaction } = invocationOf(frame);
  const isPadded = hasFeature(transaction, "poseidonEnforcePadding");
  const hash = hashInputs(inputs, isPadded);
  if (typeof hash !== "number") {
    return answerBytes(frame, result, order === 0 ? hash : hash.reverse());
  }
  return answer(frame, hasFeature(transaction, "simplifyAltBn128SyscallErrorCodes") ? 1 : hash);
};

/** The hash of big-endian inputs, which may be short where the chain still takes them so; a number is an error. */
function hashInputs(inputs: readonly Uint8Array[], isPadded: boolean): Uint8Array | number {
  if (inputs.length === 0) return INVALID_WIDTH;
  for (const { length } of inputs) {
    if (length === 0) return EMPTY_INPUT;
    if (length > HASH_BYTES || (isPadded && length < HASH_BYTES)) return INVALID_INPUT_LENGTH;
  }
  const words = inputs.map((input) => {
    const word = new Uint8Array(HASH_BYTES);
    word.set(input, HASH_BYTES - input.length);
    return word;
  });
  return poseidon(words) ?? INPUT_LARGER_THAN_MODULUS;
}

export const POSEIDON_SYSCALL: Syscall = { name: "sol_poseidon", params: 5, run: hashPoseidon };
