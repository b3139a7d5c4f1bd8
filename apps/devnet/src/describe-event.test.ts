import { encodeHex } from "@dragoman/bytes";
import type { MarketEvent } from "@dragoman/chain";
import { encodePacket } from "@dragoman/protocol";
import { expect, test } from "vitest";
import { describeEvent } from "./describe-event.ts";

const owner = `0x${"ab".repeat(32)}`;
const series = { expiry: 1_798_185_600n, strike: 3_100_000_000n, isCall: true };
const packet = encodeHex(
  encodePacket({
    kind: "option",
    source: 2,
    destination: 1,
    sequence: 7n,
    timeout: 0n,
    sender: new Uint8Array(32),
    recipient: new Uint8Array(32),
    collateral: 1_500_000n,
    poolValue: 0n,
    isLong: true,
    isCall: true,
    size: 1n,
    entry: 0n,
    expiry: 0n,
    strike: 0n,
  }),
);

const CASES: readonly (readonly [MarketEvent, string])[] = [
  [{ type: "Deposited", owner, amount: 1_250_000n }, "alice deposits $1.25"],
  [
    {
      type: "PerpTraded",
      owner,
      isLong: false,
      size: 500_000n,
      price: 3_000_000_000n,
      fee: 1n,
      pnl: -2_000_000n,
    },
    "alice sells 0.5 ETH-PERP at $3000, settles -$2",
  ],
  [
    {
      type: "OptionTraded",
      owner,
      ...series,
      isBuy: true,
      size: 2_000_000n,
      premium: 90_000_000n,
      fee: 1n,
    },
    "alice buys 2 calls 3100 of 2026-12-25 for $90",
  ],
  [
    { type: "OptionSettled", owner, ...series, isLong: false, size: 1n, payout: 400_000_000n },
    "calls 3100 of 2026-12-25 of alice are settled: owes $400",
  ],
  [
    { type: "Liquidated", owner, liquidator: owner, equity: -1n, reward: 0n, badDebt: 1n },
    "alice is liquidated at an equity of -$0.000001",
  ],
  [{ type: "PacketSent", packet, sequence: 7n }, "transfer 2/7 with option and $1.5 leaves"],
];

test.each(CASES)("%o reads well", (event, line) => {
  expect(describeEvent(event, () => "alice")).toBe(line);
});
