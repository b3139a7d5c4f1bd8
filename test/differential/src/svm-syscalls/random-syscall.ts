import type { Random } from "@dragoman/core/testing";
import { blsPoint, bnG1, bnG2, curve25519Point, join, randomBytes } from "./random-points.ts";

/** Where the data of an instruction without accounts stands, and where the program has room for results. */
const OPERANDS = 0x4_0000_0010n + 40n;
export const RESULT = 0x2_0000_0c00n;

/** A call of one syscall: its arguments and what stands at {@link OPERANDS}. */
export interface RandomSyscall {
  readonly name: string;
  readonly args: readonly bigint[];
  readonly operands: Uint8Array;
}

export const SYSCALL_NAMES = [
  "sol_alt_bn128_group_op",
  "sol_alt_bn128_compression",
  "sol_curve_validate_point",
  "sol_curve_group_op",
  "sol_curve_multiscalar_mul",
  "sol_curve_decompress",
  "sol_curve_pairing_map",
  "sol_poseidon",
  "sol_secp256k1_recover",
] as const;

type SyscallName = (typeof SYSCALL_NAMES)[number];

const reversed = (bytes: Uint8Array, size: number): Uint8Array => {
  const swapped = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += size) {
    swapped.set(bytes.slice(at, at + size).reverse(), at);
  }
  return swapped;
};

const scalar = (random: Random): Uint8Array => {
  const bytes = new Uint8Array(32);
  const value = random.word(256);
  bytes.set(Buffer.from(value.toString(16).padStart(64, "0"), "hex"));
  return bytes;
};
const list = (count: number, make: () => Uint8Array): Uint8Array =>
  join(...Array.from({ length: count }, make));

/** The bytes, sometimes shorter or longer. */
const resized = (random: Random, bytes: Uint8Array): Uint8Array => {
  if (!random.oneIn(8)) return bytes;
  return random.oneIn(2)
    ? bytes.slice(0, random.below(bytes.length + 1))
    : join(bytes, randomBytes(random, 32));
};

function altBn128(random: Random): RandomSyscall {
  const code = random.pick([0, 0, 1, 2, 2, 3, 3, 4, 4, 6, 6, 7]);
  const isLittle = random.oneIn(2);
  const pairs = random.below(4);
  const big = {
    0: () => join(bnG1(random), bnG1(random)),
    1: () => join(bnG1(random), bnG1(random)),
    2: () => join(bnG1(random), scalar(random)),
    3: () => list(pairs, () => join(bnG1(random), bnG2(random))),
    4: () => join(bnG2(random), bnG2(random)),
    6: () => join(bnG2(random), scalar(random)),
    7: () => bnG2(random),
  }[code as 0]();
  const operands = resized(random, isLittle ? littleBn(big, code) : big);
  const args = [BigInt(code | (isLittle ? 0x80 : 0)), OPERANDS, BigInt(operands.length), RESULT];
  return { name: "sol_alt_bn128_group_op", args, operands };
}

/** Operands of an operation with each coordinate in the opposite order. */
function littleBn(bytes: Uint8Array, code: number): Uint8Array {
  if (code < 3) return reversed(bytes, 32);
  if (code !== 3) {
    const points = bytes.length - (bytes.length % 64);
    return join(reversed(bytes.slice(0, points), 64), reversed(bytes.slice(points), 32));
  }
  const pairs: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; at += 192) {
    pairs.push(
      reversed(bytes.slice(at, at + 64), 32),
      reversed(bytes.slice(at + 64, at + 192), 64),
    );
  }
  return join(...pairs);
}

function compression(random: Random): RandomSyscall {
  const code = random.below(4);
  const [make, size] = code < 2 ? [bnG1, 32] : [bnG2, 64];
  const point = make(random);
  const compressed = point.slice(0, size);
  if (random.oneIn(2)) compressed[0] = (compressed[0] as number) ^ random.pick([0x80, 0x40, 0xc0]);
  const big = code % 2 === 0 ? point : random.oneIn(10) ? randomBytes(random, size) : compressed;
  const isLittle = random.oneIn(2);
  const operands = resized(random, isLittle ? reversed(big, size) : big);
  const args = [BigInt(code | (isLittle ? 0x80 : 0)), OPERANDS, BigInt(operands.length), RESULT];
  return { name: "sol_alt_bn128_compression", args, operands };
}

/** A curve's number and a maker of its points. */
function randomCurve(random: Random): readonly [id: number, point: () => Uint8Array] {
  if (random.oneIn(30))
    return [random.pick([2, 3, 4, 7, 0x80, 0x84]), () => randomBytes(random, 96)];
  if (random.oneIn(2)) {
    const id = random.below(2);
    return [id, () => curve25519Point(random, id)];
  }
  const degree = random.oneIn(2) ? 1 : 2;
  const isLittle = random.oneIn(2);
  const make = () => blsPoint(random, degree, false);
  const id = 4 + degree + (isLittle ? 0 : 0x80);
  return [id, isLittle ? () => reversed(make(), degree * 48) : make];
}

