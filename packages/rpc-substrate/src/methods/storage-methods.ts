import { decodeHex, encodeHex } from "@dragoman/bytes";
import { blake2b256, type SubstrateBlock, type SubstrateLedger } from "@dragoman/ledger-substrate";
import { type RpcMethod, refuseParams, type Subscriptions } from "@dragoman/rpc-server";
import { blockOf, bytesOf, listOf, textOf } from "../parameters.ts";
import { feed } from "./feed.ts";

/** Keys that one page has at most, as Substrate's node. */
const PAGE_MAX = 1000;

type Entry = readonly [key: string, value: string | null];

/** What some keys hold after a block. */
function entriesAt(
  ledger: SubstrateLedger,
  keys: readonly string[],
  { height }: SubstrateBlock,
): readonly Entry[] {
  const storage = ledger.storageAt(height);
  return keys.map((key) => {
    const value = storage(decodeHex(key));
    return [key, value === undefined ? null : encodeHex(value)];
  });
}

const keysOf = (keys: unknown): readonly string[] =>
  listOf(keys, "keys").map((key) => encodeHex(bytesOf(key, "key")));

interface KeyRange {
  readonly prefix: unknown;
  /** Keys behind this one. */
  readonly start?: unknown;
  readonly count: number;
  readonly at: unknown;
}

/** Keys with a prefix, in order. */
function keysIn(ledger: SubstrateLedger, { prefix, start, count, at }: KeyRange): string[] {
  const begin = prefix === null || prefix === undefined ? "0x" : textOf(prefix, "prefix");
  const all = ledger.keysAt(blockOf(ledger, at).height, bytesOf(begin, "prefix"));
  const after = start === null || start === undefined ? "" : textOf(start, "start key");
  return all
    .map(encodeHex)
    .filter((key) => key > after)
    .slice(0, count);
}

/** What changed in some keys from block to block of a range; the first block tells all. */
function changesOf(ledger: SubstrateLedger, [keys, from, to]: readonly unknown[]): object[] {
  const [first, last] = [blockOf(ledger, from), blockOf(ledger, to)];
  const diff = differences(keysOf(keys), ledger);
  const sets: object[] = [];
  for (let at = first.height; at <= last.height; at++) {
    const block = ledger.blocks.at(at)!;
    const changes = diff(block);
    if (changes.length > 0) sets.push({ block: encodeHex(block.hash), changes });
  }
  return sets;
}

/** Tells, of one block after the other, which of the keys hold something else than after the block before. */
function differences(
  keys: readonly string[],
  ledger: SubstrateLedger,
): (block: SubstrateBlock) => readonly Entry[] {
  let before = new Map<string, string | null>();
  return (block) => {
    const entries = entriesAt(ledger, keys, block);
    const changes = entries.filter(([key, value]) => before.get(key) !== value);
    before = new Map(entries);
    return changes;
  };
}

/** `state_*` of storage, and who hears of it. */
export function storageMethods(
  ledger: SubstrateLedger,
  subscriptions: Subscriptions,
): [string, RpcMethod][] {
  const read = (key: unknown, at: unknown): Uint8Array | undefined =>
    ledger.storageAt(blockOf(ledger, at).height)(bytesOf(key, "key"));
  return [
    [
      "state_getStorage",
      ([key, at]) => {
        const value = read(key, at);
        return value === undefined ? null : encodeHex(value);
      },
    ],
    [
      "state_getStorageHash",
      ([key, at]) => {
        const value = read(key, at);
        return value === undefined ? null : encodeHex(blake2b256(value));
      },
    ],
    ["state_getStorageSize", ([key, at]) => read(key, at)?.length ?? null],
    [
      "state_getKeys",
      ([prefix, at]) => keysIn(ledger, { prefix, count: Number.POSITIVE_INFINITY, at }),
    ],
    [
      "state_getKeysPaged",
      ([prefix, count, start, at]) => {
        if (typeof count !== "number" || count < 0 || count > PAGE_MAX) {
          return refuseParams(`Invalid params: a page has 0 to ${PAGE_MAX} keys`);
        }
        return keysIn(ledger, { prefix, count, start, at });
      },
    ],
    [
      "state_queryStorageAt",
      ([keys, at]) => {
        const block = blockOf(ledger, at);
        const changes = entriesAt(ledger, keysOf(keys), block);
        return [{ block: encodeHex(block.hash), changes }];
      },
    ],
    ["state_queryStorage", (params) => changesOf(ledger, params)],
    ...feed(
      subscriptions,
      {
        open: "state_subscribeStorage",
        close: "state_unsubscribeStorage",
        event: "state_storage",
      },
      (send, [keys]) => {
        const diff = differences(keysOf(keys), ledger);
        const tell = (): void => {
          const { head } = ledger.blocks;
          const changes = diff(head);
          if (changes.length > 0) send({ block: encodeHex(head.hash), changes });
        };
        tell();
        return ledger.blocks.subscribe(tell);
      },
    ),
  ];
}
