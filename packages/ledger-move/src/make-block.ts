import type { CellChange, StateReader } from "@dragoman/core";
import { FaultError } from "@dragoman/fault";
import { executeTransaction } from "./execution/execute-transaction.ts";
import { SUCCESS } from "./execution/execution-status.ts";
import type { MoveMachine } from "./execution/move-machine.ts";
import { journalState, writeTime } from "./journal-state.ts";
import {
  blockHash,
  type CommittedTransaction,
  type MoveBlock,
  metadataHash,
  sealTransaction,
} from "./move-block.ts";
import type { SignedTransaction } from "./transaction/transaction.ts";
import { checkAgainstState } from "./transaction/validate.ts";

/** What a block is made of. */
export interface BlockContent {
  readonly timestamp: number;
  readonly salt: number;
  /** Their signatures are good. */
  readonly transactions: readonly SignedTransaction[];
}

/** Executes a block on the state after `parent`. Transactions that the state refuses are left out. */
export function makeBlock(
  machine: MoveMachine,
  chainId: number,
  state: StateReader,
  parent: MoveBlock,
  { timestamp, salt, transactions }: BlockContent,
): { readonly block: MoveBlock; readonly changes: readonly CellChange[] } {
  const engine = machine.engine(state);
  const { journal } = engine;
  const height = parent.height + 1;
  const firstVersion = parent.firstVersion + parent.transactions.length;
  const committed: CommittedTransaction[] = [];
  let { accumulatorHash } = parent.transactions[parent.transactions.length - 1]!;
  const commit = (transaction: Parameters<typeof sealTransaction<Unsealed>>[0]): void => {
    const sealed = sealTransaction(transaction, accumulatorHash);
    committed.push(sealed);
    accumulatorHash = sealed.accumulatorHash;
  };
  const beginning = journal.checkpoint();
  writeTime(journal, timestamp);
  commit({
    kind: "metadata",
    version: firstVersion,
    height,
    hash: metadataHash(parent.hash, height, salt),
    status: SUCCESS,
    gasUsed: 0n,
    changes: journal.changesSince(beginning),
    events: [],
  });
  const context = { state: journalState(journal), chainId, timestamp };
  for (const signed of transactions) {
    if (!isAdmitted(signed, context)) continue;
    const result = executeTransaction(machine, engine, signed);
    const version = firstVersion + committed.length;
    commit({ kind: "user", version, height, hash: signed.hash, signed, ...result });
  }
  const hash = blockHash(parent.hash, height, timestamp, salt, accumulatorHash);
  const place = { height, hash, parentHash: parent.hash, timestamp, salt };
  return {
    block: { ...place, firstVersion, transactions: committed },
    changes: journal.changes(),
  };
}

type WithoutHashes<T> = T extends unknown
  ? Omit<T, "stateChangeHash" | "eventHash" | "accumulatorHash">
  : never;
type Unsealed = WithoutHashes<CommittedTransaction>;

function isAdmitted(
  signed: SignedTransaction,
  context: Parameters<typeof checkAgainstState>[1],
): boolean {
  try {
    checkAgainstState(signed, context);
    return true;
  } catch (error) {
    if (error instanceof FaultError) return false;
    throw error;
  }
}
