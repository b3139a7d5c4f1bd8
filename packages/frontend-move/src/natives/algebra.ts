import { type Frame, HOST, type HostFunction } from "@dragoman/core";
import type { AlgebraStructure } from "@dragoman/crypto";
import { MoveFault } from "../format/index.ts";
import { type MoveType, VECTOR } from "../layout/move-type.ts";
import { abortNative } from "./abort.ts";
import {
  algebraOfCurve,
  formatOf,
  hashedGroup,
  type NamedStructure,
  structureOf,
} from "./algebra-structures.ts";
import { algebraOf } from "./elements.ts";
import { type AlgebraGas, PAIRING_GAS } from "./native-gas.ts";
import {
  attempt,
  bytesArgument,
  giveBool,
  giveBytes,
  giveNumber,
  unpaid,
} from "./native-result.ts";

/** The public API's codes. */
const NOT_IMPLEMENTED = 0xc0001n;
const SIZES_DIFFER = 0x10002n;
const TOO_MUCH_MEMORY = 0x90003n;
/** Bytes that the elements of one frame may count for. */
const MEMORY_MAX = 1 << 20;

const notImplemented: HostFunction = (frame) => abortNative(frame, NOT_IMPLEMENTED);

type Operation = (
  frame: Frame,
  structure: AlgebraStructure,
  named: NamedStructure,
) => unknown | undefined;

/** The element that argument `index` names. */
function element(frame: Frame, index: number): unknown {
  const handle = frame.argI64(index);
  const value = algebraOf(frame).get(handle);
  if (value !== undefined) return value;
  throw new MoveFault("UNKNOWN_RUNTIME_STATUS", {}, `there is no element ${handle}`);
}

/** Keeps a new element; its number is result `index`. */
function giveElement(frame: Frame, value: unknown, size: number, index = 0): number {
  const elements = algebraOf(frame);
  if (elements.bytes + size > MEMORY_MAX) return abortNative(frame, TOO_MUCH_MEMORY);
  frame.resultI64(index, elements.add(value, size));
  return HOST.CONTINUE;
}

/** A native of one structure; what no structure is, or one without a price for the operation, is not implemented. */
function ofStructure(
  type: MoveType,
  price: keyof AlgebraGas,
  run: (frame: Frame, named: NamedStructure) => number,
): HostFunction {
  const find = structureOf(type);
  if (find === undefined) return notImplemented;
  return (frame) =>
    attempt(frame, () => {
      const named = find();
      const cost = named.gas[price];
      if (cost === undefined) return abortNative(frame, NOT_IMPLEMENTED);
      return frame.charge(cost) ? run(frame, named) : unpaid(frame);
    });
}

/** A native that gives a new element. */
const operation = (price: keyof AlgebraGas, run: Operation) => (types: readonly MoveType[]) =>
  ofStructure(types[0], price, (frame, named) =>
    giveElement(frame, run(frame, named.structure, named), named.size),
  );

/** A native that gives whether there is an element, and it. */
const partial = (price: keyof AlgebraGas, run: Operation) => (types: readonly MoveType[]) =>
  ofStructure(types[0], price, (frame, named) =>
    givePartial(frame, run(frame, named.structure, named), named.size),
  );

function givePartial(frame: Frame, value: unknown, size: number): number {
  frame.resultI32(0, value === undefined ? 0 : 1);
  frame.resultI64(1, 0n);
  return value === undefined ? HOST.CONTINUE : giveElement(frame, value, size, 1);
}

export const zero = operation("zero", (_, structure) => structure.zero);
export const one = operation("one", (_, structure) => structure.one);
export const add = operation("add", (frame, { add }) => add(element(frame, 0), element(frame, 1)));
export const subtract = operation("sub", (frame, { subtract }) =>
  subtract(element(frame, 0), element(frame, 1)),
);
export const negate = operation("neg", (frame, { negate }) => negate(element(frame, 0)));
export const double = operation("double", (frame, { group }) => group!.double(element(frame, 0)));
export const multiply = operation("mul", (frame, { field }) =>
  field!.multiply(element(frame, 0), element(frame, 1)),
);
export const square = operation("sqr", (frame, { field }) => field!.square(element(frame, 0)));
export const fromU64 = operation("fromNumber", (frame, { field }) =>
  field!.fromNumber(frame.argI64(0)),
);
export const invert = partial("inv", (frame, { field }) => field!.invert(element(frame, 0)));
export const divide = partial("div", (frame, { field }) => {
  const inverse = field!.invert(element(frame, 1));
  return inverse === undefined ? undefined : field!.multiply(element(frame, 0), inverse);
});

