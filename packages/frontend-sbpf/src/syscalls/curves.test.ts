import { bls12_381 } from "@noble/curves/bls12-381.js";
import { describe, expect, test } from "vitest";
import { MAINNET_FEATURES } from "../runtime/features.ts";
import { callSyscall } from "../testing/call-syscall.ts";

const bytes = (...parts: string[]): Uint8Array =>
  new Uint8Array(Buffer.from(parts.join(""), "hex"));
const hex = (value: Uint8Array): string => Buffer.from(value).toString("hex");
const word = (value: bigint | number): string => value.toString(16).padStart(64, "0");
const reversed = (text: string): string => hex(bytes(text).reverse());
const without = (...names: string[]) =>
  new Set([...MAINNET_FEATURES].filter((name) => !names.includes(name)));
const refused = { error: "ProgramFailedToComplete", text: "InvalidAttribute" };

// Twice the generator of BN254 (go-ethereum's vector "cdetrio11" of bn256Add).
const DOUBLE_X = "030644e72e131a029b85045b68181585d97816a916871ca8d3c208c16d87cfd3";
const DOUBLE_Y = "15ed738c0e0a7c92e7845f96b2ae9c0a68a6a449e3538fc7ff3ebf7a5a18a2c4";

describe("sol_alt_bn128_group_op", () => {
  const call = (code: number, input: Uint8Array, size: number, features = MAINNET_FEATURES) =>
    callSyscall(
      "sol_alt_bn128_group_op",
      [code, { at: 0 }, input.length, "result"],
      input,
      size,
      features,
    );
  const twice = bytes(word(1), word(2), word(1), word(2));

  test("adds for 334 units and multiplies for 3,840, with zeros where the input ends", () => {
    expect(call(0, twice, 64)).toMatchObject({ r0: 0n, units: 334 });
    expect(hex(call(0, twice, 64).result)).toBe(DOUBLE_X + DOUBLE_Y);
    const product = call(2, bytes(word(1), word(2), word(2)), 64);
    expect(product).toMatchObject({ r0: 0n, units: 3_840 });
    expect(hex(product.result)).toBe(DOUBLE_X + DOUBLE_Y);
    expect(hex(call(2, bytes(word(1), word(2)), 64).result)).toBe(word(0) + word(0));
  });

  test("has no subtraction", () => {
    expect(call(1, twice, 64).failure).toEqual(refused);
  });

  test("answers 1 to a point off the curve and to an input that is too long", () => {
    expect(call(0, bytes(word(1), word(3)), 64).r0).toBe(1n);
    expect(call(0, bytes(hex(twice), "00"), 64).r0).toBe(1n);
    expect(call(2, bytes(word(1), word(2), word(2), "00"), 64).r0).toBe(1n);
    const old = without("fixAltBn128MultiplicationInputLength");
    expect(call(2, bytes(word(1), word(2), word(2), word(0)), 64, old).r0).toBe(0n);
  });

  test("takes little-endian numbers where the chain has them, at their full length", () => {
    const little = bytes(...[1, 2, 1, 2].map((n) => reversed(word(n))));
    expect(hex(call(0x80, little, 64).result)).toBe(reversed(DOUBLE_X) + reversed(DOUBLE_Y));
    expect(call(0x80, little.subarray(0, 64), 64).r0).toBe(1n);
    expect(call(0x80, little, 64, without("altBn128LittleEndian")).failure).toEqual(refused);
  });

  test("adds in G2 where the chain has it", () => {
    const zeros = new Uint8Array(256);
    expect(call(4, zeros, 128)).toMatchObject({ r0: 0n, units: 535 });
    expect(call(4, zeros, 128, without("enableAltBn128G2Syscalls")).failure).toEqual(refused);
  });

  test("pairs for a price by pairs and bytes; a part of a pair is refused since SIMD-0334", () => {
    const none = call(3, new Uint8Array(0), 32);
    expect(none).toMatchObject({ r0: 0n, units: 36_364 + 85 + 32 });
    expect(hex(none.result)).toBe(word(1));
    const two = call(3, new Uint8Array(384), 32);
    expect(two).toMatchObject({ r0: 0n, units: 36_364 + 12_121 + 85 + 384 + 32 });
    expect(call(3, new Uint8Array(193), 32).r0).toBe(1n);
    const old = without("fixAltBn128PairingLengthCheck");
    expect(hex(call(3, new Uint8Array(193), 32, old).result)).toBe(word(1));
  });
});

