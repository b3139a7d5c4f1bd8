import { decodeHex, encodeHex } from "@dragoman/bytes";
import { assemble } from "@dragoman/frontend-evm/asm";
import { LedgerClock } from "@dragoman/ledger";
import { privateKeyToAccount } from "viem/accounts";
import { expect, test } from "vitest";
import { EvmLedger } from "./evm-ledger.ts";

const alice = privateKeyToAccount(`0x${"a1".repeat(32)}`);
const CONTRACT = new Uint8Array(20).fill(0xcc);

/** Adds one to slot 0 and to the transient slot 0, logs, and returns the sum of both. */
const COUNTER = assemble(`push0 sload push1 1 add dup1 push0 sstore
  push0 tload push1 1 add dup1 push0 tstore push0 push0 log0
  add push0 mstore push1 32 push0 return`);

function openLedger(): EvmLedger {
  const accounts = [
    [CONTRACT, { code: COUNTER }],
    [decodeHex(alice.address), { balance: 10n ** 18n }],
  ] as const;
  const clock = new LedgerClock(() => 1_700_000_000_000);
  const genesis = { chainId: 1337n, timestamp: 1_700_000_000, accounts };
  return new EvmLedger({ clock, genesis, finalityDepth: 8 });
}

const answer = (ledger: EvmLedger) => {
  const { ok, output, gasUsed, logs } = ledger.call({ to: CONTRACT });
  return { ok, value: BigInt(encodeHex(output)), gasUsed, logs: logs.length };
};

async function count(ledger: EvmLedger, nonce: number): Promise<void> {
  const fields = { to: encodeHex(CONTRACT), gas: 100_000n, gasPrice: 2_000_000_000n, nonce };
  const raw = await alice.signTransaction({ ...fields, type: "legacy", chainId: 1337 });
  ledger.submit(decodeHex(raw));
  ledger.produce();
}

test("calls on one block see nothing of each other, and pay for cold slots each time", () => {
  const ledger = openLedger();
  // 21,000; sload 2,100 cold, sstore 20,000 from zero, tload and tstore 100 each, log 375; the others 2 or 3 each.
  const first = { ok: true, value: 2n, gasUsed: 43_721n, logs: 1 };
  for (let turn = 0; turn < 20; turn++) expect(answer(ledger)).toEqual(first);
});

test("a call sees the block that came last, and the old state after a reorganisation", async () => {
  const ledger = openLedger();
  const values = [answer(ledger).value];
  await count(ledger, 0);
  values.push(answer(ledger).value);
  await count(ledger, 1);
  values.push(answer(ledger).value);
  ledger.reorganise(1, true);
  values.push(answer(ledger).value);
  expect(values).toEqual([2n, 3n, 4n, 3n]);
});

test("a call that is refused or fails leaves nothing behind", () => {
  const ledger = openLedger();
  const before = answer(ledger);
  expect(() => ledger.call({ to: CONTRACT, value: 1n })).toThrow("insufficient funds");
  expect(ledger.call({ to: CONTRACT, gas: 25_000n }).ok).toBe(false);
  expect(answer(ledger)).toEqual(before);
});
