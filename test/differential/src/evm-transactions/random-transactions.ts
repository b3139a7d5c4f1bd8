import type { ForkName } from "@dragoman/frontend-evm";
import type { WorldAccount } from "../evm/case.ts";
import type { Random } from "../evm/random.ts";
import { CHAIN_ID, type SealedTransaction } from "./block-case.ts";
import { AuthorizationWriter } from "./random-authorizations.ts";
import { initcode, scriptInput } from "./random-data.ts";
import { PROGRAMS, SENDER_KEYS, TARGETS } from "./random-world.ts";
import { SCRIPTED_CONTRACTS, type ScriptName } from "./scripted-contracts.ts";
import {
  KEY_ADDRESSES,
  KEY_COUNT,
  sealTransaction,
  type TransactionPlan,
} from "./sealed-transaction.ts";
import { DEPOSIT_CONTRACT } from "./system-contracts.ts";
import { FLAWS, type Flaw, gasBounds, ZERO_BLOB_HASH } from "./transaction-flaws.ts";

type Body = Pick<TransactionPlan, "to" | "value" | "data"> & { readonly note: string };

const NOTHING = new Uint8Array(0);
const SCRIPT_NAMES = Object.keys(SCRIPTED_CONTRACTS) as ScriptName[];

/** Type by a kind below 10; creations are never of the last one. */
function typeOf(kind: number, creates: boolean): 0 | 1 | 2 | 4 {
  if (kind < 2) return 0;
  if (kind < 4) return 1;
  return kind < 7 || creates ? 2 : 4;
}

/** Writes the signed transactions of a case; knows what nonces senders should have. */
export class TransactionWriter {
  readonly #random: Random;
  readonly #nonces: bigint[];
  readonly #authorizations: AuthorizationWriter;
  readonly #flaws: readonly Flaw[];
  readonly #fork: ForkName;
  readonly #full: boolean;
  /** Keys whose nonce an authorization of this block may have moved: a pool does not know it yet. */
  readonly #moved = new Set<number>();
  /** Keys that sent something in this block. */
  readonly #busy = new Set<number>();

  constructor(
    random: Random,
    accounts: readonly WorldAccount[],
    { fork, full }: { readonly fork: ForkName; readonly full: boolean },
  ) {
    this.#fork = fork;
    this.#full = full;
    this.#flaws = full ? FLAWS : FLAWS.filter((flaw) => flaw.anvilAccepts !== true);
    this.#random = random;
    const known = new Map(accounts.map(({ address, nonce }) => [address, nonce]));
    this.#nonces = KEY_ADDRESSES.map((address) => known.get(address) ?? 0n);
    this.#authorizations = new AuthorizationWriter(random, this.#nonces, accounts);
  }

