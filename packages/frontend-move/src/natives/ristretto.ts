import { decodeHex } from "@dragoman/bytes";
import type { Frame, HostFunction } from "@dragoman/core";
import { ristretto, ristrettoScalars, sha512 } from "@dragoman/crypto";
import { toBytesLE } from "@dragoman/word";
import { MoveFault } from "../format/index.ts";
import { VECTOR } from "../layout/move-type.ts";
import { abortNative } from "./abort.ts";
import { readByteVector } from "./byte-vector.ts";
import { pointsOf } from "./elements.ts";
import { RISTRETTO_GAS as GAS } from "./native-gas.ts";
import {
  attempt,
  bytesArgument,
  giveBool,
  giveBytes,
  giveNumber,
  unpaid,
} from "./native-result.ts";

/** Points that one frame may make; the public API's code for more, and the limit (`ristretto255_point.rs`). */
const POINTS_MAX = 10_000;
const TOO_MANY_POINTS = 0x90004n;
/** The public API's code for bytes that are no point or no scalar. */
const NOT_CANONICAL = 0x10006n;
const POINT_BYTES = 32;
const IDENTITY = new Uint8Array(POINT_BYTES);
/** The generator of RFC 9496, appendix A.1. */
const BASE = decodeHex("0xe2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76");

/** The number of a new point, as the only result. */
function givePoint(frame: Frame, point: Uint8Array | undefined): number {
  if (point === undefined) return abortNative(frame, NOT_CANONICAL);
  const points = pointsOf(frame);
  if (points.count >= POINTS_MAX) return abortNative(frame, TOO_MANY_POINTS);
  return giveNumber(frame, points.add(point, POINT_BYTES));
}

const pointAt = (frame: Frame, handle: bigint): Uint8Array => {
  const point = pointsOf(frame).get(handle);
  if (point instanceof Uint8Array) return point;
  throw new MoveFault("UNKNOWN_RUNTIME_STATUS", {}, `there is no point ${handle}`);
};

/** The handle in the struct that argument `index` refers to. */
const handleOf = (frame: Frame, index: number): bigint =>
  frame.memory.view.getBigUint64(frame.argI32(index), true);

const point = (frame: Frame, index: number): Uint8Array => pointAt(frame, handleOf(frame, index));

/** A new point, or the one of argument 0 changed where the flag in argument `flag` says so. */
function giveIn(frame: Frame, flag: number, value: Uint8Array | undefined): number {
  if (frame.argI32(flag) === 0) return givePoint(frame, value);
  const handle = handleOf(frame, 0);
  pointsOf(frame).replace(handle, value);
  return giveNumber(frame, handle);
}

const paid =
  (cost: number, run: HostFunction): HostFunction =>
  (frame) =>
    frame.charge(cost) ? attempt(frame, run) : unpaid(frame);

/** A scalar is parsed, then used. */
const SCALAR = GAS.scalar_parse_arg;
const POINT = GAS.point_parse_arg;

/** `point_is_canonical_internal(vector<u8>): bool`. */
export const isPoint: HostFunction = paid(GAS.point_decompress, (frame) => {
  const bytes = bytesArgument(frame, 0);
  return giveBool(frame, bytes.length === POINT_BYTES && ristretto.isPoint(bytes));
});

export const identity: HostFunction = paid(GAS.point_identity, (frame) =>
  givePoint(frame, IDENTITY),
);

/** `point_decompress_internal(vector<u8>): (u64, bool)`. */
export const decompress: HostFunction = paid(GAS.point_decompress, (frame) => {
  const bytes = bytesArgument(frame, 0);
  const isOne = bytes.length === POINT_BYTES && ristretto.isPoint(bytes);
  const step = isOne ? givePoint(frame, bytes) : giveNumber(frame, 0n);
  frame.resultI32(1, isOne ? 1 : 0);
  return step;
});

