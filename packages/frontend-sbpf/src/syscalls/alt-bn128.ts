import { type Frame, HOST, type HostFunction } from "@dragoman/core";
import { bn254, type CurveGroup, checkPairing, readArkworksPoint } from "@dragoman/crypto";
import { argNumber } from "../runtime/guest-memory.ts";
import { hasFeature, invocationOf } from "../runtime/invocation.ts";
import { isBn128Allowed, LITTLE_ENDIAN, swapBn128Point } from "./alt-bn128-encoding.ts";
import { answer, failSyscall, pay } from "./answer.ts";
import { COST } from "./costs.ts";
import { answerBytes, argChoice, canWrite, readBytes } from "./guest-bytes.ts";
import type { Syscall } from "./syscall.ts";

const SCALAR = 32;
const PAIR = 192;
/** Error of solana-bn254 while its errors are still told apart. */
const INVALID_INPUT = 1;

type Operation = "add" | "multiply" | "pairing";

/** Operations by number without the bit for little-endian (anza-xyz/solana-sdk `bn254/src`): degree of the coordinates, units, bytes of the result. */
const OPERATIONS: ReadonlyMap<
  number,
  readonly [name: Operation, degree: 1 | 2, cost: number, resultSize: number]
> = new Map([
  [0, ["add", 1, 334, 64]],
  [2, ["multiply", 1, 3_840, 64]],
  [3, ["pairing", 1, 36_364, 32]],
  [4, ["add", 2, 535, 128]],
  [6, ["multiply", 2, 15_670, 128]],
]);
const NEXT_PAIR_COST = 12_121;

/** Operation r1 on r3 bytes at r2, the result to r4. */
const groupOperation: HostFunction = (frame) => {
  const code = argChoice(frame, 0);
  const operation = OPERATIONS.get(code & ~LITTLE_ENDIAN);
  if (operation === undefined || !isBn128Allowed(frame, code, operation[1])) {
    return failSyscall(frame, "InvalidAttribute");
  }
  const [name, degree, cost, resultSize] = operation;
  const size = argNumber(frame, 2);
  const pairs = Math.floor(size / PAIR);
  const pairing = NEXT_PAIR_COST * Math.max(pairs - 1, 0) + COST.HASH_BASE + size + resultSize;
  if (!pay(frame, name === "pairing" ? cost + pairing : cost)) return HOST.LEAVE;
  const result = argNumber(frame, 3);
  if (!canWrite(frame, result, resultSize)) return HOST.LEAVE;
  const input = readBytes(frame, argNumber(frame, 1), size);
  if (input === undefined) return HOST.LEAVE;
  const isLittle = (code & LITTLE_ENDIAN) !== 0;
  const output = compute(frame, name, degree, input, isLittle);
  if (output === undefined) return answer(frame, INVALID_INPUT);
  return answerBytes(frame, result, output);
};

function compute(
  frame: Frame,
  name: Operation,
  degree: 1 | 2,
  input: Uint8Array,
  isLittle: boolean,
): Uint8Array | undefined {
  if (name === "pairing") return computePairing(frame, input, isLittle);
  const group = degree === 1 ? bn254().g1 : bn254().g2;
  const first = group.encodedSize;
  const operands = padded(input, inputSize(frame, name, first), degree === 1 && !isLittle);
  if (operands === undefined) return undefined;
  const point = readPoint(group, operands.subarray(0, first), isLittle);
  if (point === undefined) return undefined;
  const second = operands.subarray(first);
  const product =
    name === "multiply" ? group.multiply(point, scalarOf(second, isLittle)) : undefined;
  const other = name === "add" ? readPoint(group, second, isLittle) : undefined;
  const answered = other === undefined ? product : group.add(point, other);
  return answered && (isLittle ? swapBn128Point(group, answered) : answered);
}

/** Bytes that an operation takes; until its correction a product took 128 for its 96. */
function inputSize(frame: Frame, name: Operation, pointSize: number): number {
  if (name === "add") return 2 * pointSize;
  const { transaction } = invocationOf(frame);
  const isCorrect = hasFeature(transaction, "fixAltBn128MultiplicationInputLength");
  return isCorrect || pointSize !== 64 ? pointSize + SCALAR : 128;
}

/** The input with zeros up to `size`, where it may be shorter. */
function padded(input: Uint8Array, size: number, mayBeShort: boolean): Uint8Array | undefined {
  if (input.length > size || (input.length < size && !mayBeShort)) return undefined;
  const bytes = new Uint8Array(size);
  bytes.set(input);
  return bytes;
}

const scalarOf = (bytes: Uint8Array, isLittle: boolean): Uint8Array =>
  isLittle ? bytes.slice(0, SCALAR).reverse() : bytes.slice(0, SCALAR);

function readPoint(
  group: CurveGroup,
  bytes: Uint8Array,
  isLittle: boolean,
): Uint8Array | undefined {
  return readArkworksPoint(group, isLittle ? swapBn128Point(group, bytes) : bytes);
}

function computePairing(
  frame: Frame,
  input: Uint8Array,
  isLittle: boolean,
): Uint8Array | undefined {
  const { transaction } = invocationOf(frame);
  const isExact = hasFeature(transaction, "fixAltBn128PairingLengthCheck");
  if (isExact && input.length % PAIR !== 0) return undefined;
  const { g1, g2 } = bn254();
  const pairs = new Uint8Array(Math.floor(input.length / PAIR) * PAIR);
  for (let at = 0; at < pairs.length; at += PAIR) {
    const p = readPoint(g1, input.subarray(at, at + g1.encodedSize), isLittle);
    const q = readPoint(g2, input.subarray(at + g1.encodedSize, at + PAIR), isLittle);
    if (p === undefined || q === undefined) return undefined;
    pairs.set(p, at);
    pairs.set(q, at + g1.encodedSize);
  }
  const isOne = checkPairing(bn254(), pairs);
  if (isOne === undefined) return undefined;
  const output = new Uint8Array(32);
  output[isLittle ? 0 : 31] = isOne ? 1 : 0;
  return output;
}

export const ALT_BN128_SYSCALL: Syscall = {
  name: "sol_alt_bn128_group_op",
  params: 4,
  run: groupOperation,
};
