import { expect, test } from "vitest";
import { callStdlib as call } from "../testing/call-stdlib.ts";

const MAX_64 = String(2n ** 64n - 1n);
const MAX_128 = String(2n ** 128n - 1n);

test.each([
  ["math64::sqrt", ["0"], "0"],
  ["math64::sqrt", ["15"], "3"],
  ["math64::sqrt", [MAX_64], "4294967295"],
  ["math64::pow", ["3", "20"], "3486784401"],
  ["math64::pow", ["7", "0"], "1"],
  ["math64::floor_log2", [MAX_64], 63],
  ["math64::floor_log2", ["0"], 0x10001n],
  ["math64::average", [MAX_64, "1"], "9223372036854775808"],
  ["math64::clamp", ["9", "3", "5"], "5"],
  ["math128::sqrt", [MAX_128], "18446744073709551615"],
  ["math128::floor_log2", [MAX_128], 127],
  ["math128::max", ["3", "5"], "5"],
] as const)("%s(%j) is %s", (name, args, result) => {
  expect(call(name, args)).toBe(result);
});

test("logarithms have 32 and 64 bits behind the point", () => {
  // log2 of 10 is 3.3219280948873626.
  expect(call("math64::log2", ["10"])).toEqual({ value: "14267572527" });
  expect(call("math128::log2", ["10"])).toEqual({ value: "14267572527" });
  const { value } = call("math128::log2_64", ["10"]) as { value: string };
  expect(Number(BigInt(value)) / 2 ** 64).toBeCloseTo(Math.log2(10), 14);
});

test("fixed points multiply, divide, round and refuse", () => {
  const half = { value: String(1n << 31n) };
  expect(call("fixed_point32::multiply_u64", ["7", half])).toBe("3");
  expect(call("fixed_point32::divide_u64", ["7", half])).toBe("14");
  expect(call("fixed_point32::divide_u64", ["7", { value: "0" }])).toBe(0x10004n);
  expect(call("fixed_point32::divide_u64", [MAX_64, half])).toBe(0x20002n);
  expect(call("fixed_point32::create_from_rational", ["1", "0"])).toBe(0x10001n);
  expect(call("fixed_point32::create_from_rational", ["1", "4294967297"])).toBe(0x20005n);
  expect(call("fixed_point32::round", [half])).toBe("1");
  expect(call("fixed_point32::ceil", [{ value: "1" }])).toBe("1");
  expect(call("fixed_point64::create_from_rational", ["1", "2"])).toEqual({
    value: "9223372036854775808",
  });
  expect(call("fixed_point64::sub", [{ value: "1" }, { value: "2" }])).toBe(0x10006n);
  expect(
    call("fixed_point64::almost_equal", [{ value: "5" }, { value: "9" }, { value: "4" }]),
  ).toBe(true);
});

test("exponentials and powers are those of the real numbers", () => {
  const real = (name: `${string}::${string}`, args: readonly string[], bits: number): number => {
    const [x, ...rest] = args;
    const { value } = call(name, [{ value: x as string }, ...rest]) as { value: string };
    return Number(BigInt(value)) / 2 ** bits;
  };
  const one = (bits: number): string => String(1n << BigInt(bits));
  expect(real("math_fixed::exp", [one(32)], 32)).toBeCloseTo(Math.E, 8);
  expect(real("math_fixed64::exp", [one(64)], 64)).toBeCloseTo(Math.E, 14);
  expect(real("math_fixed64::exp", [String(40n << 64n)], 64) / Math.exp(40)).toBeCloseTo(1, 12);
  expect(real("math_fixed::sqrt", [String(2n << 32n)], 32)).toBeCloseTo(Math.SQRT2, 8);
  expect(real("math_fixed64::sqrt", [String(2n << 64n)], 64)).toBeCloseTo(Math.SQRT2, 14);
  expect(real("math_fixed::pow", [String(3n << 31n), "5"], 32)).toBeCloseTo(1.5 ** 5, 8);
  expect(real("math_fixed64::pow", [String(3n << 63n), "5"], 64)).toBeCloseTo(1.5 ** 5, 14);
  expect(real("math_fixed::ln_plus_32ln2", [one(32)], 32)).toBeCloseTo(32 * Math.LN2, 7);
  expect(call("math_fixed::exp", [{ value: String(40n << 32n) }])).toBe(0x30001n);
});
