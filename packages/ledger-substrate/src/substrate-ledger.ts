import { encodeHex } from "@dragoman/bytes";
import type { CellChange } from "@dragoman/core";
import { assert, FaultError, refuse } from "@dragoman/fault";
import {
  BlockChain,
  BlockOrigins,
  type ChainSnapshot,
  type Ledger,
  type LedgerClock,
  type LedgerInput,
  type LedgerSnapshot,
} from "@dragoman/ledger";
import type { ExtrinsicOutcome } from "./block/apply-extrinsic.ts";
import { type BuiltBlock, buildBlock, openBlock } from "./block/build-block.ts";
import { Execution } from "./block/execution.ts";
import { openGenesis, type SubstrateGenesis } from "./block/genesis.ts";
import type { SubstrateBlock } from "./block/substrate-block.ts";
import { TransactionPool } from "./block/transaction-pool.ts";
import { decodeDecree, encodeDecree, type SubstrateDecree } from "./decree.ts";
import { checkExtrinsic, type KnownSignatures } from "./extrinsic/check-extrinsic.ts";
import { decodeExtrinsic, type Extrinsic, signerOf } from "./extrinsic/extrinsic.ts";
import { VALIDITY_ERRORS, type ValidityError } from "./extrinsic/transaction-validity.ts";
import { accountInfo } from "./runtime/accounts.ts";
import { type ReadStorage, readerOf } from "./storage/storage.ts";

export interface SubstrateLedgerOptions {
  readonly clock: LedgerClock;
  readonly genesis: SubstrateGenesis;
  /** Blocks that stand on a final one. */
  readonly finalityDepth: number;
}

interface SubstrateSnapshot extends LedgerSnapshot {
  readonly chain: ChainSnapshot<SubstrateBlock>;
  readonly pool: readonly Extrinsic[];
}

/** Where an extrinsic is. */
export interface PlacedExtrinsic {
  readonly block: SubstrateBlock;
  readonly index: number;
  readonly outcome: ExtrinsicOutcome;
}

const SIGNATURES_MAX = 50_000;
/** Extrinsics that wait at most; what comes then is refused, as by Substrate's pool. */
const POOL_MAX = 8192;

/** A Substrate chain in memory. */
export class SubstrateLedger implements Ledger<SubstrateBlock> {
  readonly blocks: BlockChain<SubstrateBlock>;
  readonly pool = new TransactionPool();
  readonly genesisHash: Uint8Array;
  readonly #clock: LedgerClock;
  readonly #known: KnownSignatures = new Map();
  /** Canonical extrinsics by hash. */
  readonly #placed = new Map<string, PlacedExtrinsic>();
  /** What made each block, so that a restored one can be recorded again. */
  readonly #origins = new BlockOrigins<SubstrateBlock>();
  readonly #listeners = new Set<(input: LedgerInput) => void>();
  #salt = 0;

  constructor({ clock, genesis, finalityDepth }: SubstrateLedgerOptions) {
    this.#clock = clock;
    const { block, state } = openGenesis(genesis);
    this.genesisHash = block.hash;
    this.blocks = new BlockChain(block, state, finalityDepth);
  }

  get pendingCount(): number {
    return this.pool.readyCount;
  }

  /** The extrinsic in the canonical chain; undefined if it is not there. */
  find(hash: Uint8Array): PlacedExtrinsic | undefined {
    return this.#placed.get(encodeHex(hash));
  }

  /** Reads raw storage as the canonical block at `height` left it. */
  storageAt(height: number): ReadStorage {
    const head = readerOf(this.blocks.state);
    const top = this.blocks.head.height;
    return (key) => {
      const name = encodeHex(key);
      for (let at = height + 1; at <= top; at++) {
        const change: CellChange | undefined = this.blocks.at(at)!.changes.get(name);
        if (change !== undefined) return change.before;
      }
      return head(key);
    };
  }

