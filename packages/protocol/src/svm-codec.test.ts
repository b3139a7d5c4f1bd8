import { encodeBase58, encodeHex } from "@dragoman/bytes";
import type { MarketAction } from "@dragoman/chain";
import { FaultError } from "@dragoman/fault";
import { expect, test } from "vitest";
import { svmInitialise, svmInstruction, svmQuote } from "./svm-codec.ts";
import { decodeSvmEvent, decodeSvmLogs } from "./svm-events.ts";
import { svmMarketAddress, svmWalletAddress } from "./svm-program.ts";
import { decodeSvmAccount, decodeSvmMarket, decodeSvmQuote, isSvmReceipt } from "./svm-state.ts";

const base58 = (byte: number): string => encodeBase58(new Uint8Array(32).fill(byte));
const [PROGRAM, MINT, ANN] = [base58(1), base58(2), base58(3)];
const DEPLOYMENT = { programId: PROGRAM, mint: MINT };
const hex = (data: Uint8Array): string => encodeHex(data).slice(2);

const faultOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof FaultError) return error.fault.name;
    throw error;
  }
  return "none";
};

test("the wallet of an owner is the associated token account", () => {
  // The account of the owner and mint in the documentation of @solana/spl-token's own tests.
  const owner = "B8UwBUUnKwCyKuGMbFKWaG7exYdDk2ozZrPg72NyVbfj";
  const mint = "7o36UsWR1JQLpZ9PE2gn9L4SQ69CNNiWAXd4Jt7rqz9Z";
  expect(svmWalletAddress(owner, mint)).toBe("DShWnroshVbeUp28oopA3Pu7oFPDBtC1DBmPECXXAQ9n");
});

test("an instruction is its number and its fields, little-endian", () => {
  const trade = { isLong: true, size: 0x0102n, limit: 0x030405n };
  const { programId, accounts, data } = svmInstruction(
    DEPLOYMENT,
    { type: "tradePerp", ...trade },
    ANN,
  );
  expect(hex(data)).toBe("05" + "01" + "0201000000000000" + "0504030000000000");
  expect(encodeBase58(programId)).toBe(PROGRAM);
  expect(accounts.map(({ isSigner, isWritable }) => [isSigner, isWritable])).toEqual([
    [true, true],
    [false, true],
    [false, true],
    [false, false],
  ]);
  expect(encodeBase58(accounts[0]!.key)).toBe(ANN);
  expect(encodeBase58(accounts[1]!.key)).toBe(svmMarketAddress(PROGRAM));
});

test("a quote needs nobody's signature", () => {
  const trade = { type: "tradePerp", isLong: true, size: 3n, limit: 0n } as const;
  const { accounts, data } = svmQuote(DEPLOYMENT, trade);
  expect(hex(data)).toBe("0c0300000000000000");
  expect(accounts).toHaveLength(1);
  expect(accounts[0]).toMatchObject({ isSigner: false, isWritable: false });
});

test("attesters go in ascending order", () => {
  const attesters = [9, 7, 8].map((byte) => new Uint8Array(20).fill(byte));
  const terms = { domain: 2, publisher: ANN, volatility: 1n, attesters, threshold: 2 };
  const { data } = svmInitialise(DEPLOYMENT, terms, ANN);
  expect(hex(data.subarray(47))).toBe("07".repeat(20) + "08".repeat(20) + "09".repeat(20));
});

test.each<[string, MarketAction]>([
  ["an amount over 64 bits", { type: "deposit", amount: 1n << 64n }],
  ["a negative amount", { type: "withdraw", amount: -1n }],
  ["a slot that is no byte", { type: "settleOption", owner: `0x${"00".repeat(32)}`, slot: 256 }],
  ["an owner of another length", { type: "liquidate", owner: "0x00" }],
  [
    "a settlement without its expiry",
    { type: "settleOption", owner: `0x${"00".repeat(32)}`, slot: 0 },
  ],
])("%s is refused", (_, action) => {
  const context = action.type === "settleOption" && action.slot > 0 ? { expiry: 1n } : {};
  expect(faultOf(() => svmInstruction(DEPLOYMENT, action, ANN, context))).toBe(
    "INVALID_MARKET_INPUT",
  );
});

test("an event is read from its bytes, signed values too", () => {
  const data = Uint8Array.from([
    2,
    ...new Uint8Array(32).fill(0xaa),
    1,
    ...[5, 0, 0, 0, 0, 0, 0, 0],
    ...[6, 0, 0, 0, 0, 0, 0, 0],
    ...[7, 0, 0, 0, 0, 0, 0, 0],
    ...[0xfe, 255, 255, 255, 255, 255, 255, 255],
  ]);
  expect(decodeSvmEvent(data)).toEqual({
    type: "PerpTraded",
    owner: `0x${"aa".repeat(32)}`,
    isLong: true,
    size: 5n,
    price: 6n,
    fee: 7n,
    pnl: -2n,
  });
  expect(faultOf(() => decodeSvmEvent(data.with(0, 11)))).toBe("INVALID_MARKET_INPUT");
  expect(faultOf(() => decodeSvmEvent(data.subarray(1)))).not.toBe("none");
});

test("only what the market itself logs is an event", () => {
  const other = base58(9);
  const event = Uint8Array.from([10, ...new Uint8Array(32), 1, 0, 0, 0, 0, 0, 0, 0]);
  const line = `Program data: ${Buffer.from(event).toString("base64")}`;
  const lines = [
    `Program ${other} invoke [1]`,
    line,
    `Program ${PROGRAM} invoke [2]`,
    `Program ${other} invoke [3]`,
    line,
    `Program ${other} consumed 5 of 10 compute units`,
    `Program ${other} success`,
    line,
    `Program ${PROGRAM} success`,
    line,
    `Program ${other} success`,
  ];
  expect(decodeSvmLogs(lines, PROGRAM)).toEqual([
    { type: "PoolFunded", owner: `0x${"00".repeat(32)}`, amount: 1n },
  ]);
});

test("data of another kind are refused; no data are an account that the market does not know", () => {
  expect(decodeSvmAccount(undefined)).toEqual({ collateral: 0n, options: [] });
  expect(faultOf(() => decodeSvmAccount(new Uint8Array(200)))).toBe("INVALID_MARKET_INPUT");
  expect(faultOf(() => decodeSvmMarket(new Uint8Array(528)))).toBe("INVALID_MARKET_INPUT");
  expect(isSvmReceipt(undefined)).toBe(false);
  expect(isSvmReceipt(new Uint8Array(24))).toBe(false);
});

test("a quote of a perpetual has no premium", () => {
  const trade = { type: "tradePerp", isLong: true, size: 1n, limit: 0n } as const;
  const bytes = Uint8Array.from([4, 0, 0, 0, 0, 0, 0, 0, 5, 0, 0, 0, 0, 0, 0, 0]);
  expect(decodeSvmQuote(trade, bytes)).toEqual({ price: 4n, premium: 0n, fee: 5n });
});
