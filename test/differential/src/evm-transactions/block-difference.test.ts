import { expect, test } from "vitest";
import type { BlockEnding, TransactionEnding } from "./block-case.ts";
import { blockDifference } from "./block-difference.ts";

const done: TransactionEnding = { ok: true, gasUsed: 21_000n, logs: [], created: undefined };
const plans = [{ raw: new Uint8Array(0), note: "a transfer", payer: "0x0", costMax: 0n }];
const account = { balance: 1n, nonce: 0n, code: "0x", storage: new Map([["0x01", 5n]]) };
const ending: BlockEnding = {
  transactions: [done],
  accounts: new Map([["0xaa", account]]),
  stateRoot: "0x11",
};

const differenceTo = (other: Partial<BlockEnding>): string | undefined =>
  blockDifference({ ...ending, ...other }, ending, plans);

test("an ending is like itself", () => {
  expect(differenceTo({})).toBeUndefined();
});

test.each<[string, Partial<BlockEnding>, string]>([
  ["gas", { transactions: [{ ...done, gasUsed: 1n }] }, "gasUsed is 1 instead of 21000"],
  ["status", { transactions: [{ ...done, ok: false }] }, "ok is false instead of true"],
  ["logs", { transactions: [{ ...done, logs: ["0x"] }] }, "logs are 0x instead of "],
  ["validity", { transactions: [{ refused: "nonce" }] }, "was refused (nonce)"],
])("another %s names the transaction", (_, other, words) => {
  expect(differenceTo(other)).toContain(`transaction 0 (a transfer): ${words}`);
});

test.each<[string, Partial<BlockEnding>, string]>([
  ["balance", { accounts: new Map([["0xaa", { ...account, balance: 2n }]]) }, "balance of 0xaa"],
  ["slot", { accounts: new Map([["0xaa", { ...account, storage: new Map() }]]) }, "slot 1 of 0xaa"],
  ["account", { accounts: new Map() }, "balance of 0xaa is 0 instead of 1"],
  ["root", { stateRoot: "0x12" }, "stateRoot is 0x12 instead of 0x11"],
])("another %s is told", (_, other, words) => {
  expect(differenceTo(other)).toContain(words);
});
