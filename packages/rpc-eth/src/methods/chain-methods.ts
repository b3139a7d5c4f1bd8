import { encodeHex } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import type { EvmBlock, EvmLedger } from "@dragoman/ledger-evm";
import type { RpcMethod } from "@dragoman/rpc-server";
import { readData, readHash, readHeight, readNumber } from "../read-params.ts";
import { blockView, quantity, receiptView, transactionView } from "../views.ts";

const CLIENT = "dragoman/0.1.0";

/** Blocks and transactions as they stand in the chain. */
export function chainMethods(ledger: EvmLedger): Record<string, RpcMethod> {
  const { blocks } = ledger;
  const byNumber = (tag: unknown): EvmBlock | undefined => {
    const at = readHeight(ledger, tag);
    return at === "pending" ? ledger.pendingBlock() : blocks.at(at);
  };
  const byHash = (hash: unknown): EvmBlock | undefined => blocks.find(readHash(hash));
  const nth = (block: EvmBlock | undefined, index: unknown): unknown => {
    const receipt = block?.receipts[readNumber(index, "index")];
    return receipt && transactionView(receipt.transaction, { block: block!, receipt });
  };
  const count = (block: EvmBlock | undefined): unknown =>
    block && quantity(block.transactions.length);
  return {
    web3_clientVersion: () => CLIENT,
    web3_sha3: ([data]) => encodeHex(keccak256(readData(data, "data"))),
    net_version: () => ledger.chainId.toString(),
    net_listening: () => true,
    net_peerCount: () => "0x0",
    eth_chainId: () => quantity(ledger.chainId),
    eth_syncing: () => false,
    eth_mining: () => false,
    eth_coinbase: () => encodeHex(blocks.head.header.coinbase),
    eth_blockNumber: () => quantity(blocks.head.height),
    eth_getBlockByNumber: ([tag, isFull]) => {
      const block = byNumber(tag);
      return block && blockView(block, isFull === true, tag === "pending");
    },
    eth_getBlockByHash: ([hash, isFull]) => {
      const block = byHash(hash);
      return block && blockView(block, isFull === true);
    },
    eth_getBlockTransactionCountByNumber: ([tag]) => count(byNumber(tag)),
    eth_getBlockTransactionCountByHash: ([hash]) => count(byHash(hash)),
    eth_getUncleCountByBlockNumber: ([tag]) => byNumber(tag) && "0x0",
    eth_getUncleCountByBlockHash: ([hash]) => byHash(hash) && "0x0",
    eth_getBlockReceipts: ([tag]) => {
      const isHash = typeof tag === "string" && tag.length === 66;
      const block = isHash ? byHash(tag) : byNumber(tag);
      return block?.receipts.map((receipt) => receiptView({ block, receipt }));
    },
    eth_getTransactionByHash: ([hash]) => {
      const id = readHash(hash);
      const placed = ledger.find(id);
      const tx = placed?.receipt.transaction ?? ledger.pending(id);
      return tx && transactionView(tx, placed);
    },
    eth_getTransactionByBlockHashAndIndex: ([hash, index]) => nth(byHash(hash), index),
    eth_getTransactionByBlockNumberAndIndex: ([tag, index]) => nth(byNumber(tag), index),
    eth_getRawTransactionByHash: ([hash]) => {
      const id = readHash(hash);
      const tx = ledger.find(id)?.receipt.transaction ?? ledger.pending(id);
      return tx && encodeHex(tx.raw);
    },
    eth_getTransactionReceipt: ([hash]) => {
      const placed = ledger.find(readHash(hash));
      return placed && receiptView(placed);
    },
    eth_pendingTransactions: () =>
      [...ledger.pendingTransactions()].map((tx) => transactionView(tx, undefined)),
    txpool_status: () => {
      const all = [...ledger.pendingTransactions()].length;
      const ready = ledger.pendingCount;
      return { pending: quantity(ready), queued: quantity(all - ready) };
    },
  };
}
