import { assert } from "@dragoman/fault";
import { toBytesBE } from "@dragoman/word";
import type { Pointer } from "./mcl.ts";
import { FIELD_BYTES, type PairingCurve, SCALAR_BYTES } from "./pairing-curve.ts";

/** The functions of mcl for one group. */
interface GroupFunctions {
  readonly add: (to: Pointer, left: Pointer, right: Pointer) => void;
  readonly sub: (to: Pointer, left: Pointer, right: Pointer) => void;
  readonly mul: (to: Pointer, point: Pointer, scalar: Pointer) => void;
  readonly mulVec: (to: Pointer, points: Pointer, scalars: Pointer, count: number) => void;
  readonly normalize: (to: Pointer, from: Pointer) => void;
  readonly isZero: (of: Pointer) => number;
  readonly isValid: (of: Pointer) => number;
  readonly isValidOrder: (of: Pointer) => number;
  readonly deserialize: (to: Pointer, bytes: Pointer, size: number) => number;
  readonly map: (to: Pointer, field: Pointer) => number;
}

/** Which points an operation takes: all of the curve, or those of the group of prime order. */
export type Membership = "curve" | "group";

/**
 * One of the two groups of a pairing. Points are encoded as x ‖ y, big-endian, without compression; infinity is zeros. Undefined is the
 * answer to bytes that are no such point.
 */
export class CurveGroup {
  readonly curve: PairingCurve;
  /** Coordinates in the field (1) or in its quadratic extension (2). */
  readonly degree: 1 | 2;
  /** Bytes of an encoded point. */
  readonly encodedSize: number;
  /** Bytes of a point in memory. */
  readonly pointSize: number;
  readonly #functions: GroupFunctions;
  readonly #isMember: (point: Pointer) => boolean;
  readonly #left: Pointer;
  readonly #right: Pointer;
  readonly #scalar: Pointer;
  #points: Pointer = 0;
  #scalars: Pointer = 0;
  #capacity = 0;

  /** `isMember` tells whether a finite point of the curve is in the group where something is faster than mcl's own test. */
  constructor(curve: PairingCurve, degree: 1 | 2, isMember?: (point: Pointer) => boolean) {
    this.curve = curve;
    this.degree = degree;
    this.encodedSize = 2 * degree * curve.row.fieldSize;
    this.pointSize = 3 * degree * FIELD_BYTES;
    this.#functions = functionsOf(curve, degree);
    this.#isMember = isMember ?? ((point) => this.#functions.isValidOrder(point) === 1);
    this.#left = curve.allocate(this.pointSize);
    this.#right = curve.allocate(this.pointSize);
    this.#scalar = curve.allocate(SCALAR_BYTES);
  }

  /** Sum of two points of the curve. */
  add(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
    return this.#combine(this.#functions.add, left, right);
  }

  /** Difference of two points of the curve. */
  subtract(left: Uint8Array, right: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
    return this.#combine(this.#functions.sub, left, right);
  }

