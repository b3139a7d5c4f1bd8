import { ByteReader, decodeHex, encodeHex } from "@dragoman/bytes";
import {
  blake2b256,
  encode,
  type SubstrateBlock,
  type SubstrateLedger,
} from "@dragoman/ledger-substrate";
import { RpcError, type RpcMethod, refuseParams, type Subscriptions } from "@dragoman/rpc-server";
import { CHAIN_ERROR } from "../chain-error.ts";
import { blockOf, bytesOf, listOf, textOf } from "../parameters.ts";
import type { RuntimeApiMethod } from "../runtime-api/runtime-api.ts";
import { metadata, RUNTIME_APIS, runtimeVersion } from "../runtime-api/runtime-apis.ts";
import { feed } from "./feed.ts";

/** Keys that one page has at most, as Substrate's node. */
const PAGE_MAX = 1000;

const RUNTIME_METHODS: ReadonlyMap<string, RuntimeApiMethod> = new Map(
  RUNTIME_APIS.flatMap(({ name, methods }) =>
    Object.entries(methods).map(([method, run]) => [`${name}_${method}`, run] as const),
  ),
);

function versionJson(): object {
  const version = runtimeVersion();
  return {
    specName: version.spec_name,
    implName: version.impl_name,
    authoringVersion: version.authoring_version,
    specVersion: version.spec_version,
    implVersion: version.impl_version,
    apis: version.apis.map(([id, number]) => [encodeHex(id), number]),
    transactionVersion: version.transaction_version,
    systemVersion: version.system_version,
    stateVersion: version.system_version,
  };
}

function callRuntime(ledger: SubstrateLedger, params: readonly unknown[]): string {
  const [name, data, at] = params;
  const method = RUNTIME_METHODS.get(textOf(name, "method"));
  if (method === undefined) {
    const why = `Client error: Execution failed: Other: Exported method ${name} is not found`;
    throw new RpcError(CHAIN_ERROR.CLIENT, why);
  }
  const execution = ledger.executionAt(blockOf(ledger, at).height);
  const reader = new ByteReader(bytesOf(data, "data"));
  const inputs = Object.entries(method.inputs).map(
    ([input, shape]) => [input, shape.read(reader)] as const,
  );
  reader.finish();
  const result = method.run({ ledger, execution }, Object.fromEntries(inputs));
  return encodeHex(encode(method.output, result));
}

type Entries = [key: string, value: string | null][];

/** `state_*`: storage, metadata, runtime calls. */
export function stateMethods(
  ledger: SubstrateLedger,
  subscriptions: Subscriptions,
): [string, RpcMethod][] {
  const read = (key: unknown, at: unknown): Uint8Array | undefined =>
    ledger.storageAt(blockOf(ledger, at).height)(bytesOf(key, "key"));
  const entriesAt = (keys: readonly string[], { height }: SubstrateBlock): Entries => {
    const storage = ledger.storageAt(height);
    return keys.map((key) => {
      const value = storage(decodeHex(key));
      return [key, value === undefined ? null : encodeHex(value)];
    });
  };
  const keysOf = (keys: unknown): readonly string[] =>
    listOf(keys, "keys").map((key) => encodeHex(bytesOf(key, "key")));
  const keysPaged = (
    prefix: unknown,
    count: number,
    start: unknown,
    at: unknown,
  ): readonly string[] => {
    const all = ledger.keysAt(
      blockOf(ledger, at).height,
      prefix === null || prefix === undefined ? new Uint8Array(0) : bytesOf(prefix, "prefix"),
    );
    const hex = all.map(encodeHex);
    const after = start === null || start === undefined ? "" : textOf(start, "start key");
    return hex.filter((key) => key > after).slice(0, count);
  };
  return [
    ["state_getMetadata", ([at]) => blockOf(ledger, at) && encodeHex(metadata(14))],
    ["state_getRuntimeVersion", ([at]) => blockOf(ledger, at) && versionJson()],
    ["state_call", (params) => callRuntime(ledger, params)],
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
    ["state_getKeys", ([prefix, at]) => keysPaged(prefix, Number.POSITIVE_INFINITY, null, at)],
    [
      "state_getKeysPaged",
      ([prefix, count, start, at]) => {
        if (typeof count !== "number" || count < 0 || count > PAGE_MAX) {
          return refuseParams(`Invalid params: a page has 0 to ${PAGE_MAX} keys`);
        }
        return keysPaged(prefix, count, start, at);
      },
    ],
    [
      "state_queryStorageAt",
      ([keys, at]) => {
        const block = blockOf(ledger, at);
        return [{ block: encodeHex(block.hash), changes: entriesAt(keysOf(keys), block) }];
      },
    ],
    [
      "state_queryStorage",
      ([keys, from, to]) => {
        const [first, last] = [blockOf(ledger, from), blockOf(ledger, to)];
        const names = keysOf(keys);
        const sets: { block: string; changes: Entries }[] = [];
        let before = new Map<string, string | null>();
        for (let at = first.height; at <= last.height; at++) {
          const block = ledger.blocks.at(at)!;
          const entries = entriesAt(names, block);
          const changes = entries.filter(([key, value]) => before.get(key) !== value);
          if (changes.length > 0) sets.push({ block: encodeHex(block.hash), changes });
          before = new Map(entries);
        }
        return sets;
      },
    ],
    ...feed(
      subscriptions,
      {
        open: "state_subscribeRuntimeVersion",
        close: "state_unsubscribeRuntimeVersion",
        event: "state_runtimeVersion",
      },
      (send) => {
        send(versionJson());
        return () => {};
      },
    ),
    ...feed(
      subscriptions,
      {
        open: "state_subscribeStorage",
        close: "state_unsubscribeStorage",
        event: "state_storage",
      },
      (send, [keys]) => {
        const names = keysOf(keys);
        let before = new Map<string, string | null>();
        const tell = (): void => {
          const { head } = ledger.blocks;
          const entries = entriesAt(names, head);
          const changes = entries.filter(([key, value]) => before.get(key) !== value);
          before = new Map(entries);
          if (changes.length > 0) send({ block: encodeHex(head.hash), changes });
        };
        tell();
        return ledger.blocks.subscribe(tell);
      },
    ),
  ];
}