describe("sol_alt_bn128_compression", () => {
  const call = (code: number, input: Uint8Array, size: number, features = MAINNET_FEATURES) =>
    callSyscall(
      "sol_alt_bn128_compression",
      [code, { at: 0 }, input.length, "result"],
      input,
      size,
      features,
    );

  test("compresses for 130 units and decompresses for 498", () => {
    const compressed = call(0, bytes(DOUBLE_X, DOUBLE_Y), 32);
    expect(compressed).toMatchObject({ r0: 0n, units: 130 });
    // y is the smaller of both, so no bit is set.
    expect(hex(compressed.result)).toBe(DOUBLE_X);
    const point = call(1, compressed.result, 64);
    expect(point).toMatchObject({ r0: 0n, units: 498 });
    expect(hex(point.result)).toBe(DOUBLE_X + DOUBLE_Y);
  });

  test("tells errors apart until they were simplified", () => {
    const old = without("simplifyAltBn128SyscallErrorCodes");
    const outside = bytes("ff".repeat(32));
    expect(call(1, outside, 64).r0).toBe(1n);
    const codes = [
      call(1, outside, 64, old).r0,
      call(3, bytes("ff".repeat(64)), 128, old).r0,
      call(0, bytes("ff".repeat(64)), 32, old).r0,
      call(2, bytes("ff".repeat(128)), 64, old).r0,
      call(0, outside, 32, old).r0,
    ];
    expect(codes).toEqual([1n, 2n, 3n, 4n, 5n]);
    expect(call(4, outside, 64).failure).toEqual(refused);
  });
});

describe("sol_curve_*", () => {
  // Generator of edwards25519 (RFC 8032, 5.1) and of ristretto255 with its double (RFC 9496, appendix A.1).
  const BASE = `58${"66".repeat(31)}`;
  const RISTRETTO_1 = "e2f2ae0a6abc4e71a884a961c500515f58e30b6aa582dd8db6a65945e08d2d76";
  const RISTRETTO_2 = "6a493210f7499cd17fecb510ae0cea23a110e8d5b901f8acadd3095c73a3b919";
  const TWO = `02${"00".repeat(31)}`;
  const group = (curve: number, code: number, left: string, right: string, size: number) =>
    callSyscall(
      "sol_curve_group_op",
      [curve, code, { at: 0 }, { at: left.length / 2 }, "result"],
      bytes(left, right),
      size,
    );
  const validate = (curve: number, point: Uint8Array, features = MAINNET_FEATURES) =>
    callSyscall("sol_curve_validate_point", [curve, { at: 0 }], point, 0, features);

  test("validate points of both forms of curve25519", () => {
    expect(validate(0, bytes(BASE))).toMatchObject({ r0: 0n, units: 159 });
    expect(validate(1, bytes(RISTRETTO_1))).toMatchObject({ r0: 0n, units: 169 });
    expect(validate(0, bytes(TWO)).r0).toBe(1n);
    // No point of ristretto has an odd encoding.
    expect(validate(1, bytes(`01${"00".repeat(31)}`)).r0).toBe(1n);
  });

  test("add, subtract and multiply", () => {
    expect(group(1, 0, RISTRETTO_1, RISTRETTO_1, 32)).toMatchObject({ r0: 0n, units: 521 });
    expect(hex(group(1, 0, RISTRETTO_1, RISTRETTO_1, 32).result)).toBe(RISTRETTO_2);
    expect(hex(group(1, 1, RISTRETTO_2, RISTRETTO_1, 32).result)).toBe(RISTRETTO_1);
    expect(hex(group(1, 2, TWO, RISTRETTO_1, 32).result)).toBe(RISTRETTO_2);
    const zero = `01${"00".repeat(31)}`;
    expect(hex(group(0, 1, BASE, BASE, 32).result)).toBe(zero);
    expect(group(0, 2, TWO, BASE, 32)).toMatchObject({ r0: 0n, units: 2_177 });
    // The order itself is no scalar.
    const order = "edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010";
    expect(group(0, 2, order, BASE, 32).r0).toBe(1n);
  });

  test("sum products, 512 at most", () => {
    const sum = (count: number) =>
      callSyscall(
        "sol_curve_multiscalar_mul",
        [1, { at: 0 }, { at: 64 }, count, "result"],
        bytes(TWO, TWO, RISTRETTO_1, RISTRETTO_2),
        32,
      );
    expect(sum(1)).toMatchObject({ r0: 0n, units: 2_303 });
    expect(hex(sum(1).result)).toBe(RISTRETTO_2);
    // 2 + 4 = 6 times the generator.
    const six = "f64746d3c92b13050ed8d80236a7f0007c3b3f962f5ba793d19a601ebb1df403";
    expect(sum(2)).toMatchObject({ r0: 0n, units: 2_303 + 788 });
    expect(hex(sum(2).result)).toBe(six);
    expect(sum(513).failure).toEqual({ error: "ProgramFailedToComplete", text: "InvalidLength" });
  });

  test("refuse curves and operations that there are not", () => {
    expect(validate(7, bytes(BASE)).failure).toEqual(refused);
    expect(group(0, 3, BASE, BASE, 32).failure).toEqual(refused);
    expect(validate(7, bytes(BASE), without("abortOnInvalidCurve")).r0).toBe(1n);
  });

  test("know BLS12-381 in both orders of bytes where the chain has it", () => {
    const point = bls12_381.G1.Point.BASE;
    const big = hex(point.toBytes(false));
    const little = reversed(big.slice(0, 96)) + reversed(big.slice(96));
    expect(validate(0x85, bytes(big))).toMatchObject({ r0: 0n, units: 1_565 });
    expect(validate(5, bytes(little)).r0).toBe(0n);
    expect(validate(0x85, bytes(little)).r0).toBe(1n);
    expect(validate(0x85, bytes(big), without("enableBls12381Syscall")).failure).toEqual(refused);
    const double = group(0x85, 0, big, big, 96);
    expect(double).toMatchObject({ r0: 0n, units: 128 });
    expect(hex(double.result)).toBe(hex(point.double().toBytes(false)));
    expect(hex(group(5, 2, TWO, little, 96).result.reverse())).toBe(
      hex(point.double().toBytes(false).slice(48)) +
        hex(point.double().toBytes(false).slice(0, 48)),
    );
    const infinity = `40${"00".repeat(95)}`;
    expect(hex(group(0x85, 1, big, big, 96).result)).toBe(infinity);
  });

  test("decompress points of BLS12-381", () => {
    const call = (curve: number, compressed: Uint8Array, size: number) =>
      callSyscall("sol_curve_decompress", [curve, { at: 0 }, "result"], compressed, size);
    const { G1, G2 } = bls12_381;
    const one = call(0x85, G1.Point.BASE.toBytes(true), 96);
    expect(one).toMatchObject({ r0: 0n, units: 2_100 });
    expect(hex(one.result)).toBe(hex(G1.Point.BASE.toBytes(false)));
    const two = call(0x86, G2.Point.BASE.toBytes(true), 192);
    expect(two).toMatchObject({ r0: 0n, units: 3_050 });
    expect(hex(two.result)).toBe(hex(G2.Point.BASE.toBytes(false)));
    expect(call(0x85, G1.Point.BASE.toBytes(false).slice(0, 48), 96).r0).toBe(1n);
    expect(call(0, G1.Point.BASE.toBytes(true), 96).failure).toEqual(refused);
  });

  test("pair on BLS12-381 to the same element as noble", () => {
    const { G1, G2, fields } = bls12_381;
    const p = G1.Point.BASE.multiply(5n);
    const q = G2.Point.BASE.multiply(7n);
    const operands = bytes(hex(p.toBytes(false)), hex(q.toBytes(false)));
    const end = callSyscall(
      "sol_curve_pairing_map",
      [0x84, 1, { at: 0 }, { at: 96 }, "result"],
      operands,
      576,
    );
    expect(end).toMatchObject({ r0: 0n, units: 25_445 });
    const target = fields.Fp12.toBytes(bls12_381.pairing(p, q));
    const coefficients = Array.from({ length: 12 }, (_, i) =>
      hex(target.slice(i * 48, i * 48 + 48)),
    );
    expect(hex(end.result)).toBe(coefficients.toReversed().join(""));
  });
});