export const clone: HostFunction = paid(GAS.point_clone + POINT, (frame) =>
  givePoint(frame, pointAt(frame, frame.argI64(0))),
);

/** `point_compress_internal(&RistrettoPoint): vector<u8>`. */
export const compress: HostFunction = paid(GAS.point_compress + POINT, (frame) =>
  giveBytes(frame, 1, point(frame, 0)),
);

/** `point_mul_internal(&RistrettoPoint, vector<u8>, bool): u64`. */
export const multiply: HostFunction = paid(GAS.point_mul + POINT + SCALAR, (frame) =>
  giveIn(frame, 2, ristretto.multiply(bytesArgument(frame, 1), point(frame, 0))),
);

export const multiplyBase: HostFunction = paid(GAS.basepoint_mul + SCALAR, (frame) =>
  givePoint(frame, ristretto.multiply(bytesArgument(frame, 0), BASE)),
);

/** `basepoint_double_mul_internal(a, &A, b): u64` is a A + b B of the generator B. */
export const doubleMultiplyBase: HostFunction = paid(
  GAS.basepoint_double_mul + POINT + 2 * SCALAR,
  (frame) => {
    const scalars = [bytesArgument(frame, 0), bytesArgument(frame, 2)];
    return givePoint(frame, ristretto.sumProducts(scalars, [point(frame, 1), BASE]));
  },
);

/** `double_scalar_mul_internal(u64, u64, vector<u8>, vector<u8>): u64`. */
export const doubleMultiply: HostFunction = paid(
  GAS.point_double_mul + 2 * POINT + 2 * SCALAR,
  (frame) => {
    const points = [frame.argI64(0), frame.argI64(1)].map((handle) => pointAt(frame, handle));
    const scalars = [bytesArgument(frame, 2), bytesArgument(frame, 3)];
    return givePoint(frame, ristretto.sumProducts(scalars, points));
  },
);

/** `(&RistrettoPoint, &RistrettoPoint, bool): u64`. */
export const add: HostFunction = paid(GAS.point_add + 2 * POINT, (frame) =>
  giveIn(frame, 2, ristretto.add(point(frame, 0), point(frame, 1))),
);

export const subtract: HostFunction = paid(GAS.point_sub + 2 * POINT, (frame) =>
  giveIn(frame, 2, ristretto.subtract(point(frame, 0), point(frame, 1))),
);

/** `point_neg_internal(&RistrettoPoint, bool): u64`. */
export const negate: HostFunction = paid(GAS.point_neg + POINT, (frame) =>
  giveIn(frame, 1, ristretto.subtract(IDENTITY, point(frame, 0))),
);

/** Points are kept encoded, and a point has one encoding. */
export const equals: HostFunction = paid(GAS.point_equals + 2 * POINT, (frame) => {
  const [left, right] = [point(frame, 0), point(frame, 1)];
  return giveBool(
    frame,
    left.every((byte, index) => byte === right[index]),
  );
});

/** `multi_scalar_mul_internal<P, S>(&vector<P>, &vector<S>): u64`; the Move function has compared the lengths. */
export const multiScalarMultiply: HostFunction = (frame) => attempt(frame, sumProducts);

const sumProducts: HostFunction = (frame) => {
  const { view } = frame.memory;
  const [points, scalars] = [frame.argI32(0), frame.argI32(1)];
  const length = view.getUint32(points + VECTOR.LENGTH, true);
  const cost = length * (GAS.point_parse_arg + GAS.scalar_parse_arg) + multiplyGas(length);
  if (!frame.charge(cost)) return unpaid(frame);
  const pointsAt = view.getUint32(points + VECTOR.POINTER, true);
  const scalarsAt = view.getUint32(scalars + VECTOR.POINTER, true);
  const items = Array.from({ length }, (_, index) => index);
  const handles = items.map((index) => view.getBigUint64(pointsAt + 8 * index, true));
  return givePoint(
    frame,
    ristretto.sumProducts(
      items.map((index) => readByteVector(frame, scalarsAt + VECTOR.SIZE * index).slice()),
      handles.map((handle) => pointAt(frame, handle)),
    ),
  );
};

