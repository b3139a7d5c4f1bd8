import { decodeHex } from "@dragoman/bytes";
import type { MarketAction } from "@dragoman/chain";
import fc from "fast-check";
import { expect, test } from "vitest";
import { applyAction } from "./apply-action.ts";
import { MarketError } from "./market-error.ts";
import { MarketModel } from "./market-model.ts";
import { decodePacket } from "./packet.ts";
import { ONE } from "./q32.ts";

const USD = 1_000_000n;
const UNIT = 1_000_000n;
const VOL = (ONE * 8n) / 10n;
const ANN = `0x${"0a".repeat(32)}`;
const BOB = `0x${"0b".repeat(32)}`;

/** Attested here: whatever comes with one signature whose bytes are the digest. */
const isAttested = (digest: Uint8Array, signatures: readonly Uint8Array[]): boolean =>
  signatures.length === 1 && signatures[0]!.every((byte, i) => byte === digest[i]);

function market(domain: number): MarketModel {
  const model = new MarketModel(VOL, { domain, isAttested: () => true });
  model.fundPool(BOB, 1_000_000n * USD);
  model.publishPrice(3000n * USD, USD, 1000n, 1000n);
  model.deposit(ANN, 1000n * USD);
  return model;
}

const codeOf = (action: () => unknown): number => {
  try {
    action();
  } catch (error) {
    if (error instanceof MarketError) return error.code;
    throw error;
  }
  return 0;
};

const order = (what: number, collateral: bigint, destination = 2) => ({
  destination,
  recipient: decodeHex(BOB),
  what,
  collateral,
  timeout: 2000n,
});

const sent = (model: MarketModel, what: number, collateral: bigint): Uint8Array =>
  decodeHex(model.exportPosition(ANN, order(what, collateral), 1000n).packet);

test("a perpetual travels with its collateral and is entered at the price of its export", () => {
  const [one, two] = [market(1), market(2)];
  one.tradePerp(ANN, true, UNIT, 3000n * USD, 1000n);
  one.publishPrice(3100n * USD, USD, 1001n, 1001n);
  const bytes = sent(one, 1, 900n * USD);
  const packet = decodePacket(bytes);
  expect(packet).toMatchObject({ kind: "perp", isLong: true, size: UNIT, entry: 3100n * USD });
  expect(one.account(ANN).perp.size).toBe(0n);
  expect(one.numbers.openLong).toBe(0n);
  two.importPacket(bytes, [], 1500n);
  expect(two.account(BOB)).toMatchObject({
    collateral: 900n * USD,
    perp: { isLong: true, size: UNIT, entry: 3100n * USD },
  });
  expect(two.numbers.openLong).toBe(UNIT);
  expect(two.received(1, 1n)).toBe(true);
});

test("a long option travels with its value from pool to pool", () => {
  const [one, two] = [market(1), market(2)];
  const series = { expiry: 90_000n, strike: 3000n * USD, isCall: true };
  one.tradeOption(ANN, series, true, UNIT, 900n * USD, 1000n);
  const pools = one.numbers.pool + two.numbers.pool;
  const bytes = sent(one, 2, 0n);
  const { poolValue } = decodePacket(bytes);
  expect(poolValue).toBeGreaterThan(0n);
  expect(one.numbers.pool + two.numbers.pool).toBe(pools - poolValue);
  two.importPacket(bytes, [], 1500n);
  expect(one.numbers.pool + two.numbers.pool).toBe(pools);
  expect(two.account(BOB).options[0]).toEqual({ ...series, isLong: true, size: UNIT });
});

