import { encodeHex } from "@dragoman/bytes";
import { createAddress } from "@dragoman/frontend-evm";
import type { Authorization, EvmBlock, EvmReceipt, EvmTransaction } from "@dragoman/ledger-evm";
import { BLOB_GAS, NO_UNCLES, tipOf, ZERO_NONCE } from "@dragoman/ledger-evm";

/** An integer as Ethereum's RPC writes it. */
export const quantity = (value: bigint | number): string => `0x${value.toString(16)}`;

/** A block as of `eth_getBlockBy*`; the pending one has neither hash nor nonce. */
export function blockView(block: EvmBlock, isFull: boolean, isPending = false): unknown {
  return {
    ...headerView(block, isPending),
    size: quantity(block.size),
    uncles: [],
    transactions: block.receipts.map((receipt) =>
      isFull
        ? transactionView(receipt.transaction, isPending ? undefined : { block, receipt })
        : encodeHex(receipt.transaction.hash),
    ),
    ...(block.header.withdrawalsRoot === undefined ? {} : { withdrawals: [] }),
    totalDifficulty: "0x0",
  };
}

/** A header as of `eth_subscribe` "newHeads". */
export function headerView({ hash, header }: EvmBlock, isPending = false): object {
  return {
    hash: isPending ? null : encodeHex(hash),
    parentHash: encodeHex(header.parentHash),
    sha3Uncles: encodeHex(NO_UNCLES),
    miner: encodeHex(header.coinbase),
    stateRoot: encodeHex(header.stateRoot),
    transactionsRoot: encodeHex(header.transactionsRoot),
    receiptsRoot: encodeHex(header.receiptsRoot),
    logsBloom: encodeHex(header.bloom),
    difficulty: "0x0",
    number: quantity(header.number),
    gasLimit: quantity(header.gasLimit),
    gasUsed: quantity(header.gasUsed),
    timestamp: quantity(header.timestamp),
    extraData: encodeHex(header.extraData),
    mixHash: encodeHex(header.prevRandao),
    nonce: isPending ? null : encodeHex(ZERO_NONCE),
    baseFeePerGas: quantity(header.baseFee),
    ...laterFields(header),
  };
}

/** Fields that came with Shanghai, Cancun and Prague. */
function laterFields(header: EvmBlock["header"]): object {
  const { withdrawalsRoot, blobGasUsed, excessBlobGas, parentBeaconRoot, requestsHash } = header;
  return {
    ...(withdrawalsRoot && { withdrawalsRoot: encodeHex(withdrawalsRoot) }),
    ...(blobGasUsed === undefined ? {} : { blobGasUsed: quantity(blobGasUsed) }),
    ...(excessBlobGas === undefined ? {} : { excessBlobGas: quantity(excessBlobGas) }),
    ...(parentBeaconRoot && { parentBeaconBlockRoot: encodeHex(parentBeaconRoot) }),
    ...(requestsHash && { requestsHash: encodeHex(requestsHash) }),
  };
}

/** Where a transaction stands. */
export interface Placement {
  readonly block: EvmBlock;
  readonly receipt: EvmReceipt;
}

/** A transaction as of `eth_getTransactionBy*`; without a place it waits in the pool. */
export function transactionView(tx: EvmTransaction, placed: Placement | undefined): unknown {
  const { type, chainId } = tx;
  const price =
    placed === undefined
      ? tx.maxFee
      : placed.block.header.baseFee + tipOf(tx, placed.block.header.baseFee);
  return {
    blockHash: placed === undefined ? null : encodeHex(placed.block.hash),
    blockNumber: placed === undefined ? null : quantity(placed.block.height),
    transactionIndex: placed === undefined ? null : quantity(placed.receipt.index),
    hash: encodeHex(tx.hash),
    type: quantity(type),
    ...(chainId === undefined ? {} : { chainId: quantity(chainId) }),
    from: encodeHex(tx.sender),
    to: tx.to === undefined ? null : encodeHex(tx.to),
    nonce: quantity(tx.nonce),
    gas: quantity(tx.gasLimit),
    gasPrice: quantity(price),
    ...(type >= 2
      ? {
          maxFeePerGas: quantity(tx.maxFee),
          maxPriorityFeePerGas: quantity(tx.maxPriorityFee),
        }
      : {}),
    ...(tx.maxBlobFee === undefined
      ? {}
      : {
          maxFeePerBlobGas: quantity(tx.maxBlobFee),
          blobVersionedHashes: tx.blobHashes?.map((hash) => encodeHex(hash)),
        }),
    value: quantity(tx.value),
    input: encodeHex(tx.data),
    ...(type === 0 ? {} : { accessList: tx.accessList.map(accessView), yParity: quantity(tx.v) }),
    ...(tx.authorizations === undefined
      ? {}
      : { authorizationList: tx.authorizations.map(authorizationView) }),
    v: quantity(tx.v),
    r: quantity(tx.r),
    s: quantity(tx.s),
  };
}

const authorizationView = (authorization: Authorization): unknown => ({
  chainId: quantity(authorization.chainId),
  address: encodeHex(authorization.address),
  nonce: quantity(authorization.nonce),
  yParity: quantity(authorization.yParity),
  r: quantity(authorization.r),
  s: quantity(authorization.s),
});

const accessView = ({ address, slots }: EvmTransaction["accessList"][number]): unknown => ({
  address: encodeHex(address),
  storageKeys: slots.map((slot) => encodeHex(slot)),
});

/** A receipt as of `eth_getTransactionReceipt`; of a reverted transaction with `revertReason`, its revert data, as Besu's receipts have it. */
export function receiptView({ block, receipt }: Placement): unknown {
  const { transaction: tx } = receipt;
  return {
    transactionHash: encodeHex(tx.hash),
    transactionIndex: quantity(receipt.index),
    blockHash: encodeHex(block.hash),
    blockNumber: quantity(block.height),
    from: encodeHex(tx.sender),
    to: tx.to === undefined ? null : encodeHex(tx.to),
    cumulativeGasUsed: quantity(receipt.cumulativeGasUsed),
    gasUsed: quantity(receipt.gasUsed),
    effectiveGasPrice: quantity(receipt.gasPrice),
    // Of a creation that failed too, as go-ethereum has it.
    contractAddress: tx.to === undefined ? encodeHex(createAddress(tx.sender, tx.nonce)) : null,
    logs: logViews({ block, receipt }, false),
    logsBloom: encodeHex(receipt.bloom),
    status: receipt.ok ? "0x1" : "0x0",
    ...(receipt.ok ? {} : { revertReason: encodeHex(receipt.output) }),
    type: quantity(tx.type),
    ...(receipt.blobGasPrice === undefined
      ? {}
      : {
          blobGasUsed: quantity(BigInt(tx.blobHashes?.length ?? 0) * BLOB_GAS),
          blobGasPrice: quantity(receipt.blobGasPrice),
        }),
  };
}

/** Logs of a transaction. `removed`: the block was undone. */
export function logViews({ block, receipt }: Placement, removed: boolean): object[] {
  return receipt.logs.map(({ account, topics, data }, i) => ({
    address: encodeHex(account),
    topics: topics.map((topic) => encodeHex(topic)),
    data: encodeHex(data),
    blockHash: encodeHex(block.hash),
    blockNumber: quantity(block.height),
    blockTimestamp: quantity(block.timestamp),
    transactionHash: encodeHex(receipt.transaction.hash),
    transactionIndex: quantity(receipt.index),
    logIndex: quantity(receipt.firstLog + i),
    removed,
  }));
}