describe("sol_poseidon", () => {
  /** Data of an instruction without accounts stands behind the count of accounts and its own length. */
  const DATA = 0x4_0000_0010n;
  const hash = (order: number, inputs: readonly string[], features = MAINNET_FEATURES) => {
    const slices = Buffer.alloc(16 * inputs.length);
    let end = slices.length;
    for (const [index, input] of inputs.entries()) {
      slices.writeBigUInt64LE(DATA + BigInt(end), 16 * index);
      slices.writeBigUInt64LE(BigInt(input.length / 2), 16 * index + 8);
      end += input.length / 2;
    }
    const operands = bytes(slices.toString("hex"), ...inputs);
    const args = [0, order, { at: 0 }, inputs.length, "result"] as const;
    return callSyscall("sol_poseidon", args, operands, 32, features);
  };
  const ones = "01".repeat(32);
  const expected = "05bface581ee6177cc19c6c56363a68882f11e8407ac639db991e0d27f1b75e6";

  test("hashes in both orders of bytes", () => {
    expect(hash(0, [ones])).toMatchObject({ r0: 0n, units: 603 });
    expect(hex(hash(0, [ones]).result)).toBe(expected);
    expect(hex(hash(1, [ones]).result)).toBe(reversed(expected));
  });

  test("takes short inputs only before padding was enforced", () => {
    expect(hash(0, ["01"]).r0).toBe(1n);
    const old = without("poseidonEnforcePadding");
    expect(hex(hash(0, ["01"], old).result)).toBe(
      "29176100eaa962bdc1fe6c654d6a3c130e96a4d1168b33848b897dc502820133",
    );
  });

  test("refuses other parameters and more than twelve inputs", () => {
    expect(hash(2, [ones]).failure?.error).toBe("ProgramFailedToComplete");
    const many = Array.from({ length: 13 }, () => ones);
    expect(hash(0, many).failure).toEqual({
      error: "ProgramFailedToComplete",
      text: "InvalidLength",
    });
  });
});