  /** Storage keys with a prefix after the canonical block at `height`, in order. */
  keysAt(height: number, prefix: Uint8Array): readonly Uint8Array[] {
    const state = this.blocks.stateAt(height);
    assert(state !== undefined, "keys are read at canonical blocks");
    const keys: Uint8Array[] = [];
    for (const { key } of state.cells()) {
      if (prefix.every((byte, i) => key[i] === byte)) keys.push(key);
    }
    return keys.sort((a, b) => Buffer.compare(a, b));
  }

  /** An execution on the state of the canonical block at `height`, of the block itself; its writes go nowhere. */
  executionAt(height: number): Execution {
    const block = this.blocks.at(height);
    assert(block !== undefined, "code runs at canonical blocks");
    const { parentHash, timestamp } = block;
    return new Execution(this.storageAt(height), { number: height, parentHash, timestamp });
  }

  /** Next number of an account: after the head, and behind what waits. */
  nonces(account: Uint8Array): { readonly included: number; readonly pending: number } {
    const included = this.#nonceOf(account);
    return { included, pending: this.pool.nextNonce(account, included) };
  }

  /** Why the extrinsic cannot come into the next block; undefined if it can. */
  check(extrinsic: Extrinsic): ValidityError | undefined {
    const { head, state } = this.blocks;
    const execution = openBlock(readerOf(state), head, this.#timestamp());
    return checkExtrinsic(execution, extrinsic, this.genesisHash, this.#known);
  }

  submit(bytes: Uint8Array): Uint8Array {
    const extrinsic = decodeExtrinsic(new Uint8Array(bytes));
    const { hash } = extrinsic;
    if (this.pool.has(hash) || this.find(hash) !== undefined) return hash;
    const why = this.check(extrinsic);
    if (why !== undefined && why !== "Future") refuseTransaction(why);
    const rival = this.pool.rival(extrinsic);
    if (rival !== undefined) {
      const [older, newer] = [rival.signed!.tip, extrinsic.signed!.tip];
      if (newer <= older) {
        const found = `another transaction of this number waits, with the tip ${older}; this has ${newer}`;
        refuse("NONCE_MISMATCH", undefined, found, { priority: newer, least: older });
      }
      this.pool.remove(rival.hash, { kind: "usurped", by: hash });
    }
    if (this.pool.size >= POOL_MAX) {
      const found = `the pool holds ${POOL_MAX} transactions`;
      refuse("INVALID_TRANSACTION", undefined, found, { poolMax: POOL_MAX });
    }
    this.pool.add(extrinsic);
    this.pool.sort((account) => this.#nonceOf(account), signerOf(extrinsic.signed!));
    return hash;
  }

  produce(): SubstrateBlock {
    const timestamp = this.#timestamp();
    const salt = this.#salt;
    const block = this.#append(timestamp, salt, this.pool.extrinsics);
    const transactions = block.extrinsics.filter(({ signed }) => signed).map(({ bytes }) => bytes);
    this.#tell(this.#recorded(block, { kind: "block", timestamp, transactions, salt }));
    return block;
  }

  /** Sets raw storage by decree, in a block of its own. */
  decree(decree: SubstrateDecree): SubstrateBlock {
    const block = this.#append(this.blocks.head.timestamp, this.#salt, [], decree);
    this.#tell(this.#recorded(block, { kind: "decree", payload: encodeDecree(decree) }));
    return block;
  }

  reorganise(depth: number, drop = false): void {
    this.#undone(this.blocks.reorganise(depth), drop);
    this.#tell({ kind: "reorg", depth });
  }

  snapshot(): LedgerSnapshot {
    const snapshot: SubstrateSnapshot = {
      height: this.blocks.head.height,
      chain: this.blocks.snapshot(),
      pool: this.pool.extrinsics,
    };
    return snapshot;
  }

  restore(snapshot: LedgerSnapshot): void {
    const { chain, pool } = snapshot as SubstrateSnapshot;
    this.#salt++;
    this.#placed.clear();
    this.pool.replaceAll(pool);
    for (const { block } of chain.links) this.#place(block);
    const inputs = this.#origins.inputsTo(this.blocks, chain);
    this.blocks.restore(chain);
    this.#sortPool();
    for (const input of inputs) this.#tell(input);
  }

  apply(input: LedgerInput): void {
    switch (input.kind) {
      case "block":
        this.#salt = Math.max(this.#salt, input.salt);
        this.#recorded(
          this.#append(input.timestamp, input.salt, input.transactions.flatMap(tryDecode)),
          input,
        );
        return;
      case "reorg":
        // What waited when the log was written is not in it; a restored snapshot goes below final blocks.
        this.#undone(this.blocks.undo(input.depth), true);
        return;
      case "decree": {
        const { timestamp } = this.blocks.head;
        const decrees = decodeDecree(input.payload);
        this.#recorded(this.#append(timestamp, this.#salt, [], decrees), input);
      }
    }
  }

  onInput(listener: (input: LedgerInput) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #append(
    timestamp: number,
    salt: number,
    candidates: readonly Extrinsic[],
    decrees: SubstrateDecree = [],
  ): SubstrateBlock {
    const { head, state } = this.blocks;
    const recipe = {
      parent: head,
      genesisHash: this.genesisHash,
      timestamp,
      salt,
      candidates,
      decrees,
    };
    const { block, refused }: BuiltBlock = buildBlock(readerOf(state), recipe, this.#known);
    if (this.#known.size > SIGNATURES_MAX) this.#known.clear();
    for (const { hash } of block.extrinsics) this.pool.remove(hash);
    // Before subscribers hear of the block, its extrinsics can be found.
    this.#place(block);
    this.blocks.append(block, [...block.changes.values()]);
    for (const { extrinsic } of refused) this.pool.remove(extrinsic.hash, { kind: "invalid" });
    this.#sortPool();
    return block;
  }

  #undone(removed: readonly SubstrateBlock[], drop: boolean): void {
    this.#salt++;
    const back = removed
      .toReversed()
      .flatMap(({ extrinsics }) => extrinsics.filter(({ signed }) => signed));
    for (const { hash } of back) this.#placed.delete(encodeHex(hash));
    if (!drop) this.pool.replaceAll([...back, ...this.pool.extrinsics]);
    this.#sortPool();
  }

  #place(block: SubstrateBlock): void {
    for (const [index, { hash, signed }] of block.extrinsics.entries()) {
      if (signed === undefined) continue;
      this.#placed.set(encodeHex(hash), { block, index, outcome: block.outcomes[index]! });
    }
  }

  #nonceOf(account: Uint8Array): number {
    return accountInfo(this.executionAt(this.blocks.head.height), account).nonce;
  }

  #sortPool(): void {
    this.pool.sort((account) => this.#nonceOf(account));
  }

  /** Time of the next block, seconds since 1970-01-01. */
  #timestamp(): number {
    return Math.max(this.#clock.seconds(), this.blocks.head.timestamp);
  }

  #recorded(block: SubstrateBlock, input: LedgerInput): LedgerInput {
    this.#origins.record(block, input);
    return input;
  }

  #tell(input: LedgerInput): void {
    for (const listener of [...this.#listeners]) listener(input);
  }
}

/** Refuses with the fault of a validity error; `validity` in the context names it. */
function refuseTransaction(why: ValidityError): never {
  const [sentence, name] = VALIDITY_ERRORS[why];
  refuse(name, undefined, sentence, { validity: why });
}

/** Recorded bytes as an extrinsic; nothing if they are none. */
function tryDecode(bytes: Uint8Array): Extrinsic[] {
  try {
    return [decodeExtrinsic(bytes)];
  } catch (error) {
    if (error instanceof FaultError) return [];
    throw error;
  }
}