/** `eq_internal<S>(u64, u64): bool`. */
export const equals = ([type]: readonly MoveType[]): HostFunction =>
  ofStructure(type, "eq", (frame, { structure }) =>
    giveBool(frame, structure.equals(element(frame, 0), element(frame, 1))),
  );

/** `order_internal<G>(): vector<u8>`: little-endian, without charge. */
export function order([type]: readonly MoveType[]): HostFunction {
  const find = structureOf(type);
  if (find === undefined) return notImplemented;
  return (frame) => giveBytes(frame, 0, find().structure.order);
}

/** `deserialize_internal<S, F>(&vector<u8>): (bool, u64)`. */
export function deserialize([type, format]: readonly MoveType[]): HostFunction {
  const find = structureOf(type);
  if (find === undefined) return notImplemented;
  return (frame) => {
    const named = find();
    const found = formatOf(named, format);
    if (found === undefined) return abortNative(frame, NOT_IMPLEMENTED);
    if (!frame.charge(found.decodeGas)) return unpaid(frame);
    return givePartial(frame, found.format.decode(bytesArgument(frame, 0)), named.size);
  };
}

/** `serialize_internal<S, F>(u64): vector<u8>`. */
export function serialize([type, format]: readonly MoveType[]): HostFunction {
  const find = structureOf(type);
  if (find === undefined) return notImplemented;
  return (frame) =>
    attempt(frame, () => {
      const named = find();
      const found = formatOf(named, format);
      if (found === undefined) return abortNative(frame, NOT_IMPLEMENTED);
      if (!frame.charge(found.encodeGas + (named.gas.toAffine ?? 0))) return unpaid(frame);
      return giveBytes(frame, 1, found.format.encode(element(frame, 0)));
    });
}

/** The group and the scalars of one curve, or nothing. */
function groupOf(types: readonly MoveType[]): (() => NamedStructure) | undefined {
  const [find, scalars] = [structureOf(types[0]), structureOf(types[1])];
  if (find === undefined || scalars === undefined) return undefined;
  return () => find();
}

const isScalarOf = (named: NamedStructure, type: MoveType): boolean => {
  const scalars = structureOf(type)?.();
  return scalars?.name === "Fr" && scalars.curve === named.curve;
};

/** `scalar_mul_internal<G, S>(u64, u64): u64`. */
export const scalarMultiply = (types: readonly MoveType[]): HostFunction =>
  groupOf(types) === undefined
    ? notImplemented
    : ofStructure(types[0], "scalarMul", (frame, named) => {
        if (!isScalarOf(named, types[1])) return abortNative(frame, NOT_IMPLEMENTED);
        const { multiply } = named.structure.group!;
        const product = multiply(element(frame, 0), element(frame, 1) as bigint);
        return giveElement(frame, product, named.size);
      });

/** The elements whose numbers are in the `vector<u64>` of argument `index`. */
function elements(frame: Frame, index: number): unknown[] {
  const { view } = frame.memory;
  const address = frame.argI32(index);
  const at = view.getUint32(address + VECTOR.POINTER, true);
  const length = view.getUint32(address + VECTOR.LENGTH, true);
  const kept = algebraOf(frame);
  return Array.from({ length }, (_, item) => {
    const value = kept.get(view.getBigUint64(at + 8 * item, true));
    if (value !== undefined) return value;
    throw new MoveFault("UNKNOWN_RUNTIME_STATUS", {}, "there is no such element");
  });
}

/** Additions and doublings of a sum of `count` products by windows (`scalar_mul.rs`, `ark_msm_bigint_wnaf_cost`). */
function sumGas(count: number, gas: AlgebraGas): number {
  const window = count < 32 ? 3 : Math.floor((ceilLog2(count) * 69) / 100) + 2;
  const windows = Math.ceil(255 / window);
  const buckets = 2 ** window;
  return gas.add * (count + buckets + 1) * windows + (gas.double as number) * buckets * windows;
}

const ceilLog2 = (value: number): number => 32 - Math.clz32(value - 1);

/** `multi_scalar_mul_internal<G, S>(vector<u64>, vector<u64>): u64`. */
export const multiScalarMultiply = (types: readonly MoveType[]): HostFunction =>
  groupOf(types) === undefined
    ? notImplemented
    : ofStructure(types[0], "zero", (frame, named) => {
        const sum = named.structure.group?.sumProducts;
        if (sum === undefined || !isScalarOf(named, types[1])) {
          return abortNative(frame, NOT_IMPLEMENTED);
        }
        const [points, scalars] = [elements(frame, 0), elements(frame, 1) as bigint[]];
        if (points.length !== scalars.length) return abortNative(frame, SIZES_DIFFER);
        const affine = (named.gas.toAffine ?? 0) * points.length;
        if (!frame.charge(affine + sumGas(points.length, named.gas))) return unpaid(frame);
        return giveElement(frame, sum(points, scalars), named.size);
      });

