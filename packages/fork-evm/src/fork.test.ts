import { mkdtempSync, readdirSync, rmSync, statSync, truncateSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { decodeHex, encodeHex } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import { DOMAIN } from "@dragoman/frontend-evm";
import { LedgerClock, type LedgerInput } from "@dragoman/ledger";
import { EvmLedger } from "@dragoman/ledger-evm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type OpenedFork, openFork } from "./open-fork.ts";
import { startUpstream, type Upstream } from "./testing/start-upstream.ts";

const PATIENCE = { timeoutMs: 5_000, retries: 1, backoffMs: 10 };
const NOTHING = new Uint8Array(0);
const word = (n: number): Uint8Array => decodeHex(n.toString(16).padStart(64, "0"));
const CONTRACT = decodeHex("c0".repeat(20));
const RICH = decodeHex("a1".repeat(20));
/** Stores the second word of calldata in the slot of the first: PUSH1 32 CALLDATALOAD PUSH1 0 CALLDATALOAD SSTORE. */
const STORE = "0x60203560003555";
const storing = (slot: number, value: number): Uint8Array =>
  Uint8Array.from([...word(slot), ...word(value)]);

let upstream: Upstream;
const folder = mkdtempSync(join(tmpdir(), "fork-"));
const opened: OpenedFork[] = [];
beforeAll(async () => {
  upstream = await startUpstream();
  const { call } = upstream;
  await call("anvil_setCode", encodeHex(CONTRACT), STORE);
  await call("anvil_setStorageAt", encodeHex(CONTRACT), "0x1", encodeHex(word(11)));
  await call("anvil_setBalance", encodeHex(RICH), "0xde0b6b3a7640000");
}, 200_000);
afterAll(async () => {
  for (const fork of opened) fork.close();
  await upstream?.stop();
  rmSync(folder, { recursive: true });
});

async function fork(keep?: string): Promise<{ ledger: EvmLedger; fork: OpenedFork }> {
  const block = await upstream.height;
  const fork = await openFork({ url: upstream.url, block, folder: keep, patience: PATIENCE });
  opened.push(fork);
  const { chainId, base } = fork;
  const clock = new LedgerClock(() => base.header.timestamp * 1000);
  const ledger = new EvmLedger({ clock, genesis: { chainId, base }, finalityDepth: 32 });
  return { ledger, fork };
}

const slotOf = (ledger: EvmLedger, slot: number) =>
  ledger.stateAt(ledger.blocks.head.height).read(DOMAIN.STORAGE, CONTRACT, word(slot));
const send = (ledger: EvmLedger, slot: number, value: number): void => {
  const fields = { type: 2, nonce: ledger.nextNonce(RICH), gasLimit: 200_000n } as const;
  const fees = { maxFee: 10n ** 10n, maxPriorityFee: 0n, value: 0n, accessList: [] };
  ledger.submitAs(RICH, { ...fields, ...fees, to: CONTRACT, data: storing(slot, value) });
  ledger.produce();
};

test("a zeroed slot of the base stays zero, and comes back when its block is undone", async () => {
  const { ledger } = await fork();
  expect(slotOf(ledger, 1)).toEqual(word(11));
  send(ledger, 1, 0);
  const { height } = ledger.blocks.head;
  expect(slotOf(ledger, 1)).toBeUndefined();
  send(ledger, 1, 5);
  expect(slotOf(ledger, 1)).toEqual(word(5));
  expect(ledger.stateAt(height).read(DOMAIN.STORAGE, CONTRACT, word(1))).toBeUndefined();
  expect(ledger.account(RICH, height - 1).nonce).toBe(0n);
  ledger.reorganise(1, true);
  expect(slotOf(ledger, 1)).toBeUndefined();
  ledger.reorganise(1, true);
  expect(slotOf(ledger, 1)).toEqual(word(11));
});

test("inputs of a fork, impersonated transactions among them, give the same blocks again", async () => {
  const { ledger } = await fork();
  const inputs: LedgerInput[] = [];
  ledger.onInput((input) => inputs.push(input));
  send(ledger, 2, 7);
  send(ledger, 1, 0);
  const { ledger: again } = await fork();
  for (const input of inputs) again.apply(input);
  expect(again.blocks.head.hash).toEqual(ledger.blocks.head.hash);
  expect(again.blocks.head.receipts[0]?.ok).toBe(true);
});

test("an account that does not exist is empty, and a proof is refused", async () => {
  const { ledger } = await fork();
  const nobody = decodeHex("0e".repeat(20));
  expect(ledger.account(nobody)).toEqual({ nonce: 0n, balance: 0n, code: NOTHING });
  expect(() => ledger.proof(RICH, [], ledger.blocks.head.height)).toThrow(FaultError);
});

test("a node that dies fails the call; what was read is read again without it", async () => {
  const first = await fork(folder);
  expect(slotOf(first.ledger, 1)).toEqual(word(11));
  first.ledger.account(RICH);
  await upstream.stop();
  expect(() => slotOf(first.ledger, 3)).toThrow(/was asked eth_getStorageAt 2 times/);
  const [name] = readdirSync(folder);
  const path = join(folder, name!);
  truncateSync(path, statSync(path).size - 3);
  const notes: string[] = [];
  const note = (line: string): void => void notes.push(line);
  const block = first.ledger.blocks.head.height;
  const options = { url: upstream.url, block, folder, patience: PATIENCE, note };
  const again = await openFork(options);
  opened.push(again);
  expect(again.base.state.read(DOMAIN.STORAGE, CONTRACT, word(1))).toEqual(word(11));
  expect(notes[0]).toMatch(/a damaged end of \d+ bytes was cut off/);
  expect(notes[1]).toMatch(/does not answer; what .* has is used/);
  expect(again.base.hash).toEqual(first.fork.base.hash);
}, 60_000);
