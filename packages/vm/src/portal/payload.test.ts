import { FaultError } from "@dragoman/fault";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePortalCall, encodePortalCall, VMS } from "./payload.ts";
import { convertGas, costOf } from "./rates.ts";

const call = fc.record({
  vm: fc.constantFrom(...VMS),
  gas: fc.bigInt({ min: 0n, max: (1n << 64n) - 1n }),
  target: fc.uint8Array({ maxLength: 80 }),
  accounts: fc.array(
    fc.record({
      key: fc.uint8Array({ minLength: 32, maxLength: 32 }),
      isSigner: fc.boolean(),
      isWritable: fc.boolean(),
    }),
    { maxLength: 4 },
  ),
  input: fc.uint8Array({ maxLength: 200 }),
});

test("decoding what was encoded gives the call back", () => {
  fc.assert(
    fc.property(call, (value) => {
      expect(decodePortalCall(encodePortalCall(value))).toEqual(value);
    }),
  );
});

test("a payload that lacks or adds a byte is a fault", () => {
  fc.assert(
    fc.property(call, fc.nat(300), (value, cut) => {
      const bytes = encodePortalCall(value);
      expect(() => decodePortalCall(bytes.subarray(0, cut % bytes.length))).toThrow(FaultError);
      expect(() => decodePortalCall(Uint8Array.of(...bytes, 0))).toThrow(FaultError);
    }),
  );
});

test("gas that goes through the portal and back never grows", () => {
  const amount = fc.bigInt({ min: 0n, max: 1n << 50n });
  fc.assert(
    fc.property(amount, fc.constantFrom(...VMS), fc.constantFrom(...VMS), (gas, from, to) => {
      const given = convertGas(gas, from, to);
      expect(costOf(given, to, from)).toBeLessThanOrEqual(gas);
    }),
  );
});
