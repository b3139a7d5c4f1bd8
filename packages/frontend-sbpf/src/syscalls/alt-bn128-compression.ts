import { HOST, type HostFunction } from "@dragoman/core";
import { bn254, compressArkworksPoint, decompressArkworksPoint } from "@dragoman/crypto";
import { argNumber } from "../runtime/guest-memory.ts";
import { hasFeature, invocationOf } from "../runtime/invocation.ts";
import { LITTLE_ENDIAN, swapBn128Point } from "./alt-bn128-encoding.ts";
import { answer, failSyscall, pay } from "./answer.ts";
import { COST } from "./costs.ts";
import { answerBytes, argChoice, canWrite, readBytes } from "./guest-bytes.ts";
import type { Syscall } from "./syscall.ts";

/** Errors of solana-bn254 while they are still told apart; afterwards all are 1. */
const INVALID_INPUT_SIZE = 5;

/** Operations by number without the bit for little-endian (anza-xyz/solana-sdk `bn254/src/compression.rs`), with what they answer if they fail. */
const OPERATIONS: ReadonlyMap<
  number,
  readonly [compresses: boolean, degree: 1 | 2, cost: number, failure: number]
> = new Map([
  [0, [true, 1, 30, 3]],
  [1, [false, 1, 398, 1]],
  [2, [true, 2, 86, 4]],
  [3, [false, 2, 13_610, 2]],
]);

/** Operation r1 on r3 bytes at r2, the result to r4. */
const compression: HostFunction = (frame) => {
  const code = argChoice(frame, 0);
  const operation = OPERATIONS.get(code & ~LITTLE_ENDIAN);
  const { transaction } = invocationOf(frame);
  const isLittle = (code & LITTLE_ENDIAN) !== 0;
  if (operation === undefined || (isLittle && !hasFeature(transaction, "altBn128LittleEndian"))) {
    return failSyscall(frame, "InvalidAttribute");
  }
  const [compresses, degree, cost, failure] = operation;
  if (!pay(frame, COST.SYSCALL_BASE + cost)) return HOST.LEAVE;
  const group = degree === 1 ? bn254().g1 : bn254().g2;
  const compressedSize = group.encodedSize / 2;
  const result = argNumber(frame, 3);
  if (!canWrite(frame, result, compresses ? compressedSize : group.encodedSize)) return HOST.LEAVE;
  const size = argNumber(frame, 2);
  const input = readBytes(frame, argNumber(frame, 1), size);
  if (input === undefined) return HOST.LEAVE;
  const isSimple = hasFeature(transaction, "simplifyAltBn128SyscallErrorCodes");
  if (size !== (compresses ? group.encodedSize : compressedSize)) {
    return answer(frame, isSimple ? 1 : INVALID_INPUT_SIZE);
  }
  const convert = compresses ? compressArkworksPoint : decompressArkworksPoint;
  const converted = convert(group, isLittle ? swapBn128Point(group, input) : input);
  if (converted === undefined) return answer(frame, isSimple ? 1 : failure);
  return answerBytes(frame, result, isLittle ? swapBn128Point(group, converted) : converted);
};

export const ALT_BN128_COMPRESSION_SYSCALL: Syscall = {
  name: "sol_alt_bn128_compression",
  params: 4,
  run: compression,
};