/** The published price: n / log2(n + 1) products, in whole numbers (`ristretto255_point.rs`). */
const multiplyGas = (pairs: number): number =>
  pairs === 0 ? 0 : GAS.point_mul * Math.floor(pairs / (31 - Math.clz32(pairs + 1)));

/** `new_point_from_64_uniform_bytes_internal(vector<u8>): u64`. */
export const pointOfBytes: HostFunction = paid(GAS.point_from_64_uniform_bytes, (frame) =>
  givePoint(frame, ristrettoScalars.pointOfBytes(bytesArgument(frame, 0))),
);

const hashGas = (bytes: Uint8Array): number =>
  GAS.sha512_per_hash + GAS.sha512_per_byte * bytes.length;

/** `new_point_from_sha512_internal(vector<u8>): u64`. */
export const pointOfHash: HostFunction = (frame) => {
  const bytes = bytesArgument(frame, 0);
  const cost = GAS.point_from_64_uniform_bytes + hashGas(bytes);
  if (!frame.charge(cost)) return unpaid(frame);
  return givePoint(frame, ristrettoScalars.pointOfBytes(sha512(bytes)));
};

/** `scalar_is_canonical_internal(vector<u8>): bool`. */
export const isScalar: HostFunction = paid(GAS.scalar_is_canonical, (frame) =>
  giveBool(frame, ristrettoScalars.isCanonical(bytesArgument(frame, 0))),
);

export const scalarOfU64: HostFunction = paid(GAS.scalar_from_u64, (frame) =>
  giveBytes(frame, 1, toBytesLE(frame.argI64(0), 32)),
);

export const scalarOfU128: HostFunction = paid(GAS.scalar_from_u128, (frame) =>
  giveBytes(frame, 1, toBytesLE(frame.argWord(0), 32)),
);

/** `(vector<u8>): vector<u8>`. */
const unary = (cost: number, apply: (scalar: Uint8Array) => Uint8Array): HostFunction =>
  paid(cost, (frame) => giveBytes(frame, 1, apply(bytesArgument(frame, 0))));

/** `(vector<u8>, vector<u8>): vector<u8>`. */
const binary = (
  cost: number,
  apply: (left: Uint8Array, right: Uint8Array) => Uint8Array,
): HostFunction =>
  paid(cost + 2 * SCALAR, (frame) =>
    giveBytes(frame, 2, apply(bytesArgument(frame, 0), bytesArgument(frame, 1))),
  );

export const reduceScalar: HostFunction = unary(
  GAS.scalar_reduced_from_32_bytes,
  ristrettoScalars.reduce,
);
export const scalarOfBytes: HostFunction = unary(
  GAS.scalar_uniform_from_64_bytes,
  ristrettoScalars.reduce,
);
export const invertScalar: HostFunction = unary(
  GAS.scalar_invert + SCALAR,
  ristrettoScalars.invert,
);
export const negateScalar: HostFunction = unary(GAS.scalar_neg + SCALAR, ristrettoScalars.negate);
export const addScalars: HostFunction = binary(GAS.scalar_add, ristrettoScalars.add);
export const subtractScalars: HostFunction = binary(GAS.scalar_sub, ristrettoScalars.subtract);
export const multiplyScalars: HostFunction = binary(GAS.scalar_mul, ristrettoScalars.multiply);

/** `scalar_from_sha512_internal(vector<u8>): vector<u8>`. */
export const scalarOfHash: HostFunction = (frame) => {
  const bytes = bytesArgument(frame, 0);
  if (!frame.charge(GAS.scalar_uniform_from_64_bytes + hashGas(bytes))) return unpaid(frame);
  return giveBytes(frame, 1, ristrettoScalars.hash(bytes));
};
