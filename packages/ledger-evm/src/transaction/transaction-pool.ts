import { encodeHex } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";
import { costMax } from "./check-transaction.ts";
import type { EvmTransaction } from "./evm-transaction.ts";

/** Transactions of one sender that wait at most: next ones and later ones. */
const PER_SENDER_MAX = 4096;
/** A replacement pays this percentage of what it replaces, of each fee. */
const REPLACEMENT_PERCENT = 110n;
/** The same where blobs would be spread again. */
const BLOB_REPLACEMENT_PERCENT = 200n;

interface Waiting {
  readonly tx: EvmTransaction;
  readonly arrival: number;
}

/** Checked transactions that wait for a block, by sender and nonce. */
export class TransactionPool {
  readonly #bySender = new Map<string, Map<bigint, Waiting>>();
  readonly #byHash = new Map<string, EvmTransaction>();
  #arrivals = 0;

  /** An independent copy. */
  copy(): TransactionPool {
    const copy = new TransactionPool();
    for (const [sender, queue] of this.#bySender) copy.#bySender.set(sender, new Map(queue));
    for (const [hash, tx] of this.#byHash) copy.#byHash.set(hash, tx);
    copy.#arrivals = this.#arrivals;
    return copy;
  }

  find(hash: Uint8Array): EvmTransaction | undefined {
    return this.#byHash.get(encodeHex(hash));
  }

  /** Those of a sender, by nonce. */
  of(sender: Uint8Array): ReadonlyMap<bigint, { readonly tx: EvmTransaction }> {
    return this.#bySender.get(encodeHex(sender)) ?? NONE;
  }

  *all(): Iterable<EvmTransaction> {
    yield* this.#byHash.values();
  }

  /**
   * Adds a transaction; it replaces one of the same sender and nonce if it pays a tenth more. Fault: INVALID_TRANSACTION in the words of geth
   * (core/txpool/errors.go).
   */
  add(tx: EvmTransaction): void {
    const sender = encodeHex(tx.sender);
    const queue = this.#bySender.get(sender) ?? new Map<bigint, Waiting>();
    const replaced = queue.get(tx.nonce)?.tx;
    if (replaced !== undefined && !outbids(tx, replaced)) {
      refuse("INVALID_TRANSACTION", undefined, "replacement transaction underpriced");
    }
    if (replaced === undefined && queue.size >= PER_SENDER_MAX) {
      refuse("INVALID_TRANSACTION", undefined, "account limit exceeded: pooled transactions");
    }
    this.#put(sender, queue, tx);
  }

  /** Takes back a transaction of an undone block, if nothing has its place. */
  putBack(tx: EvmTransaction): void {
    const sender = encodeHex(tx.sender);
    const queue = this.#bySender.get(sender) ?? new Map<bigint, Waiting>();
    if (!queue.has(tx.nonce)) this.#put(sender, queue, tx);
  }

  #put(sender: string, queue: Map<bigint, Waiting>, tx: EvmTransaction): void {
    const replaced = queue.get(tx.nonce)?.tx;
    if (replaced !== undefined) this.#byHash.delete(encodeHex(replaced.hash));
    queue.set(tx.nonce, { tx, arrival: this.#arrivals++ });
    this.#bySender.set(sender, queue);
    this.#byHash.set(encodeHex(tx.hash), tx);
  }

  remove(tx: EvmTransaction): void {
    const sender = encodeHex(tx.sender);
    const queue = this.#bySender.get(sender);
    const waiting = queue?.get(tx.nonce);
    if (queue === undefined || waiting === undefined) return;
    queue.delete(tx.nonce);
    this.#byHash.delete(encodeHex(waiting.tx.hash));
    if (queue.size === 0) this.#bySender.delete(sender);
  }

  /** Removes what can never be included because its nonce is used. */
  prune(nonceOf: (sender: Uint8Array) => bigint): void {
    for (const queue of [...this.#bySender.values()]) {
      const waiting = [...queue.values()];
      const next = nonceOf(waiting[0]!.tx.sender);
      for (const { tx } of waiting) if (tx.nonce < next) this.remove(tx);
    }
  }

  /**
   * What a block can take, in its order: each sender's by nonce without a gap, the largest tip first, then the earliest. A sender's run ends
   * where a base fee is not met or the balance no longer covers it.
   */
  candidates(
    accountOf: (sender: Uint8Array) => { readonly nonce: bigint; readonly balance: bigint },
    { baseFee, blobBaseFee }: BlockFees,
  ): EvmTransaction[] {
    const runs: Waiting[][] = [];
    for (const queue of this.#bySender.values()) {
      const first = queue.values().next().value!;
      const run = runOf(queue, accountOf(first.tx.sender), { baseFee, blobBaseFee });
      // Reversed: the next one is taken from the end.
      if (run.length > 0) runs.push(run.reverse());
    }
    const ordered: EvmTransaction[] = [];
    while (runs.length > 0) {
      let best = 0;
      for (let i = 1; i < runs.length; i++) {
        if (comesBefore(runs[i]!.at(-1)!, runs[best]!.at(-1)!, baseFee)) best = i;
      }
      ordered.push(runs[best]!.pop()!.tx);
      if (runs[best]!.length === 0) runs.splice(best, 1);
    }
    return ordered;
  }
}

/** What a block asks for a unit of gas and of blob gas, wei. */
export interface BlockFees {
  readonly baseFee: bigint;
  readonly blobBaseFee: bigint;
}

const NONE: ReadonlyMap<bigint, Waiting> = new Map();

function runOf(
  queue: ReadonlyMap<bigint, Waiting>,
  account: { readonly nonce: bigint; readonly balance: bigint },
  { baseFee, blobBaseFee }: BlockFees,
): Waiting[] {
  const run: Waiting[] = [];
  let { balance } = account;
  for (let nonce = account.nonce; ; nonce++) {
    const waiting = queue.get(nonce);
    if (waiting === undefined || waiting.tx.maxFee < baseFee) return run;
    if (waiting.tx.maxBlobFee !== undefined && waiting.tx.maxBlobFee < blobBaseFee) return run;
    balance -= costMax(waiting.tx);
    if (balance < 0n) return run;
    run.push(waiting);
  }
}

function comesBefore(a: Waiting, b: Waiting, baseFee: bigint): boolean {
  const [tipOfA, tipOfB] = [tipOf(a.tx, baseFee), tipOf(b.tx, baseFee)];
  return tipOfA === tipOfB ? a.arrival < b.arrival : tipOfA > tipOfB;
}

/** What the block's author gets of a unit of gas (EIP-1559), wei. */
export function tipOf(
  tx: Pick<EvmTransaction, "maxFee" | "maxPriorityFee">,
  baseFee: bigint,
): bigint {
  const room = tx.maxFee - baseFee;
  if (room < tx.maxPriorityFee) return room;
  return tx.maxPriorityFee;
}

function outbids(tx: EvmTransaction, old: EvmTransaction): boolean {
  const hasBlobs = tx.type === 3 || old.type === 3;
  const percent = hasBlobs ? BLOB_REPLACEMENT_PERCENT : REPLACEMENT_PERCENT;
  const isMore = (next: bigint, last: bigint): boolean => next * 100n >= last * percent;
  return (
    isMore(tx.maxFee, old.maxFee) &&
    isMore(tx.maxPriorityFee, old.maxPriorityFee) &&
    isMore(tx.maxBlobFee ?? 0n, old.maxBlobFee ?? 0n)
  );
}