  /** Transactions of one block with this base fee. */
  block(count: number, baseFee: bigint): SealedTransaction[] {
    this.#moved.clear();
    this.#busy.clear();
    return Array.from({ length: count }, () => this.#transaction(baseFee));
  }

  #transaction(baseFee: bigint): SealedTransaction {
    const random = this.#random;
    const key = this.#sender();
    const idle = this.#idle();
    if (key === undefined || (idle.length > 0 && random.chance(8))) {
      return sealTransaction(this.#refused(idle, baseFee), this.#fork);
    }
    const plan = this.#valid(key, baseFee);
    this.#busy.add(key);
    this.#nonces[key] = plan.nonce + 1n;
    for (const moved of this.#authorizations.apply(plan)) this.#moved.add(moved);
    return sealTransaction(plan, this.#fork);
  }

  /** Keys of which a pool knows nothing yet. */
  #idle(): number[] {
    const keys = [...Array(SENDER_KEYS).keys()];
    return keys.filter((key) => !this.#moved.has(key) && !this.#busy.has(key));
  }

  #sender(): number | undefined {
    const free = [...Array(SENDER_KEYS).keys()].filter((key) => !this.#moved.has(key));
    return free.length === 0 ? undefined : this.#random.pick(free);
  }

  /** A transaction that should be valid. */
  #valid(key: number, baseFee: bigint): TransactionPlan {
    const random = this.#random;
    const body = this.#body();
    const kind = random.below(10);
    const hasBlobs = body.to !== undefined && random.chance(3);
    const type = hasBlobs ? 3 : typeOf(kind, body.to === undefined);
    const spread = random.pick([0n, 1n, 10n, baseFee]);
    const maxFee = baseFee + spread;
    const draft: TransactionPlan = {
      ...body,
      type,
      chainId: type === 0 && random.chance(30) ? undefined : CHAIN_ID,
      nonce: this.#nonces[key] as bigint,
      maxFee,
      maxPriorityFee: random.pick([0n, 1n, spread, maxFee]),
      gasLimit: 0n,
      accessList: type === 0 ? [] : this.#accessList(),
      authorizations: type === 4 ? this.#authorizations.list(key) : [],
      blobHashes: hasBlobs ? new Array(1 + random.below(2)).fill(ZERO_BLOB_HASH) : [],
      maxBlobFee: hasBlobs ? random.pick([1n, 2n, 1000n, 10n ** 9n]) : 0n,
      key,
      flaw: "none",
      note: "",
    };
    const note = `type ${type} ${body.note} from key ${key}`;
    return { ...draft, note, gasLimit: this.#gasLimit(draft) };
  }

  #gasLimit(plan: TransactionPlan): bigint {
    const random = this.#random;
    const { before, floor } = gasBounds(plan);
    const least = BigInt(Math.max(before, floor));
    const kind = random.below(20);
    if (kind === 0) return least;
    if (kind < 4) return least + BigInt(random.below(5_000));
    if (kind < 8) return least + BigInt(random.below(60_000));
    if (kind === 8) return 5_000_000n;
    return least + 300_000n + BigInt(random.below(700_000));
  }

  #accessList(): [bigint, bigint[]][] {
    const random = this.#random;
    if (random.chance(60)) return [];
    return Array.from({ length: random.below(4) }, () => [
      random.pick(TARGETS),
      Array.from({ length: random.below(4) }, () => BigInt(random.below(4))),
    ]);
  }

  /** What a transaction does. */
  #body(): Body {
    const random = this.#random;
    const value = random.chance(70) ? 0n : BigInt(random.below(20));
    if (this.#full && random.chance(6)) {
      const data = random.bytes(80);
      return { to: DEPOSIT_CONTRACT.address, value, data, note: "deposit" };
    }
    const kind = random.below(20);
    if (kind < 2) {
      const data = random.chance(60) ? NOTHING : random.bytes(random.below(200));
      const to = random.chance(60) ? random.pick(TARGETS) : (random.pick(KEY_ADDRESSES) as bigint);
      return { to, value, data, note: `to ${to.toString(16)}` };
    }
    if (kind < 6) {
      const to = random.pick(PROGRAMS);
      return {
        to,
        value,
        data: random.bytes(random.below(100)),
        note: `program ${to.toString(16)}`,
      };
    }
    if (kind < 8) return { to: undefined, value, data: initcode(random), note: "create" };
    if (kind < 9) {
      // Much data and little work: the floor decides.
      const data = new Uint8Array(random.below(3000)).fill(random.chance(50) ? 0 : 1);
      return { to: random.pick(TARGETS), value, data, note: "data" };
    }
    if (kind < 12) {
      // An account that may be delegated, with input for the script that it may run.
      const to = KEY_ADDRESSES[random.below(16)] as bigint;
      return {
        to,
        value,
        data: scriptInput(random, random.pick(SCRIPT_NAMES)),
        note: `key account ${to.toString(16)}`,
      };
    }
    const script = random.pick(SCRIPT_NAMES);
    return {
      to: SCRIPTED_CONTRACTS[script].address,
      value,
      data: scriptInput(random, script),
      note: script,
    };
  }

  /** A transaction that should not be valid, from an account that sends nothing else in this block. */
  #refused(idle: readonly number[], baseFee: bigint): TransactionPlan {
    const random = this.#random;
    const strangers = KEY_COUNT - SENDER_KEYS;
    const key =
      idle.length > 0 && random.chance(80)
        ? random.pick(idle)
        : SENDER_KEYS + random.below(strangers);
    const plan = this.#valid(key, baseFee);
    this.#moved.add(key);
    const spoil = random.pick(this.#flaws);
    return { ...plan, ...spoil.change(plan, random, baseFee), note: `${plan.note}, ${spoil.name}` };
  }
}