/** The two groups and the target group of one pairing, or nothing. */
function pairingOf(types: readonly MoveType[]) {
  const [g1, g2, gt] = types.map(structureOf);
  if (g1 === undefined || g2 === undefined || gt === undefined) return undefined;
  return () => {
    const [left, right, target] = [g1(), g2(), gt()];
    const isPairing = left.name === "G1" && right.name === "G2" && target.name === "Gt";
    const isOne = left.curve === right.curve && right.curve === target.curve;
    return isPairing && isOne ? { left, right, target } : undefined;
  };
}

/** `pairing_internal` of two elements, or `multi_pairing_internal` of two vectors of them. */
function pairing(
  types: readonly MoveType[],
  read: (frame: Frame, index: number) => unknown[],
  price: (gas: (typeof PAIRING_GAS)["bn254" | "bls12381"], count: number) => number,
): HostFunction {
  const find = pairingOf(types);
  if (find === undefined) return notImplemented;
  return (frame) =>
    attempt(frame, () => {
      const found = find();
      if (found === undefined) return abortNative(frame, NOT_IMPLEMENTED);
      const { left, right, target } = found;
      const [g1, g2] = [read(frame, 0), read(frame, 1)];
      if (g1.length !== g2.length) return abortNative(frame, SIZES_DIFFER);
      const affine = ((left.gas.toAffine ?? 0) + (right.gas.toAffine ?? 0)) * g1.length;
      const cost = affine + price(PAIRING_GAS[left.curve], g1.length);
      if (!frame.charge(cost)) return unpaid(frame);
      const pair = algebraOfCurve(left.curve).pair as (a: unknown[], b: unknown[]) => unknown;
      return giveElement(frame, pair(g1, g2), target.size);
    });
}

export const pairOne = (types: readonly MoveType[]): HostFunction =>
  pairing(
    types,
    (frame, index) => [element(frame, index)],
    (gas) => gas.one,
  );

export const pairMany = (types: readonly MoveType[]): HostFunction =>
  pairing(types, elements, (gas, count) => gas.base + gas.pair * count);

/** `upcast_internal<Gt, Fq12>(u64): u64`: the same element. */
export function upcast([from, to]: readonly MoveType[]): HostFunction {
  const [sub, larger] = [structureOf(from)?.(), structureOf(to)?.()];
  const isCast = sub?.name === "Gt" && larger?.name === "Fq12" && sub.curve === larger.curve;
  return isCast ? (frame) => giveNumber(frame, frame.argI64(0)) : notImplemented;
}

/** `downcast_internal<Fq12, Gt>(u64): (bool, u64)`. */
export function downcast([from, to]: readonly MoveType[]): HostFunction {
  const [larger, sub] = [structureOf(from)?.(), structureOf(to)?.()];
  if (larger?.name !== "Fq12" || sub?.name !== "Gt" || sub.curve !== larger.curve) {
    return notImplemented;
  }
  return (frame) =>
    attempt(frame, () => {
      if (!frame.charge((sub.gas.scalarMul as number) + sub.gas.eq)) return unpaid(frame);
      const { toTarget } = algebraOfCurve(sub.curve);
      const handle = frame.argI64(0);
      const isMember = (toTarget as (value: unknown) => unknown)(element(frame, 0)) !== undefined;
      frame.resultI32(0, isMember ? 1 : 0);
      frame.resultI64(1, isMember ? handle : 0n);
      return HOST.CONTINUE;
    });
}

/** `hash_to_internal<S, H>(&vector<u8>, &vector<u8>): u64`: domain, then message. */
export function hashTo([type, suite]: readonly MoveType[]): HostFunction {
  const named = structureOf(type)?.();
  const group = hashedGroup(suite);
  if (named === undefined || group === undefined || named.name !== group) return notImplemented;
  const { hashToG1, hashToG2 } = algebraOfCurve(named.curve);
  const hash = group === "G1" ? hashToG1 : hashToG2;
  if (named.curve !== "bls12381" || hash === undefined) return notImplemented;
  const gas = PAIRING_GAS.bls12381;
  return (frame) => {
    const [domain, message] = [bytesArgument(frame, 0), bytesArgument(frame, 1)];
    const base = group === "G1" ? gas.hashG1 : gas.hashG2;
    if (!frame.charge(base + gas.byte * message.length)) return unpaid(frame);
    return giveElement(frame, hash(message, domain), named.size);
  };
}
