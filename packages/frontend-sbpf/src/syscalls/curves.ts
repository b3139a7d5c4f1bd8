import { type Frame, HOST, type HostFunction } from "@dragoman/core";
import { type Curve25519Group, edwards25519, ristretto } from "@dragoman/crypto";
import { argNumber } from "../runtime/guest-memory.ts";
import { hasFeature, invocationOf } from "../runtime/invocation.ts";
import { answer, failSyscall, pay } from "./answer.ts";
import { BLS_GROUPS } from "./bls12-381-groups.ts";
import { answerBytes, argChoice, readBytes } from "./guest-bytes.ts";
import type { Syscall } from "./syscall.ts";

/** A group of points with the units of its operations. */
export interface SyscallGroup {
  readonly pointSize: number;
  readonly validateCost: number;
  readonly addCost: number;
  readonly subtractCost: number;
  readonly multiplyCost: number;
  /** Units of a sum of products: of the first and of each other one. */
  readonly sumCosts?: readonly [first: number, other: number];
  readonly group: Omit<Curve25519Group, "sumProducts"> & Partial<Curve25519Group>;
}

const SCALAR = 32;
const PRODUCTS_MAX = 512;

/** Groups by number (anza-xyz/agave `curve25519/src/curve_syscall_traits.rs`; units from `program-runtime/src/execution_budget.rs`). */
const CURVE25519_GROUPS: ReadonlyMap<number, SyscallGroup> = new Map([
  [
    0,
    {
      pointSize: 32,
      validateCost: 159,
      addCost: 473,
      subtractCost: 475,
      multiplyCost: 2_177,
      sumCosts: [2_273, 758],
      group: edwards25519,
    },
  ],
  [
    1,
    {
      pointSize: 32,
      validateCost: 169,
      addCost: 521,
      subtractCost: 519,
      multiplyCost: 2_208,
      sumCosts: [2_303, 788],
      group: ristretto,
    },
  ],
]);

/** The group that argument 0 names, if the chain has it. */
function groupOf(frame: Frame): SyscallGroup | undefined {
  const id = argChoice(frame, 0);
  const bls = BLS_GROUPS.get(id);
  if (bls === undefined) return CURVE25519_GROUPS.get(id);
  return hasFeature(invocationOf(frame).transaction, "enableBls12381Syscall") ? bls : undefined;
}

/** There is no such group, or no such operation. */
function unknown(frame: Frame): number {
  const { transaction } = invocationOf(frame);
  if (!hasFeature(transaction, "abortOnInvalidCurve")) return answer(frame, 1);
  return failSyscall(frame, "InvalidAttribute");
}

/** Whether there is a point of group r1 at r2. */
const validatePoint: HostFunction = (frame) => {
  const group = groupOf(frame);
  if (group === undefined) return unknown(frame);
  if (!pay(frame, group.validateCost)) return HOST.LEAVE;
  const point = readBytes(frame, argNumber(frame, 1), group.pointSize);
  if (point === undefined) return HOST.LEAVE;
  return answer(frame, group.group.isPoint(point) ? 0 : 1);
};

/** Operation r2 of group r1 on the operands at r3 and r4, the result to r5. */
const groupOperation: HostFunction = (frame) => {
  const group = groupOf(frame);
  if (group === undefined) return unknown(frame);
  const { pointSize } = group;
  const operations = [
    [group.addCost, pointSize, group.group.add],
    [group.subtractCost, pointSize, group.group.subtract],
    [group.multiplyCost, SCALAR, group.group.multiply],
  ] as const;
  const operation = operations[argChoice(frame, 1)];
  if (operation === undefined) return unknown(frame);
  const [cost, leftSize, compute] = operation;
  if (!pay(frame, cost)) return HOST.LEAVE;
  const left = readBytes(frame, argNumber(frame, 2), leftSize);
  if (left === undefined) return HOST.LEAVE;
  const right = readBytes(frame, argNumber(frame, 3), pointSize);
  if (right === undefined) return HOST.LEAVE;
  const result = compute(left, right);
  return result === undefined ? answer(frame, 1) : answerBytes(frame, argNumber(frame, 4), result);
};

/** Sum of r4 products in group r1 of the scalars at r2 and the points at r3, to r5. */
const sumProducts: HostFunction = (frame) => {
  const count = argNumber(frame, 3);
  const { transaction } = invocationOf(frame);
  if (count > PRODUCTS_MAX && hasFeature(transaction, "curve25519RestrictMsmLength")) {
    return failSyscall(frame, "InvalidLength");
  }
  const entry = CURVE25519_GROUPS.get(argChoice(frame, 0));
  const { sumCosts, group, pointSize } = entry ?? {};
  if (!sumCosts || !group?.sumProducts || pointSize === undefined) return unknown(frame);
  if (!pay(frame, sumCosts[0] + sumCosts[1] * Math.max(count - 1, 0))) return HOST.LEAVE;
  const scalars = readBytes(frame, argNumber(frame, 1), count * SCALAR);
  if (scalars === undefined) return HOST.LEAVE;
  const points = readBytes(frame, argNumber(frame, 2), count * pointSize);
  if (points === undefined) return HOST.LEAVE;
  const result = group.sumProducts(split(scalars, SCALAR), split(points, pointSize));
  return result === undefined ? answer(frame, 1) : answerBytes(frame, argNumber(frame, 4), result);
};

function split(bytes: Uint8Array, size: number): readonly Uint8Array[] {
  return Array.from({ length: bytes.length / size }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
}

export const CURVE_SYSCALLS: readonly Syscall[] = [
  { name: "sol_curve_validate_point", params: 2, run: validatePoint },
  { name: "sol_curve_group_op", params: 5, run: groupOperation },
  { name: "sol_curve_multiscalar_mul", params: 5, run: sumProducts },
];
