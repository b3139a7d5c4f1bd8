import { decodeHex } from "@dragoman/bytes";
import { BlockProducer, LedgerClock } from "@dragoman/ledger";
import { type EvmBlock, EvmLedger } from "@dragoman/ledger-evm";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { type OpenedFork, openFork } from "./open-fork.ts";
import { startUpstream, type Upstream } from "./testing/start-upstream.ts";

const PATIENCE = { timeoutMs: 5_000, retries: 1, backoffMs: 10 };
const WAIT = { timeout: 20_000, interval: 20 };
const RICH = decodeHex("a1".repeat(20));
const OTHER = decodeHex("b2".repeat(20));

let upstream: Upstream;
let opened: OpenedFork | undefined;
const producers: BlockProducer<EvmBlock>[] = [];
beforeAll(async () => {
  upstream = await startUpstream();
}, 60_000);
afterEach(() => {
  for (const producer of producers.splice(0)) producer.stop();
  opened?.close();
});
afterAll(() => upstream?.stop());

/** The same chain again on the same port: its first block has the same hash. */
const comeBack = async (): Promise<void> => {
  upstream = await startUpstream(Number(new URL(upstream.url).port));
};

async function forkedLedger(): Promise<EvmLedger> {
  opened = await openFork({ url: upstream.url, block: 0, patience: PATIENCE });
  const { chainId, base } = opened;
  const clock = new LedgerClock(() => base.header.timestamp * 1000);
  const accounts = [[RICH, { balance: 10n ** 18n }]] as const;
  const ledger = new EvmLedger({ clock, genesis: { chainId, base, accounts }, finalityDepth: 32 });
  base.state.prefetch([RICH, OTHER].map((address) => ({ address, slots: [] })));
  return ledger;
}

test("blocks by interval wait for a node that died, and go on when it is back", async () => {
  const ledger = await forkedLedger();
  const lines: string[] = [];
  const report = (line: string): void => void lines.push(line);
  producers.push(new BlockProducer(ledger, { kind: "interval", ms: 30 }, report));
  await vi.waitFor(() => expect(ledger.blocks.head.height).toBeGreaterThan(1), WAIT);
  expect(lines).toEqual([]);
  await upstream.stop();
  await vi.waitFor(() => expect(lines.length).toBeGreaterThan(1), WAIT);
  expect(lines[0]).toMatch(
    /^no block this time: .*127\.0\.0\.1.* was asked .* 2 times and did not answer/,
  );
  const { height } = ledger.blocks.head;
  await comeBack();
  await vi.waitFor(() => expect(ledger.blocks.head.height).toBeGreaterThan(height + 1), WAIT);
}, 90_000);

test("a transaction whose block fails is answered with the fault, leaves the pool, and can be sent again", async () => {
  const ledger = await forkedLedger();
  const producer = new BlockProducer<EvmBlock>(ledger, { kind: "instant" });
  producers.push(producer);
  let admitted = 0;
  ledger.onPending(() => {
    admitted += 1;
  });
  const fields = { type: 2, nonce: 0n, gasLimit: 21_000n, to: OTHER, value: 7n } as const;
  const rest = { data: new Uint8Array(0), accessList: [], maxFee: 10n ** 10n, maxPriorityFee: 0n };
  const send = () => producer.submitBy(() => ledger.submitAs(RICH, { ...fields, ...rest }));
  await upstream.stop();
  expect(send).toThrow(
    expect.objectContaining({
      fault: expect.objectContaining({ name: "INVALID_FORK_CONNECTION" }),
    }),
  );
  expect([admitted, [...ledger.pendingTransactions()].length]).toEqual([1, 0]);
  expect([ledger.blocks.head.height, ledger.nextNonce(RICH)]).toEqual([0, 0n]);
  await comeBack();
  const hash = send();
  expect(ledger.find(hash)?.receipt.ok).toBe(true);
  expect(ledger.account(OTHER).balance).toBe(7n);
}, 90_000);
