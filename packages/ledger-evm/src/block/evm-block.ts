import type { LogEntry } from "@dragoman/core";
import { keccak256 } from "@dragoman/crypto";
import type { LedgerBlock } from "@dragoman/ledger";
import type { EvmTransaction } from "../transaction/evm-transaction.ts";
import { integerBytes, rlpList, rlpString } from "../trie/rlp.ts";
import { EMPTY_ROOT, orderedRoot, type Trie } from "../trie/trie.ts";
import { BLOOM_BYTES } from "./bloom.ts";

/** What a transaction did in its block. */
export interface EvmReceipt {
  readonly transaction: EvmTransaction;
  /** Position in the block. */
  readonly index: number;
  readonly ok: boolean;
  /** The engine's outcome: 0x100 = reverted, from 0x200 on an exceptional halt. */
  readonly outcome: number;
  /** What it returned, or why it reverted. */
  readonly output: Uint8Array;
  readonly gasUsed: bigint;
  /** Of this and all transactions before it in the block. */
  readonly cumulativeGasUsed: bigint;
  /** Wei a unit of gas. */
  readonly gasPrice: bigint;
  /** Wei a unit of blob gas, of a transaction with blobs. */
  readonly blobGasPrice?: bigint;
  readonly logs: readonly LogEntry[];
  /** Position of the first log among those of the block. */
  readonly firstLog: number;
  readonly bloom: Uint8Array;
  readonly created: Uint8Array | undefined;
}

/** Fields of a header that differ from block to block. */
export interface EvmHeader {
  readonly parentHash: Uint8Array;
  readonly coinbase: Uint8Array;
  readonly stateRoot: Uint8Array;
  readonly transactionsRoot: Uint8Array;
  readonly receiptsRoot: Uint8Array;
  readonly bloom: Uint8Array;
  readonly number: number;
  readonly gasLimit: bigint;
  readonly gasUsed: bigint;
  /** Seconds since 1970-01-01. */
  readonly timestamp: number;
  readonly extraData: Uint8Array;
  readonly prevRandao: Uint8Array;
  /** Wei a unit of gas (EIP-1559). */
  readonly baseFee: bigint;
  /** Since Shanghai (EIP-4895). */
  readonly withdrawalsRoot?: Uint8Array;
  /** Since Cancun (EIP-4844). */
  readonly blobGasUsed?: bigint;
  readonly excessBlobGas?: bigint;
  /** Since Cancun (EIP-4788). */
  readonly parentBeaconRoot?: Uint8Array;
  /** Since Prague (EIP-7685). */
  readonly requestsHash?: Uint8Array;
}

/** A block with all that was computed of it. */
export interface EvmBlock extends LedgerBlock {
  readonly header: EvmHeader;
  readonly transactions: readonly EvmTransaction[];
  readonly receipts: readonly EvmReceipt[];
  /** What it asks of the consensus layer, each a type and its data (EIP-7685). */
  readonly requests: readonly Uint8Array[];
  /** The state after it. */
  readonly state: Trie;
  /** Bytes of its RLP with transactions. */
  readonly size: number;
}

/** Hash of the RLP of no uncles. */
export const NO_UNCLES = keccak256(rlpList([]));
export const NO_WITHDRAWALS = EMPTY_ROOT;
export const ZERO_HASH = new Uint8Array(32);
export const ZERO_NONCE = new Uint8Array(8);

/** A header since Paris in RLP, as long as its fork has it; its keccak-256 is the block's hash. */
export function encodeHeader(header: EvmHeader): Uint8Array {
  const fields = [
    header.parentHash,
    NO_UNCLES,
    header.coinbase,
    header.stateRoot,
    header.transactionsRoot,
    header.receiptsRoot,
    header.bloom,
    integerBytes(0),
    integerBytes(header.number),
    integerBytes(header.gasLimit),
    integerBytes(header.gasUsed),
    integerBytes(header.timestamp),
    header.extraData,
    header.prevRandao,
    ZERO_NONCE,
    integerBytes(header.baseFee),
    ...laterFields(header),
  ];
  return rlpList(fields.map(rlpString));
}

function laterFields(header: EvmHeader): Uint8Array[] {
  const { withdrawalsRoot, blobGasUsed, excessBlobGas, parentBeaconRoot, requestsHash } = header;
  const numbers = [blobGasUsed, excessBlobGas].map((n) => (n === undefined ? n : integerBytes(n)));
  return [withdrawalsRoot, ...numbers, parentBeaconRoot, requestsHash].filter(
    (field) => field !== undefined,
  );
}

const indexKey = (index: number): Uint8Array => rlpString(integerBytes(index));

export const transactionsRoot = (transactions: readonly EvmTransaction[]): Uint8Array =>
  orderedRoot(
    transactions.map(({ raw }) => raw),
    indexKey,
  );

export const receiptsRoot = (receipts: readonly EvmReceipt[]): Uint8Array =>
  orderedRoot(receipts.map(encodeReceipt), indexKey);

/** A receipt in its consensus form (EIP-2718, EIP-658). */
export function encodeReceipt(receipt: EvmReceipt): Uint8Array {
  const { ok, cumulativeGasUsed, bloom, logs, transaction } = receipt;
  const body = rlpList([
    rlpString(integerBytes(ok ? 1 : 0)),
    rlpString(integerBytes(cumulativeGasUsed)),
    rlpString(bloom),
    rlpList(
      logs.map(({ account, topics, data }) =>
        rlpList([rlpString(account), rlpList(topics.map(rlpString)), rlpString(data)]),
      ),
    ),
  ]);
  if (transaction.type === 0) return body;
  const typed = new Uint8Array(1 + body.length);
  typed[0] = transaction.type;
  typed.set(body, 1);
  return typed;
}

/** Makes a block of a header and what it stands for. */
export function sealBlock(
  header: EvmHeader,
  transactions: readonly EvmTransaction[],
  receipts: readonly EvmReceipt[],
  requests: readonly Uint8Array[],
  state: Trie,
): EvmBlock {
  const encoded = encodeHeader(header);
  const bodies = transactions.map(({ raw, type }) => (type === 0 ? raw : rlpString(raw)));
  const withdrawals = header.withdrawalsRoot === undefined ? [] : [rlpList([])];
  const size = rlpList([encoded, rlpList(bodies), rlpList([]), ...withdrawals]).length;
  const { number: height, parentHash, timestamp } = header;
  const hash = keccak256(encoded);
  return {
    ...{ height, hash, parentHash, timestamp },
    ...{ header, transactions, receipts, requests, state, size },
  };
}

/** Bloom filter of a block: what any of its receipts' filters has. */
export function blockBloom(receipts: readonly EvmReceipt[]): Uint8Array {
  const whole = new Uint8Array(BLOOM_BYTES);
  for (const { bloom } of receipts) {
    for (let i = 0; i < BLOOM_BYTES; i++) whole[i]! |= bloom[i]!;
  }
  return whole;
}
