import fc from "fast-check";
import { GraphQLError } from "graphql";
import { expect, test } from "vitest";
import { AccountIdScalar } from "./account-id.ts";
import { DateTimeScalar } from "./date-time.ts";
import { DecimalScalar, parseDecimal, scaleDecimal } from "./decimal.ts";

test("decimals are exact in both directions", () => {
  fc.assert(
    fc.property(fc.bigInt(), fc.nat(30), (raw, decimals) => {
      const read = parseDecimal(DecimalScalar.serialize({ raw, decimals }));
      expect(scaleDecimal(read, decimals)).toBe(raw);
    }),
  );
});

test.each([
  [{ raw: -1_500_000n, decimals: 6 }, "-1.5"],
  [{ raw: 5n, decimals: 6 }, "0.000005"],
  [{ raw: 7n, decimals: 0 }, "7"],
  [{ raw: 0n, decimals: 6 }, "0"],
])("%o is written %s", (value, text) => {
  expect(DecimalScalar.serialize(value)).toBe(text);
});

test("what is no decimal, or has more digits than the unit, is refused", () => {
  for (const value of ["", "1.", ".5", "1e3", "0x10", " 1", 1.5, null, "9".repeat(101)]) {
    expect(() => DecimalScalar.parseValue(value)).toThrow(GraphQLError);
  }
  expect(() => scaleDecimal(parseDecimal("1.0000001"), 6)).toThrow(/more than 6 digits/);
  expect(scaleDecimal(parseDecimal("1.0000000"), 6)).toBe(1_000_000n);
});

test("moments are seconds", () => {
  expect(DateTimeScalar.parseValue("2026-12-25T08:00:00Z")).toBe(1_798_185_600n);
  expect(DateTimeScalar.serialize(1_798_185_600n)).toBe("2026-12-25T08:00:00Z");
  for (const value of [
    "2026-12-25",
    "2026-13-01T00:00:00Z",
    "2026-12-25T08:00:00.5Z",
    5,
    "1969-01-01T00:00:00Z",
  ]) {
    expect(() => DateTimeScalar.parseValue(value)).toThrow(GraphQLError);
  }
});

test("accounts are CAIP-10", () => {
  const text = `eip155:1337:0x${"ab".repeat(20)}`;
  expect(AccountIdScalar.parseValue(text)).toEqual({
    chain: "eip155:1337",
    address: text.slice(12),
  });
  expect(AccountIdScalar.serialize(AccountIdScalar.parseValue(text))).toBe(text);
  for (const value of ["0xab", "eip155:1337", "eip155:1337:", 4, "eip155:1337:a b"]) {
    expect(() => AccountIdScalar.parseValue(value)).toThrow(GraphQLError);
  }
});
