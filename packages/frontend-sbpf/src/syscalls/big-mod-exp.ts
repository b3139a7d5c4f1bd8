import { HOST, type HostFunction } from "@dragoman/core";
import { modexp } from "@dragoman/crypto";
import { fromBytesBE, toBytesBE } from "@dragoman/word";
import { argNumber, hostAddress, numberAt } from "../runtime/guest-memory.ts";
import { failAccess, failSyscall, isMisaligned, pay } from "./answer.ts";
import { COST } from "./costs.ts";
import { answerBytes, readBytes } from "./guest-bytes.ts";
import type { Syscall } from "./syscall.ts";

/** Addresses and lengths of base, exponent and modulus, 8 bytes each. */
const PARAMETER_BYTES = 48;
const OPERAND_MAX = 512;
const BASE_COST = 190;

/** Modular power of the numbers that the parameters at r1 describe, big-endian, to r2 in the length of the modulus. */
const bigModExp: HostFunction = (frame) => {
  const parameters = argNumber(frame, 0);
  const at = hostAddress(frame, parameters, PARAMETER_BYTES, false);
  if (at < 0) return failAccess(frame, parameters, PARAMETER_BYTES, false);
  if (isMisaligned(frame, at, 8)) return failSyscall(frame, "Unaligned pointer");
  const sizes = [8, 24, 40].map((offset) => numberAt(frame, at + offset));
  const largest = Math.max(...sizes);
  if (largest > OPERAND_MAX) return failSyscall(frame, "InvalidLength");
  const cost = COST.SYSCALL_BASE + Math.floor((largest * largest) / 2) + BASE_COST;
  if (!pay(frame, cost)) return HOST.LEAVE;
  const operands: bigint[] = [];
  for (const [index, size] of sizes.entries()) {
    const bytes = readBytes(frame, numberAt(frame, at + 16 * index), size);
    if (bytes === undefined) return HOST.LEAVE;
    operands.push(fromBytesBE(bytes));
  }
  const [base, exponent, modulus] = operands;
  const power = toBytesBE(modexp(base, exponent, modulus), sizes[2]);
  return answerBytes(frame, argNumber(frame, 1), power);
};

/** Not enabled on mainnet. */
export const BIG_MOD_EXP_SYSCALL: Syscall = { name: "sol_big_mod_exp", params: 2, run: bigModExp };
