import { encodeBase58, equalBytes } from "@dragoman/bytes";
import type { ExecutedTransaction, SolanaBlock } from "@dragoman/ledger-svm";
import { RpcError, type RpcMethod, refuseParams } from "@dragoman/rpc-server";
import { blockOf, commitmentOf, inContext } from "./commitment.ts";
import { encodeExecuted, encodeKeys, encodeMeta, encodeVersion } from "./encode-transaction.ts";
import type { SolanaNode } from "./node.ts";
import { address, type Config, config, integer, list, numberField, signature } from "./params.ts";
import { SOLANA_ERROR } from "./solana-error.ts";

const SIGNATURES_MAX = 256;
const HISTORY_MAX = 1000;
const BLOCKS_MAX = 500_000;

/** Methods about blocks and transactions that have been. */
export function historyMethods(node: SolanaNode): Record<string, RpcMethod> {
  const { ledger } = node;
  const { blocks } = ledger;
  const newest = (from: Config): number => blockOf(ledger, commitmentOf(from)).height;
  const slotsBetween = (first: number, last: number): number[] =>
    [...blocks.between(first, last)].map(({ height }) => height);
  const blockAt = (slot: unknown, from: Config): SolanaBlock => {
    const height = integer(slot);
    const isKnown = height <= newest(from);
    const block = isKnown ? blocks.at(height) : undefined;
    if (block !== undefined) return block;
    if (isKnown) {
      throw new RpcError(
        SOLANA_ERROR.SLOT_SKIPPED,
        `Slot ${height} was skipped, or missing due to ledger jump to recent snapshot`,
      );
    }
    throw new RpcError(SOLANA_ERROR.BLOCK_NOT_AVAILABLE, `Block not available for slot ${height}`);
  };
  return {
    getSignatureStatuses: ([signatures]) => {
      const ids = list(signatures, SIGNATURES_MAX).map(signature);
      return inContext(
        blocks.head,
        ids.map((id) => statusOf(node, id)),
      );
    },
    getTransaction: ([id, options]) => {
      const from = configOrEncoding(options);
      const placed = ledger.find(signature(id));
      if (placed === undefined || placed.block.height > newest(from)) return null;
      const { height, timestamp } = placed.block;
      return { slot: height, blockTime: timestamp, ...encodeExecuted(placed.executed, from) };
    },
    getBlock: ([slot, options]) => {
      const from = configOrEncoding(options);
      return encodeBlock(node, blockAt(slot, from), from);
    },
    getBlockTime: ([slot]) => blockAt(slot, CONFIRMED).timestamp,
    getBlocks: ([first, last, options]) => {
      const isConfig = typeof last === "object" && last !== null;
      const from = config(isConfig ? last : options);
      const end = isConfig || last === undefined || last === null ? newest(from) : integer(last);
      const start = integer(first);
      if (end - start > BLOCKS_MAX) refuseParams(`Slot range too large; max ${BLOCKS_MAX}`);
      return slotsBetween(start, Math.min(end, newest(from)));
    },
    getBlocksWithLimit: ([first, limit, options]) => {
      const count = integer(limit);
      if (count > BLOCKS_MAX) refuseParams(`Limit too large; max ${BLOCKS_MAX}`);
      const found = slotsBetween(integer(first), newest(config(options)));
      return found.slice(0, count);
    },
    getSignaturesForAddress: ([key, options]) => {
      const id = address(key);
      return signaturesOf(node, id, config(options));
    },
  };
}

const CONFIRMED: Config = { commitment: "confirmed" };

/** Old clients give the encoding alone in place of the object. */
const configOrEncoding = (value: unknown): Config =>
  typeof value === "string" ? { encoding: value } : config(value);

/** How far a block is confirmed, and by how many blocks on it; null = it is final. */
function confirmation(
  { ledger: { blocks } }: SolanaNode,
  block: SolanaBlock,
): { readonly confirmations: number | null; readonly confirmationStatus: string } {
  const isFinal = block.height <= blocks.finalized.height;
  return {
    confirmations: isFinal ? null : blocks.head.number - block.number,
    confirmationStatus: isFinal ? "finalized" : "confirmed",
  };
}

function statusOf(node: SolanaNode, id: Uint8Array): unknown {
  const placed = node.ledger.find(id);
  if (placed === undefined) return null;
  const { error } = placed.executed;
  return {
    slot: placed.block.height,
    ...confirmation(node, placed.block),
    status: error === undefined ? { Ok: null } : { Err: error },
    err: error ?? null,
  };
}

function encodeBlock({ ledger }: SolanaNode, block: SolanaBlock, from: Config): unknown {
  const base = {
    blockhash: encodeBase58(block.hash),
    previousBlockhash: encodeBase58(block.parentHash),
    parentSlot: ledger.blocks.find(block.parentHash)?.height ?? 0,
    blockHeight: block.number,
    blockTime: block.timestamp,
    ...(from.rewards === false ? {} : { rewards: [] }),
  };
  const { transactions } = block;
  switch (from.transactionDetails ?? "full") {
    case "none":
      return base;
    case "signatures":
      return { ...base, signatures: transactions.map(idOf) };
    case "accounts":
      return { ...base, transactions: transactions.map((done) => encodeAccountsOnly(done, from)) };
    case "full":
      return { ...base, transactions: transactions.map((done) => encodeExecuted(done, from)) };
    default:
      return refuseParams(`Invalid params: unknown transactionDetails`);
  }
}

const idOf = ({ transaction }: ExecutedTransaction): string =>
  encodeBase58(transaction.signatures[0]!);

const encodeAccountsOnly = (executed: ExecutedTransaction, from: Config): unknown => ({
  transaction: {
    signatures: executed.transaction.signatures.map((one) => encodeBase58(one)),
    accountKeys: encodeKeys(executed.message),
  },
  meta: encodeMeta(executed, "json"),
  ...encodeVersion(executed, from),
});

/** Transactions that name `key`, newest first, between the signatures `until` and `before`. */
function signaturesOf(node: SolanaNode, key: Uint8Array, from: Config): unknown[] {
  const { ledger } = node;
  const limit = numberField(from, "limit") ?? HISTORY_MAX;
  if (limit < 1 || limit > HISTORY_MAX) refuseParams(`Invalid limit; max ${HISTORY_MAX}`);
  const until = typeof from.until === "string" ? signature(from.until) : undefined;
  const before = typeof from.before === "string" ? signature(from.before) : undefined;
  const start = before && ledger.find(before);
  if (before !== undefined && start === undefined) return [];
  const found: unknown[] = [];
  const newest = blockOf(ledger, commitmentOf(from)).height;
  for (const block of ledger.blocks.downFrom(Math.min(newest, start?.block.height ?? newest))) {
    const { height } = block;
    const last = height === start?.block.height ? start.index : block.transactions.length;
    for (const executed of block.transactions.slice(0, last).reverse()) {
      const { message, transaction } = executed;
      const { signatures } = transaction;
      if (until !== undefined && equalBytes(signatures[0]!, until)) return found;
      if (!message.keys.some((one) => equalBytes(one, key))) continue;
      const { confirmationStatus } = confirmation(node, block);
      found.push({
        ...{ signature: idOf(executed), slot: height, err: executed.error ?? null, memo: null },
        ...{ blockTime: block.timestamp, confirmationStatus },
      });
      if (found.length === limit) return found;
    }
  }
  return found;
}