test("an export is refused with 12 to its own domain or with a past timeout, 9 without the position, 4 without the collateral", () => {
  const model = market(1);
  const exported = (what: number, collateral: bigint, destination: number, now: bigint) =>
    codeOf(() => model.exportPosition(ANN, order(what, collateral, destination), now));
  expect(exported(0, USD, 1, 1000n)).toBe(12);
  expect(exported(0, USD, 2, 2000n)).toBe(12);
  expect(exported(1, USD, 2, 1000n)).toBe(9);
  expect(exported(5, USD, 2, 1000n)).toBe(9);
  expect(exported(6, USD, 2, 1000n)).toBe(9);
  expect(exported(0, 1001n * USD, 2, 1000n)).toBe(4);
});

test("a short option and an expired one cannot be exported: 16", () => {
  const model = market(1);
  const series = { expiry: 1100n, strike: 3000n * USD, isCall: true };
  model.tradeOption(ANN, series, false, UNIT, 0n, 1000n);
  expect(codeOf(() => model.exportPosition(ANN, order(2, 0n), 1000n))).toBe(16);
  model.tradeOption(ANN, series, true, 2n * UNIT, 900n * USD, 1000n);
  expect(codeOf(() => model.exportPosition(ANN, order(2, 0n), 1100n))).toBe(16);
});

test("what stays behind after an export must cover its initial margin", () => {
  const model = market(1);
  model.tradePerp(ANN, true, 3n * UNIT, 3000n * USD, 1000n);
  expect(codeOf(() => model.exportPosition(ANN, order(0, 200n * USD), 1000n))).toBe(3);
  expect(codeOf(() => model.exportPosition(ANN, order(1, 900n * USD), 1000n))).toBe(0);
});

test("an import happens once, in time, at the packet's own domain and attested", () => {
  const bytes = sent(market(1), 0, 500n * USD);
  const two = new MarketModel(VOL, { domain: 2, isAttested });
  const imported = (
    packet: Uint8Array,
    signatures: Uint8Array[],
    now: bigint,
    model = two,
  ): number => codeOf(() => model.importPacket(packet, signatures, now));
  expect(imported(bytes.subarray(1), [], 1000n)).toBe(12);
  expect(imported(bytes.with(106, 4), [], 1000n)).toBe(12);
  expect(imported(bytes, [], 1000n, market(3))).toBe(12);
  expect(imported(bytes, [], 2001n)).toBe(14);
  expect(imported(bytes, [], 2000n)).toBe(15);
  expect(imported(bytes, [], 2000n, market(2))).toBe(0);
  const again = market(2);
  again.importPacket(bytes, [], 1000n);
  expect(imported(bytes, [], 2001n, again)).toBe(13);
});

test("a second perpetual and a position without margin are refused at the destination", () => {
  const one = market(1);
  one.tradePerp(ANN, true, UNIT, 3000n * USD, 1000n);
  const bytes = sent(one, 1, 100n * USD);
  const two = market(2);
  expect(codeOf(() => two.importPacket(bytes, [], 1000n))).toBe(3);
  two.deposit(BOB, 1000n * USD);
  two.tradePerp(BOB, false, UNIT, 3000n * USD, 1000n);
  expect(codeOf(() => two.importPacket(bytes, [], 1000n))).toBe(16);
  two.tradePerp(BOB, true, UNIT, 3000n * USD, 1000n);
  expect(codeOf(() => two.importPacket(bytes, [], 9000n))).toBe(14);
  expect(codeOf(() => two.importPacket(bytes, [], 1000n))).toBe(0);
});

test("a refund gives everything back once, and closes a perpetual whose place is taken", () => {
  const one = market(1);
  one.tradePerp(ANN, true, UNIT, 3000n * USD, 1000n);
  const before = one.account(ANN);
  const bytes = sent(one, 1, 500n * USD);
  const other = one.clone();
  one.refundPacket(bytes, [], 3000n);
  expect(one.account(ANN)).toEqual(before);
  expect(one.numbers.openLong).toBe(UNIT);
  expect(codeOf(() => one.refundPacket(bytes, [], 3000n))).toBe(13);
  other.deposit(ANN, 1000n * USD);
  other.tradePerp(ANN, false, UNIT, 3000n * USD, 1000n);
  other.publishPrice(3010n * USD, USD, 1001n, 1001n);
  const { collateral } = other.account(ANN);
  other.refundPacket(bytes, [], 1001n);
  expect(other.account(ANN).perp).toMatchObject({ isLong: false, size: UNIT });
  expect(other.account(ANN).collateral).toBe(collateral + 500n * USD + 10n * USD);
});

