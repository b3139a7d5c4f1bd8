import { decodeHex } from "@dragoman/bytes";
import type { ForkName } from "@dragoman/frontend-evm";
import type { WorldAccount } from "../evm/case.ts";
import { ZERO_BLOB_HASH as ZERO_BLOB_HASH_HEX } from "../evm/precompile-inputs.ts";
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

type Body = Pick<TransactionPlan, "to" | "value" | "data"> & { readonly note: string };

const NOTHING = new Uint8Array(0);
const ZERO_BLOB_HASH = decodeHex(ZERO_BLOB_HASH_HEX);
const SCRIPT_NAMES = Object.keys(SCRIPTED_CONTRACTS) as ScriptName[];

/** Gas before the code runs, at most (EIP-2028, EIP-3860, EIP-2930, EIP-7702), and the floor (EIP-7623): where limits are interesting. */
function gasBounds(plan: TransactionPlan): { before: bigint; floor: bigint } {
  const { data, to, accessList, authorizations } = plan;
  const zeros = data.filter((byte) => byte === 0).length;
  const tokens = zeros + 4 * (data.length - zeros);
  let before = 21_000 + 4 * tokens + authorizations.length * 25_000;
  if (to === undefined) before += 32_000 + 2 * Math.ceil(data.length / 32);
  for (const [, slots] of accessList) before += 2_400 + 1_900 * slots.length;
  return { before: BigInt(before), floor: BigInt(21_000 + 10 * tokens) };
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
    const type = hasBlobs
      ? 3
      : kind < 2
        ? 0
        : kind < 4
          ? 1
          : kind < 7 || body.to === undefined
            ? 2
            : 4;
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
    const least = floor < before ? before : floor;
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

interface Flaw {
  readonly name: string;
  /** anvil accepts it all the same. */
  readonly anvilAccepts?: true;
  change(plan: TransactionPlan, random: Random, baseFee: bigint): Partial<TransactionPlan>;
}

/** What makes a transaction invalid, one fault each. */
const FLAWS: readonly Flaw[] = [
  { name: "no blobs", change: (plan) => blobs(plan, []) },
  { name: "six blobs", change: (plan) => blobs(plan, new Array(6).fill(ZERO_BLOB_HASH)) },
  { name: "seven blobs", change: (plan) => blobs(plan, new Array(7).fill(ZERO_BLOB_HASH)) },
  { name: "ten blobs", change: (plan) => blobs(plan, new Array(10).fill(ZERO_BLOB_HASH)) },
  {
    name: "blob hash of another version",
    change: (plan) =>
      blobs(plan, [Uint8Array.from(ZERO_BLOB_HASH, (byte, i) => (i === 0 ? 2 : byte))]),
  },
  {
    name: "no fee for blobs",
    change: (plan) => ({ ...blobs(plan, [ZERO_BLOB_HASH]), maxBlobFee: 0n }),
  },
  {
    name: "more fee for blobs than there is",
    change: (plan) => ({ ...blobs(plan, [ZERO_BLOB_HASH]), maxBlobFee: 10n ** 18n }),
  },
  { name: "nonce too low", change: ({ nonce }) => ({ nonce: nonce === 0n ? 1n : nonce - 1n }) },
  { name: "nonce too high", change: ({ nonce }) => ({ nonce: nonce + 1n }) },
  {
    name: "gas below what it pays beforehand",
    change: (plan) => ({ gasLimit: gasBounds(plan).before - 1n }),
  },
  {
    name: "gas below the floor",
    change: (plan) => ({ gasLimit: gasBounds(plan).floor - 1n, data: new Uint8Array(500).fill(1) }),
  },
  { name: "gas above the cap", change: () => ({ gasLimit: (1n << 24n) + 1n }) },
  { name: "gas at the cap", change: () => ({ gasLimit: 1n << 24n }) },
  { name: "gas above the block's", change: () => ({ gasLimit: 60_000_001n }) },
  {
    name: "fee below the base fee",
    change: (_, __, baseFee) => ({ maxFee: baseFee - 1n, maxPriorityFee: 0n }),
  },
  {
    name: "tip above the fee",
    change: ({ maxFee }) => ({ type: 2, maxPriorityFee: maxFee + 1n, authorizations: [] }),
  },
  { name: "more value than there is", change: () => ({ value: 10n ** 21n }) },
  { name: "more fee than there is", change: () => ({ maxFee: 10n ** 20n }) },
  { name: "another chain", change: () => ({ chainId: 2n }) },
  // EIP-2: a signature with a larger s than half of the order is not valid.
  { name: "high s", anvilAccepts: true, change: () => ({ flaw: "high-s" }) },
  { name: "wrong parity", change: () => ({ flaw: "wrong-parity" }) },
  { name: "no parity", change: () => ({ flaw: "parity-2" }) },
  { name: "r is zero", change: () => ({ flaw: "zero-r" }) },
  {
    name: "no authorizations",
    change: () => ({ type: 4, to: PROGRAMS[0] as bigint, authorizations: [] }),
  },
  {
    name: "delegates and creates",
    change: (_, random) => ({ type: 4, to: undefined, data: random.bytes(3) }),
  },
  {
    name: "initcode too large",
    change: () => ({
      type: 2,
      to: undefined,
      authorizations: [],
      data: new Uint8Array(49_153),
      gasLimit: 4_000_000n,
    }),
  },
  {
    name: "initcode of the largest size",
    change: () => ({
      type: 2,
      to: undefined,
      authorizations: [],
      data: new Uint8Array(49_152),
      gasLimit: 4_000_000n,
    }),
  },
  { name: "nonce at the end", change: () => ({ nonce: (1n << 64n) - 1n }) },
];

/** As a transaction with these blobs. */
const blobs = (
  { to }: TransactionPlan,
  blobHashes: readonly Uint8Array[],
): Partial<TransactionPlan> => ({
  type: 3,
  chainId: CHAIN_ID,
  to: to ?? (PROGRAMS[0] as bigint),
  authorizations: [],
  blobHashes,
  maxBlobFee: 10n ** 9n,
});
