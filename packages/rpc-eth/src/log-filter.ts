import { encodeHex } from "@dragoman/bytes";
import type { EvmBlock, EvmLedger } from "@dragoman/ledger-evm";
import { RpcError, refuseParams } from "@dragoman/rpc-server";
import {
  readAddress,
  readArray,
  readHash,
  readHeight,
  readRecord,
  SERVER_ERROR,
} from "./read-params.ts";
import { logViews } from "./views.ts";

/** Logs that one answer holds at most. */
const LOGS_MAX = 100_000;
/** Alternatives of a filter's address or topic, as in geth. */
const ALTERNATIVES_MAX = 1000;

/** Which logs are asked for. Hex in lower case. */
export interface LogFilter {
  /** Undefined: any. */
  readonly addresses: ReadonlySet<string> | undefined;
  /** By position; undefined: any topic, or none. */
  readonly topics: readonly (ReadonlySet<string> | undefined)[];
}

/** The address and topics of a filter object. */
export function readLogFilter(value: unknown): LogFilter {
  const { address, topics } = readRecord(value ?? {}, "filter");
  const lists = readArray(topics ?? [], "topics");
  if (lists.length > 4) refuseParams("exceed max topics");
  return {
    addresses: readChoice(address, (item) => encodeHex(readAddress(item))),
    topics: lists.map((list) => readChoice(list, (item) => encodeHex(readHash(item, "topic")))),
  };
}

function readChoice(
  value: unknown,
  read: (item: unknown) => string,
): ReadonlySet<string> | undefined {
  if (value === undefined || value === null) return undefined;
  const items = Array.isArray(value) ? value : [value];
  if (items.length > ALTERNATIVES_MAX)
    refuseParams(`exceed max addresses or topics: ${items.length}`);
  // A null among alternatives means any; so does an empty list.
  return items.length === 0 || items.includes(null) ? undefined : new Set(items.map(read));
}

/** Logs of a block that the filter lets through. */
export function matchingLogs(block: EvmBlock, filter: LogFilter, removed = false): object[] {
  return block.receipts.flatMap((receipt) =>
    receipt.logs.some((log) => matches(log, filter))
      ? logViews({ block, receipt }, removed).filter((_, i) => matches(receipt.logs[i]!, filter))
      : [],
  );
}

function matches(
  log: { readonly account: Uint8Array; readonly topics: readonly Uint8Array[] },
  { addresses, topics }: LogFilter,
): boolean {
  if (addresses !== undefined && !addresses.has(encodeHex(log.account))) return false;
  if (log.topics.length < topics.length) return false;
  return topics.every((choice, i) => choice === undefined || choice.has(encodeHex(log.topics[i]!)));
}

/** The logs that `eth_getLogs` answers with: of one block by hash, or of a range of heights. */
export function findLogs(ledger: EvmLedger, value: unknown): object[] {
  const { fromBlock, toBlock, blockHash } = readRecord(value ?? {}, "filter");
  const filter = readLogFilter(value);
  if (blockHash !== undefined && blockHash !== null) {
    if (fromBlock != null || toBlock != null) {
      refuseParams("cannot specify both BlockHash and FromBlock/ToBlock, choose one or the other");
    }
    const block = ledger.blocks.find(readHash(blockHash, "blockHash"));
    if (block === undefined) throw new RpcError(SERVER_ERROR, "unknown block");
    return matchingLogs(block, filter);
  }
  const head = ledger.blocks.head.height;
  const heightOf = (tag: unknown): number => {
    const at = readHeight(ledger, tag);
    return at === "pending" ? head : at;
  };
  const [from, to] = [heightOf(fromBlock), heightOf(toBlock)];
  if (from > to) throw new RpcError(-32602, "invalid block range params");
  const logs: object[] = [];
  for (let height = from; height <= Math.min(to, head); height++) {
    logs.push(...matchingLogs(ledger.blocks.at(height)!, filter));
    if (logs.length > LOGS_MAX) {
      throw new RpcError(-32005, `query returned more than ${LOGS_MAX} results`);
    }
  }
  return logs;
}