test("a refund of a packet that differs from the one sent is refused with 13, without attestation with 15", () => {
  const one = new MarketModel(VOL, { domain: 1, isAttested });
  one.deposit(ANN, 1000n * USD);
  const bytes = sent(one, 0, USD);
  expect(codeOf(() => one.refundPacket(bytes.with(97, 1), [], 3000n))).toBe(13);
  expect(codeOf(() => one.refundPacket(bytes, [], 3000n))).toBe(15);
});

test("tokens of three chains and what is in flight are constant under any actions", () => {
  const step = fc.record({
    kind: fc.nat(8),
    chain: fc.nat(2),
    to: fc.nat(2),
    owner: fc.constantFrom(ANN, BOB),
    flag: fc.boolean(),
    what: fc.nat(5),
    packet: fc.nat(20),
    size: fc.bigInt({ min: 1n, max: 2n * UNIT }),
    price: fc.bigInt({ min: 2500n * USD, max: 3500n * USD }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
      const chains = [market(1), market(2), market(3)];
      const packets: { bytes: Uint8Array; isOpen: boolean }[] = [];
      const total = (): bigint => {
        let sum = 0n;
        for (const { numbers, accounts } of chains) {
          sum += numbers.pool;
          for (const { collateral } of accounts.values()) sum += collateral;
        }
        for (const { bytes, isOpen } of packets) {
          const { collateral, poolValue } = decodePacket(bytes);
          if (isOpen) sum += collateral + poolValue;
        }
        return sum;
      };
      let now = 1000n;
      const start = total();
      for (const { kind, chain, to, owner, flag, what, packet, size, price } of steps) {
        now += 50n;
        const limit = flag ? 1n << 50n : 0n;
        const series = { expiry: 3000n, strike: 3000n * USD, isCall: what > 2 };
        const chosen = packets[packet % (packets.length || 1)];
        const act = (action: MarketAction, sender = owner): number =>
          codeOf(() => {
            const event = applyAction(chains[chain]!, action, sender, now);
            if (event.type === "PacketSent") {
              packets.push({ bytes: decodeHex(event.packet), isOpen: true });
            }
          });
        if (kind === 0) act({ type: "publishPrice", price, confidence: USD, time: now });
        else if (kind === 1) act({ type: "tradePerp", isLong: flag, size, limit });
        else if (kind === 2) act({ type: "tradeOption", ...series, isBuy: flag, size, limit });
        else if (kind === 3) act({ type: "settleOption", owner, slot: what % 4 });
        else if (kind === 4) act({ type: "liquidate", owner });
        else if (kind < 7) {
          const timeout = now + 100n;
          const recipient = owner;
          const collateral = flag ? price / 20n : 0n;
          act({
            type: "exportPosition",
            destination: to + 1,
            recipient,
            what,
            collateral,
            timeout,
          });
        } else if (chosen !== undefined) {
          const { source, destination } = decodePacket(chosen.bytes);
          const model = chains[(kind === 7 ? destination : source) - 1]!;
          // A refund is attested only when the packet was not received and can no longer be.
          const isLate = now > decodePacket(chosen.bytes).timeout;
          const done = codeOf(() => {
            if (kind === 7) model.importPacket(chosen.bytes, [], now);
            else if (isLate && chosen.isOpen) model.refundPacket(chosen.bytes, [], now);
            else throw new MarketError(15);
          });
          if (done === 0) {
            expect(chosen.isOpen).toBe(true);
            chosen.isOpen = false;
          }
        }
        expect(total()).toBe(start);
      }
    }),
    { numRuns: 300 },
  );
});