  #combine(
    combine: GroupFunctions["add"],
    left: Uint8Array,
    right: Uint8Array,
  ): Uint8Array<ArrayBuffer> | undefined {
    if (!this.read(this.#left, left, 0, "curve")) return undefined;
    if (!this.read(this.#right, right, 0, "curve")) return undefined;
    combine(this.#left, this.#left, this.#right);
    return this.write(this.#left);
  }

  /** True if the bytes are a point with that membership. */
  has(point: Uint8Array, membership: Membership): boolean {
    return this.read(this.#left, point, 0, membership);
  }

  /** A point of the group times any 256-bit scalar. */
  multiply(point: Uint8Array, scalar: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
    if (!this.read(this.#left, point, 0, "group")) return undefined;
    this.curve.readScalar(this.#scalar, scalar, 0);
    this.#functions.mul(this.#left, this.#left, this.#scalar);
    return this.write(this.#left);
  }

  /** Sum of products: `pairs` holds points of the group, each followed by its 256-bit scalar. */
  sumProducts(pairs: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
    const stride = this.encodedSize + SCALAR_BYTES;
    const count = pairs.length / stride;
    const points = this.reserve(count);
    for (let i = 0; i < count; i++) {
      if (!this.read(points + i * this.pointSize, pairs, i * stride, "group")) return undefined;
      const scalar = this.#scalars + i * SCALAR_BYTES;
      this.curve.readScalar(scalar, pairs, i * stride + this.encodedSize);
    }
    this.#functions.mulVec(this.#left, points, this.#scalars, count);
    return this.write(this.#left);
  }

  /** The point of the group to which a curve of RFC 9380 maps an element of the coordinates' field. */
  mapField(element: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
    if (!this.#readCoordinate(this.#right, element, 0)) return undefined;
    const failed = this.#functions.map(this.#left, this.#right);
    assert(failed === 0, "every element of the field has a point");
    return this.write(this.#left);
  }

  /** Reads a point of BLS12-381 as ZCash compresses it, three flags above x; false if the bytes are no point of the curve. */
  readCompressed(to: Pointer, bytes: Uint8Array): boolean {
    const { curve } = this;
    // mcl takes a point at infinity with its sign set, and with bits behind it, which are no encodings.
    const flags = (bytes[0] as number) >> 5;
    if (flags < 4 || (flags >= 6 && !isCompressedInfinity(bytes))) return false;
    curve.bytes.set(bytes, curve.exchange);
    return this.#functions.deserialize(to, curve.exchange, bytes.length) === bytes.length;
  }

  /** The point that {@link readCompressed} reads, if it has that membership. */
  decompress(
    bytes: Uint8Array,
    membership: Membership = "group",
  ): Uint8Array<ArrayBuffer> | undefined {
    if (!this.readCompressed(this.#left, bytes)) return undefined;
    const isMember =
      membership === "curve" || this.isInfinity(this.#left) || this.#isMember(this.#left);
    return isMember ? this.write(this.#left) : undefined;
  }

  /** A y with which x is on the curve; which of the two is not said. */
  solve(x: Uint8Array): Uint8Array<ArrayBuffer> | undefined {
    const { curve, degree } = this;
    const { mcl } = curve;
    if (!this.#readCoordinate(this.#left, x, 0)) return undefined;
    this.#setConstant(this.#right);
    const cube = this.#right + degree * FIELD_BYTES;
    const [multiply, sum, root] =
      degree === 1
        ? [mcl.mclBnFp_mul, mcl.mclBnFp_add, mcl.mclBnFp_squareRoot]
        : [mcl.mclBnFp2_mul, mcl.mclBnFp2_add, mcl.mclBnFp2_squareRoot];
    multiply(cube, this.#left, this.#left);
    multiply(cube, cube, this.#left);
    sum(cube, cube, this.#right);
    return root(this.#left, cube) === 0 ? this.#writeCoordinate(this.#left) : undefined;
  }

  #setConstant(to: Pointer): void {
    const { curve, degree } = this;
    const { fieldSize, g1Constant, g2Constant } = curve.row;
    const parts = degree === 1 ? [g1Constant] : g2Constant;
    for (const [index, part] of parts.entries()) {
      curve.readField(to + index * FIELD_BYTES, toBytesBE(part, fieldSize), 0);
    }
  }

  #writeCoordinate(from: Pointer): Uint8Array<ArrayBuffer> {
    const { curve, degree } = this;
    const size = curve.row.fieldSize;
    const bytes = new Uint8Array(degree * size);
    for (let part = 0; part < degree; part++) {
      const place = curve.row.imaginaryFirst ? degree - 1 - part : part;
      curve.writeField(from + part * FIELD_BYTES, bytes, place * size);
    }
    return bytes;
  }

  /** Where `count` points have room until the next call; their scalars have it too. */
  reserve(count: number): Pointer {
    if (count > this.#capacity) {
      this.#capacity = Math.max(count, 2 * this.#capacity);
      // Freeing nothing, which is at 0, does nothing.
      this.curve.mcl.free(this.#points);
      this.curve.mcl.free(this.#scalars);
      this.#points = this.curve.allocate(this.#capacity * this.pointSize);
      this.#scalars = this.curve.allocate(this.#capacity * SCALAR_BYTES);
    }
    return this.#points;
  }

  /** Reads the point at `at`; false if its coordinates are not below the prime or it is not where it should be. */
  read(to: Pointer, from: Uint8Array, at: number, membership: Membership): boolean {
    const { curve, degree } = this;
    const half = degree * FIELD_BYTES;
    const size = degree * curve.row.fieldSize;
    if (!this.#readCoordinate(to, from, at)) return false;
    if (!this.#readCoordinate(to + half, from, at + size)) return false;
    curve.bytes.fill(0, to + 2 * half, to + 3 * half);
    if (isZero(from, at, 2 * size)) return true;
    curve.mcl.mclBnFp_setInt32(to + 2 * half, 1);
    return this.#functions.isValid(to) === 1 && (membership === "curve" || this.#isMember(to));
  }

  /** Reads an element of the coordinates' field; false if a part of it is not below the prime. */
  #readCoordinate(to: Pointer, from: Uint8Array, at: number): boolean {
    const { curve, degree } = this;
    if (degree === 1) return curve.readField(to, from, at);
    const second = at + curve.row.fieldSize;
    const [real, imaginary] = curve.row.imaginaryFirst ? [second, at] : [at, second];
    return curve.readField(to, from, real) && curve.readField(to + FIELD_BYTES, from, imaginary);
  }

  isInfinity(point: Pointer): boolean {
    return this.#functions.isZero(point) === 1;
  }

  /** Encodes a point, which is normalised. */
  write(point: Pointer): Uint8Array<ArrayBuffer> {
    const { degree } = this;
    const encoded = new Uint8Array(this.encodedSize);
    if (this.isInfinity(point)) return encoded;
    this.#functions.normalize(point, point);
    encoded.set(this.#writeCoordinate(point));
    encoded.set(this.#writeCoordinate(point + degree * FIELD_BYTES), this.encodedSize / 2);
    return encoded;
  }
}

const isCompressedInfinity = (bytes: Uint8Array): boolean =>
  bytes.every((byte, index) => byte === (index === 0 ? 0xc0 : 0));

function isZero(bytes: Uint8Array, at: number, size: number): boolean {
  for (let i = at; i < at + size; i++) if (bytes[i] !== 0) return false;
  return true;
}

function functionsOf({ mcl }: PairingCurve, degree: 1 | 2): GroupFunctions {
  if (degree === 1) {
    return {
      add: mcl.mclBnG1_add,
      sub: mcl.mclBnG1_sub,
      mul: mcl.mclBnG1_mul,
      mulVec: mcl.mclBnG1_mulVec,
      normalize: mcl.mclBnG1_normalize,
      isZero: mcl.mclBnG1_isZero,
      isValid: mcl.mclBnG1_isValid,
      isValidOrder: mcl.mclBnG1_isValidOrder,
      deserialize: mcl.mclBnG1_deserialize,
      map: mcl.mclBnFp_mapToG1,
    };
  }
  return {
    add: mcl.mclBnG2_add,
    sub: mcl.mclBnG2_sub,
    mul: mcl.mclBnG2_mul,
    mulVec: mcl.mclBnG2_mulVec,
    normalize: mcl.mclBnG2_normalize,
    isZero: mcl.mclBnG2_isZero,
    isValid: mcl.mclBnG2_isValid,
    isValidOrder: mcl.mclBnG2_isValidOrder,
    deserialize: mcl.mclBnG2_deserialize,
    map: mcl.mclBnFp2_mapToG2,
  };
}
