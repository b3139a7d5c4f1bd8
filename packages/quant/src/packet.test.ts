import { FaultError } from "@dragoman/fault";
import fc from "fast-check";
import { expect, test } from "vitest";
import { decodePacket, encodePacket, PACKET_BYTES } from "./packet.ts";

const u64 = fc.bigInt({ min: 0n, max: (1n << 64n) - 1n });
const u32 = fc.nat(0xffffffff);
const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

const packet = fc.record({
  kind: fc.constantFrom("collateral" as const, "perp" as const, "option" as const),
  source: u32,
  destination: u32,
  sequence: u64,
  timeout: u64,
  sender: key,
  recipient: key,
  collateral: u64,
  poolValue: u64,
  isLong: fc.boolean(),
  isCall: fc.boolean(),
  size: u64,
  entry: u64,
  expiry: u64,
  strike: u64,
});

test("decoding what was encoded gives the packet back", () => {
  fc.assert(
    fc.property(packet, (value) => {
      expect(decodePacket(encodePacket(value))).toEqual(value);
    }),
  );
});

test("bytes of another length, version, kind or flag are refused", () => {
  const good = encodePacket(fc.sample(packet, 1)[0]!);
  expect(() => decodePacket(good.subarray(1))).toThrow(FaultError);
  for (const [at, value] of [
    [0, 2],
    [1, 3],
    [106, 4],
  ] as const) {
    expect(() => decodePacket(good.with(at, value))).toThrow(FaultError);
  }
  expect(good).toHaveLength(PACKET_BYTES);
});
