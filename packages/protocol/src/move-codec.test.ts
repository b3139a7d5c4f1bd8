import { encodeHex } from "@dragoman/bytes";
import { expect, test } from "vitest";
import { encodeMoveAction, encodeMoveInitialisation, moveViews } from "./move-codec.ts";
import { decodeMoveEvent } from "./move-events.ts";
import { decodeMoveAccount, decodeMoveQuote } from "./move-views.ts";

const OWNER = `0x${"00".repeat(12)}${"ab".repeat(20)}`;
const SHORT = `0x${"ab".repeat(20)}`;

const hex = ({ args }: { readonly args: readonly Uint8Array[] }) => args.map(encodeHex);

// Expected bytes are written by hand after the specification of BCS: integers little-endian, a length before a sequence.
test("an action is an entry function with BCS arguments", () => {
  const trade = encodeMoveAction({
    type: "tradeOption",
    expiry: 258n,
    strike: 3n,
    isCall: true,
    isBuy: false,
    size: (1n << 40n) - 1n,
    limit: 0n,
  });
  expect(trade.function).toBe("trade_option");
  expect(hex(trade)).toEqual([
    "0x0201000000000000",
    "0x0300000000000000",
    "0x01",
    "0x00",
    "0xffffffffff000000",
    "0x0000000000000000",
  ]);
  const sent = encodeMoveAction({
    type: "exportPosition",
    destination: 258,
    recipient: OWNER,
    what: 3,
    collateral: 1n,
    timeout: 2n,
  });
  expect(hex(sent)).toEqual([
    "0x02010000",
    OWNER,
    "0x03",
    "0x0100000000000000",
    "0x0200000000000000",
  ]);
});

test("packets and signatures have their lengths before them", () => {
  const packet = `0x${"11".repeat(139)}`;
  const signature = `0x${"22".repeat(65)}`;
  const call = encodeMoveAction({ type: "importPacket", packet, signatures: [signature, "0x"] });
  expect(call.function).toBe("import_packet");
  // 139 = 0x8b needs two bytes of LEB128.
  expect(hex(call)).toEqual([`0x8b01${"11".repeat(139)}`, `0x0241${"22".repeat(65)}00`]);
});

test("a market begins with its domain, publisher, attesters, threshold, volatility and supply", () => {
  const call = encodeMoveInitialisation({
    domain: 3,
    publisher: OWNER,
    attesters: [new Uint8Array(20).fill(7)],
    threshold: 1,
    volatility: 1n << 32n,
    supply: 5n,
  });
  expect(hex(call)).toEqual([
    "0x03000000",
    OWNER,
    `0x0114${"07".repeat(20)}`,
    "0x0100000000000000",
    "0x0000000001000000",
    "0x0500000000000000",
  ]);
});

test("values that do not fit are refused", () => {
  expect(() => encodeMoveAction({ type: "deposit", amount: 1n << 64n })).toThrow("64 bits");
  expect(() => encodeMoveAction({ type: "deposit", amount: -1n })).toThrow("64 bits");
  expect(() => encodeMoveAction({ type: "liquidate", owner: "0xab" })).toThrow("32 bytes");
  expect(() => moveViews.received(2 ** 32, 1n)).toThrow("32 bits");
});

test("an event is the same from JSON and from BCS, its addresses in full", () => {
  const type = `${SHORT}::events::PerpTraded`;
  const json = {
    owner: SHORT,
    is_long: true,
    size: "1",
    price: "2",
    fee: "3",
    pnl: { negative: true, magnitude: "4" },
  };
  const u64 = (value: number) => `${value.toString(16).padStart(2, "0")}00000000000000`;
  const text = `${OWNER.slice(2)}01${u64(1)}${u64(2)}${u64(3)}01${u64(4)}`;
  const bcs = Uint8Array.from(Buffer.from(text, "hex"));
  const expected = {
    type: "PerpTraded",
    owner: OWNER,
    isLong: true,
    size: 1n,
    price: 2n,
    fee: 3n,
    pnl: -4n,
  };
  expect(decodeMoveEvent(type, json, OWNER)).toEqual(expected);
  expect(decodeMoveEvent(type, bcs, OWNER)).toEqual(expected);
});

test("events of other packages and modules are none of the market's", () => {
  expect(decodeMoveEvent("0x1::events::PerpTraded", {}, OWNER)).toBeUndefined();
  expect(decodeMoveEvent(`${OWNER}::coin::Deposited`, {}, OWNER)).toBeUndefined();
  expect(decodeMoveEvent(`${OWNER}::events::toString`, {}, OWNER)).toBeUndefined();
});

test("an account's used slots keep their places", () => {
  const free = { expiry: "0", strike: "0", is_call: false, is_long: false, size: "0" };
  const used = { expiry: "9", strike: "8", is_call: true, is_long: false, size: "7" };
  const none = { is_long: false, size: "0", entry_price: "0" };
  const account = { collateral: "5", perp: none, options: [free, free, used, free] };
  expect(decodeMoveAccount([account])).toEqual({
    collateral: 5n,
    options: [{ slot: 2, expiry: 9n, strike: 8n, isCall: true, isLong: false, size: 7n }],
  });
});

test("a quote of a perpetual has no premium", () => {
  expect(decodeMoveQuote(["3", "2"])).toEqual({ price: 3n, premium: 0n, fee: 2n });
  expect(decodeMoveQuote(["3", "2", "1"])).toEqual({ price: 3n, premium: 2n, fee: 1n });
});

test("results of another form are refused", () => {
  expect(() => decodeMoveAccount([{ collateral: 5 }])).toThrow("INVALID_MARKET_INPUT");
  expect(() => decodeMoveQuote(["-1", "2"])).toThrow("INVALID_MARKET_INPUT");
});
