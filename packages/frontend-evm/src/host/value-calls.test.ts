import { type CallRequest, Engine, type Journal, MemoryState } from "@dragoman/core";
import { runBothTiers } from "@dragoman/core/testing";
import {
  evmRequest,
  FORK_NAMES,
  type ForkName,
  readBalance,
  readStorage,
  writeAccount,
} from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { expect, test } from "vitest";
import { createAddress } from "./create-address.ts";

const address = (last: number): Uint8Array => {
  const bytes = new Uint8Array(20);
  bytes[18] = 0x10;
  bytes[19] = last;
  return bytes;
};
const A = address(1);
const B = address(2);
const DELEGATED = address(5);
const NEW = address(6);
const OLD = address(7);
const NONCED = address(8);
const FROM = address(9);
const TURNS = 4n;
const WEALTH = 1000n;

interface Codes {
  readonly a: string;
  readonly b?: string;
  readonly gas?: bigint;
  readonly fork?: ForkName;
}

function open(journal: Journal, { a, b = "stop", gas = 2_000_000n, fork = "cancun" }: Codes) {
  writeAccount(journal, A, { code: assemble(a), nonce: 1n, balance: WEALTH });
  writeAccount(journal, B, { code: assemble(b), nonce: 1n });
  // 0xef0100 and the address of an account without code (EIP-7702).
  writeAccount(journal, DELEGATED, { code: Uint8Array.of(0xef, 1, 0, ...address(11)) });
  writeAccount(journal, OLD, { balance: 5n });
  writeAccount(journal, NONCED, { nonce: 1n });
  journal.beginTransaction();
  return evmRequest(journal, { from: FROM, to: A, gas, fork });
}

/** Runs in all tiers, which must agree on gas, refunds and state; the journal of the last one can be looked at. */
function run(codes: Codes) {
  let journal: Journal | undefined;
  const result = runBothTiers(new MemoryState(), (own): CallRequest => {
    journal = own;
    return open(own, codes);
  });
  return { ...result, journal: journal! };
}

/** Balances that host functions wrote while compiled code ran. */
function hostWrites(codes: Codes): number {
  const engine = new Engine({ state: new MemoryState(), tier: "compile" });
  const request = open(engine.journal, codes);
  let writes = 0;
  const write = engine.journal.writeWords.bind(engine.journal);
  engine.journal.writeWords = (cell, words, at) => {
    writes++;
    write(cell, words, at);
  };
  engine.execute(request);
  return writes;
}

const call = (to: string, value: number | string, gas = "push 0"): string =>
  `push 0 push 0 push 0 push 0 ${typeof value === "number" ? `push ${value}` : value} push ${to} ${gas} call`;
const loop = (body: string): string =>
  `push ${TURNS} head: ${body} push 1 swap1 sub dup1 push @head jumpi pop`;

test("value goes to an account without code past the host from the second call on", () => {
  const codes = { a: loop(`${call("0x1006", 3)} pop`) };
  expect(hostWrites(codes)).toBe(2);
  const { journal } = run(codes);
  expect(readBalance(journal, NEW)).toBe(3n * TURNS);
  expect(readBalance(journal, A)).toBe(WEALTH - 3n * TURNS);
});

test("what is known of an account without code is known in the next transaction", () => {
  const engine = new Engine({ state: new MemoryState(), tier: "compile" });
  const codes = { a: `${call("0x1006", 3)} pop` };
  const first = engine.execute(open(engine.journal, codes)).gasUsed;
  engine.journal.beginTransaction();
  const again = evmRequest(engine.journal, { from: FROM, to: A, gas: 99_999n, fork: "cancun" });
  engine.journal.writeWords = () => {
    throw new Error("the host wrote a balance");
  };
  // Cold again, and new no more.
  expect(engine.execute(again).gasUsed).toBe(first - 25_000n);
  expect(readBalance(engine.journal, NEW)).toBe(6n);
});

test.each(FORK_NAMES)("gas, refunds and balances are the exact ones on %s", (fork) => {
  const targets = ["0x1001", "0x1002", "0x1005", "0x1006", "0x1007", "0x1008", "0x2", "0x0"];
  const body = targets
    .flatMap((to) => [call(to, 1), call(to, 0, to === "0x1001" ? "push 0" : "push 30000")])
    .join(" push 5 sload add push 5 sstore ");
  const { journal } = run({
    a: loop(`${body} pop gas push 6 sstore`),
    b: "push 1 sload pop",
    fork,
  });
  expect(readStorage(journal, A, 6n)).toBeGreaterThan(0n);
  expect(readBalance(journal, OLD)).toBe(5n + TURNS);
  expect(readBalance(journal, NEW)).toBe(TURNS);
});

test("more than there is moves nothing, fails, and gives the stipend", () => {
  const { journal } = run({
    a: loop(`${call("0x1006", 400)} push 8 sload add push 8 sstore gas push 9 sstore`),
  });
  expect(readStorage(journal, A, 8n)).toBe(2n);
  expect(readBalance(journal, NEW)).toBe(800n);
});

test("value comes back from a frame that reverts, and the account is new again", () => {
  const give = `${call("0x1006", "callvalue")} pop`;
  const { journal } = run({
    a: `${call("0x1002", 7, "gas")} pop ${loop(`${call("0x1002", 0, "gas")} pop`)} ${call("0x1006", 1)} pop gas push 1 sstore`,
    b: `${give} ${call("0x1006", 0)} pop push 0 push 0 revert`,
  });
  expect(readBalance(journal, B)).toBe(0n);
  expect(readBalance(journal, NEW)).toBe(1n);
});

test("value from a static frame is refused however often it was given before", () => {
  const { journal } = run({
    a: `${loop(`${call("0x1002", 4, "push 90000")} pop`)} push 0 push 0 push 0 push 0 push 0x1002 push 90000 staticcall push 1 add push 3 sstore`,
    b: `${call("0x1006", 1)} pop`,
  });
  expect(readStorage(journal, A, 3n)).toBe(1n);
  expect(readBalance(journal, NEW)).toBe(TURNS);
});

test("every amount of gas ends as it must", () => {
  const codes = { a: `${loop(`${call("0x1006", 1)} pop`)}` };
  const { result } = run(codes);
  for (let gas = 20_000n; gas < result.gasUsed + 3000n; gas += 777n) run({ ...codes, gas });
  run({ ...codes, gas: result.gasUsed });
  const less = run({ ...codes, gas: result.gasUsed - 1n });
  expect(readBalance(less.journal, NEW)).toBe(0n);
});

test("an account that gets code is called with it", () => {
  const init = assemble("push 0x600160005500 push 0 mstore push 6 push 26 return");
  const word = Buffer.from(init).toString("hex").padEnd(64, "0");
  const created = createAddress(A, 1n);
  const send = `${call(`0x${Buffer.from(created).toString("hex")}`, 1, "push 90000")} pop`;
  const create = `push32 0x${word} push 0 mstore push ${init.length} push 0 push 0 create pop`;
  const { journal } = run({ a: `${loop(send)} ${create} ${send}` });
  expect(readBalance(journal, created)).toBe(TURNS + 1n);
  expect(readStorage(journal, created, 0n)).toBe(1n);
});
