import {
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { encodeHex } from "@dragoman/bytes";
import { LedgerClock } from "@dragoman/ledger";
import { afterAll, expect, test } from "vitest";
import type { DevNode, DevNodeOptions } from "./dev-chain.ts";
import { keepLedger } from "./ledger-file.ts";
import { startAptosNode } from "./nodes/aptos-node.ts";
import { startEvmNode } from "./nodes/evm-node.ts";
import { startPolkadotNode } from "./nodes/polkadot-node.ts";
import { startSolanaNode } from "./nodes/solana-node.ts";

const folder = mkdtempSync(join(tmpdir(), "dragoman-ledgers-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const lines: string[] = [];
const log = (line: string): void => void lines.push(line);

type Start = (options: DevNodeOptions) => Promise<DevNode>;
let seconds = 1_790_000_000;

/** A node whose clock a test moves, on any port. */
const open = (start: Start): Promise<DevNode> =>
  start({ clock: new LedgerClock(() => seconds * 1000), host: "127.0.0.1", ports: {}, log });

const headOf = (node: DevNode): string => encodeHex(node.ledger.blocks.head.hash);

const NODES: readonly (readonly [string, Start])[] = [
  ["Ethereum", startEvmNode],
  ["Solana", startSolanaNode],
  ["Aptos", startAptosNode],
  ["Polkadot", startPolkadotNode],
];

test.each(NODES)(
  "%s: a file gives the same blocks again, after reorganisations and restored snapshots too",
  async (name, start) => {
    const file = join(folder, `${name}.ledger`);
    const node = await open(start);
    const kept = keepLedger(node.ledger, file, log);
    const produce = (count: number): void => {
      for (let i = 0; i < count; i++) {
        seconds += 1;
        node.ledger.produce();
      }
    };
    produce(3);
    node.ledger.reorganise(1);
    produce(2);
    const snapshot = node.ledger.snapshot();
    produce(8);
    // Beyond what a reorganisation may undo.
    node.ledger.restore(snapshot);
    produce(2);
    const other = node.ledger.snapshot();
    node.ledger.restore(snapshot);
    produce(1);
    node.ledger.restore(other);
    produce(1);
    kept.close();
    const again = await open(start);
    keepLedger(again.ledger, file, log).close();
    expect(headOf(again)).toBe(headOf(node));
    expect(again.ledger.blocks.head.height).toBe(7);

    // A last record that is cut short is the newest block gone, and the chain goes on from there.
    truncateSync(file, statSync(file).size - 1);
    const cut = await open(start);
    const resumed = keepLedger(cut.ledger, file, log);
    expect(cut.ledger.blocks.head.height).toBe(6);
    cut.ledger.produce();
    resumed.close();
    const last = await open(start);
    keepLedger(last.ledger, file, log).close();
    expect(headOf(last)).toBe(headOf(cut));
    await Promise.all([node, again, cut, last].map((each) => each.close()));
  },
  60_000,
);

test("a file of another genesis is kept aside, and told of", async () => {
  const file = join(folder, "foreign.ledger");
  writeFileSync(file, new Uint8Array(40).fill(7));
  const node = await open(startEvmNode);
  keepLedger(node.ledger, file, log).close();
  expect(readFileSync(`${file}.old`)).toHaveLength(40);
  expect(existsSync(file)).toBe(true);
  expect(lines.at(-1)).toContain("another genesis");
  await node.close();
});
