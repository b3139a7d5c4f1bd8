import { encodeBase58 } from "@dragoman/bytes";
import {
  decodeMessage,
  decodeTransaction,
  describeError,
  feeOf,
  readComputeBudget,
  type SvmTransactionEnvelope,
  transferFromFaucet,
  V1_MAX,
} from "@dragoman/ledger-svm";
import { RPC_ERROR, RpcError, type RpcMethod } from "@dragoman/rpc-server";
import { contextBlock, inContext } from "./commitment.ts";
import type { SolanaNode } from "./node.ts";
import { address, config, encodedBytes, integer } from "./params.ts";
import { blockhashValue, readTransaction, refuseSignatures } from "./read-transaction.ts";
import { type Simulation, simulateEnvelope } from "./simulate-transaction.ts";
import { SOLANA_ERROR } from "./solana-error.ts";

/** Methods that send transactions, and what is needed to make them. */
export function sendMethods(node: SolanaNode): Record<string, RpcMethod> {
  const { ledger, producer, faucet } = node;
  let airdrops = 0;
  let lastTurn: Promise<unknown> = Promise.resolve();
  /** Whether the signatures are good. Many are checked at once, and answered in the order in which they were asked for. */
  const verifyInTurn = (transaction: SvmTransactionEnvelope): Promise<boolean> => {
    const verified = ledger.verify(transaction);
    const turn = lastTurn.then(() => verified);
    lastTurn = turn.catch(() => undefined);
    return turn;
  };
  return {
    sendTransaction: async ([encoded, options]) => {
      const from = config(options);
      const transaction = readTransaction(encoded, from.encoding);
      if (!(await verifyInTurn(transaction))) refuseSignatures();
      const [id] = transaction.signatures as [Uint8Array];
      if (ledger.isPending(id)) return encodeBase58(id);
      if (from.skipPreflight === true) checkIncludable(node, transaction);
      else preflight(node, transaction);
      return encodeBase58(producer.submit(transaction.wire));
    },
    requestAirdrop: ([to, lamports]) => {
      const id = address(to);
      const amount = BigInt(integer(lamports));
      if (faucet === undefined) {
        throw new RpcError(RPC_ERROR.INTERNAL, "This node has no faucet");
      }
      airdrops += 1;
      const recentBlockhash = ledger.blocks.head.hash;
      const transfer = { to: id, lamports: amount, recentBlockhash, number: airdrops };
      const wire = transferFromFaucet(faucet, transfer);
      preflight(node, decodeTransaction(wire));
      return encodeBase58(producer.submit(wire));
    },
    getLatestBlockhash: ([options]) => {
      const block = contextBlock(ledger, config(options));
      return inContext(block, blockhashValue(block));
    },
    isBlockhashValid: ([blockhash, options]) => {
      const hash = address(blockhash);
      return inContext(contextBlock(ledger, config(options)), ledger.isRecent(hash));
    },
    getFeeForMessage: ([encoded, options]) => {
      const block = contextBlock(ledger, config(options));
      const message = decodeMessage(encodedBytes(encoded, "base64", V1_MAX.BYTES));
      const asked = readComputeBudget(message);
      const isPayable = "budget" in asked && ledger.isRecent(message.recentBlockhash);
      return inContext(block, isPayable ? Number(feeOf(message, asked.budget)) : null);
    },
  };
}

/** Refuses a transaction that would fail, with the words and data of a node's preflight check. */
function preflight(node: SolanaNode, transaction: SvmTransactionEnvelope): void {
  const refused = node.ledger.check(transaction, { verifies: false });
  const outcome: Simulation =
    refused === undefined
      ? simulateEnvelope(node.ledger, transaction)
      : { error: refused, logs: [] };
  if (outcome.error !== undefined) throw preflightError(outcome);
}

/**
 * Without preflight a real node takes whatever is signed, and drops later what no block can hold: a stale blockhash, a payer who cannot pay. Here
 * the sender hears of it at once; what merely fails is taken.
 */
function checkIncludable({ ledger }: SolanaNode, transaction: SvmTransactionEnvelope): void {
  const stale = ledger.check(transaction, { verifies: false });
  if (stale === "AlreadyProcessed") return;
  if (stale !== undefined) throw preflightError({ error: stale, logs: [] });
  const { result } = ledger.simulate(transaction);
  if ("refused" in result) throw preflightError({ error: result.refused, logs: [] });
}

function preflightError({ error, logs, executed }: Simulation): RpcError {
  return new RpcError(
    SOLANA_ERROR.SEND_TRANSACTION_PREFLIGHT_FAILURE,
    `Transaction simulation failed: ${describeError(error!)}`,
    {
      accounts: null,
      err: error,
      innerInstructions: null,
      logs,
      replacementBlockhash: null,
      returnData: null,
      unitsConsumed: executed?.unitsConsumed ?? 0,
    },
  );
}