function validate(random: Random): RandomSyscall {
  const [id, point] = randomCurve(random);
  return { name: "sol_curve_validate_point", args: [BigInt(id), OPERANDS], operands: point() };
}

/** A scalar below the order more often than not, in the order of bytes of the curve. */
const curveScalar = (random: Random, id: number): Uint8Array => {
  const bytes = scalar(random);
  if (!random.oneIn(4)) bytes[0] = (bytes[0] as number) & 0x0f;
  return id >= 0x80 ? bytes : bytes.reverse();
};

function groupOperation(random: Random): RandomSyscall {
  const [id, point] = randomCurve(random);
  const code = random.oneIn(20) ? 3 : random.below(3);
  const left = code === 2 ? curveScalar(random, id) : point();
  const args = [BigInt(id), BigInt(code), OPERANDS, OPERANDS + BigInt(left.length), RESULT];
  return { name: "sol_curve_group_op", args, operands: join(left, point()) };
}

function sumOfProducts(random: Random): RandomSyscall {
  const id = random.below(2);
  const count = random.below(8);
  const scalars = list(count, () => curveScalar(random, id));
  const points = list(count, () => curve25519Point(random, id));
  const at = OPERANDS + BigInt(scalars.length);
  const args = [BigInt(id), OPERANDS, at, BigInt(random.oneIn(20) ? 513 : count), RESULT];
  return { name: "sol_curve_multiscalar_mul", args, operands: join(scalars, points) };
}

function decompress(random: Random): RandomSyscall {
  const degree = random.oneIn(2) ? 1 : 2;
  const isLittle = random.oneIn(2);
  const point = blsPoint(random, degree, true);
  const id = random.oneIn(20) ? random.below(5) : 4 + degree + (isLittle ? 0 : 0x80);
  const operands = isLittle ? reversed(point, degree * 48) : point;
  return { name: "sol_curve_decompress", args: [BigInt(id), OPERANDS, RESULT], operands };
}

function pairingMap(random: Random): RandomSyscall {
  const isLittle = random.oneIn(2);
  const count = random.below(4);
  const points = (degree: 1 | 2) => {
    const all = list(count, () => blsPoint(random, degree, false));
    return isLittle ? reversed(all, degree * 48) : all;
  };
  const left = points(1);
  const id = random.oneIn(20) ? random.below(4) : isLittle ? 4 : 0x84;
  const args = [BigInt(id), BigInt(count), OPERANDS, OPERANDS + BigInt(left.length), RESULT];
  return { name: "sol_curve_pairing_map", args, operands: join(left, points(2)) };
}

function poseidon(random: Random): RandomSyscall {
  const count = random.oneIn(12) ? 13 : random.below(13);
  const inputs = Array.from({ length: count }, () => {
    const input = scalar(random);
    if (!random.oneIn(12)) input[0] = (input[0] as number) & 0x1f;
    return random.oneIn(25) ? input.slice(0, random.below(33)) : input;
  });
  const slices = new DataView(new ArrayBuffer(16 * count));
  let at = OPERANDS + BigInt(16 * count);
  for (const [index, input] of inputs.entries()) {
    slices.setBigUint64(16 * index, at, true);
    slices.setBigUint64(16 * index + 8, BigInt(input.length), true);
    at += BigInt(input.length);
  }
  const order = random.oneIn(20) ? 2 : random.below(2);
  const args = [random.oneIn(20) ? 1n : 0n, BigInt(order), OPERANDS, BigInt(count), RESULT];
  return { name: "sol_poseidon", args, operands: join(new Uint8Array(slices.buffer), ...inputs) };
}

function recover(random: Random): RandomSyscall {
  // An r below the difference of prime and order is the only one for which recovery numbers 2 and 3 mean something.
  const r = random.oneIn(3) ? join(new Uint8Array(17), randomBytes(random, 15)) : scalar(random);
  const operands = join(scalar(random), r, scalar(random));
  const recovery = random.oneIn(12) ? random.below(300) : random.below(4);
  const args = [OPERANDS, BigInt(recovery), OPERANDS + 32n, RESULT];
  return { name: "sol_secp256k1_recover", args, operands };
}

const MAKERS: Record<SyscallName, (random: Random) => RandomSyscall> = {
  sol_alt_bn128_group_op: altBn128,
  sol_alt_bn128_compression: compression,
  sol_curve_validate_point: validate,
  sol_curve_group_op: groupOperation,
  sol_curve_multiscalar_mul: sumOfProducts,
  sol_curve_decompress: decompress,
  sol_curve_pairing_map: pairingMap,
  sol_poseidon: poseidon,
  sol_secp256k1_recover: recover,
};

/** A call that is right more often than not; now and then an argument is an address where nothing is. */
export function randomSyscall(random: Random): RandomSyscall {
  const call = MAKERS[random.pick(SYSCALL_NAMES)](random);
  if (!random.oneIn(40)) return call;
  const args = call.args.slice();
  args[random.below(args.length)] = random.pick([
    0n,
    0x2_0000_1ff8n,
    0x3_0000_8000n,
    0x5_0000_0000n,
  ]);
  return { ...call, args };
}
