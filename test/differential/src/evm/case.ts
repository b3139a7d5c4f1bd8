import { generateProgram, MAIN, OTHER, PLAIN, SENDER, THIRD } from "./generate.ts";
import { Random } from "./random.ts";

export interface WorldAccount {
  readonly address: bigint;
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly code: Uint8Array;
  readonly storage: readonly (readonly [bigint, bigint])[];
}

/** A small world of random programs. */
export interface World {
  readonly accounts: readonly WorldAccount[];
  /** Text of the main program, for people. */
  readonly text: string;
}

/** One message on a small world. */
export interface Case extends World {
  readonly seed: number;
  readonly from: bigint;
  readonly to: bigint;
  readonly value: bigint;
  readonly gas: bigint;
  readonly input: Uint8Array;
}

/** How a case ended, in a form that two machines can be compared by. */
export interface Ending {
  readonly outcome: "ok" | "revert" | "trap";
  readonly why: string;
  readonly gas: bigint;
  readonly refund: bigint;
  readonly output: string;
  readonly logs: readonly string[];
  /** Balances, nonces and slots that are not zero. */
  readonly state: ReadonlyMap<string, string>;
}

export const BLOCK = {
  number: 1234n,
  coinbase: 0xc01ba5en,
  timestamp: 1_700_000_000n,
  prevRandao: 0x123456789abcdefn << 100n,
  gasLimit: 30_000_000n,
  baseFee: 7n,
  blobBaseFee: 1n,
} as const;

/** Versioned hashes of the message's transaction, by BLOBHASH. */
export const BLOB_HASHES: readonly bigint[] = [(1n << 248n) | 0xb10b0n, (1n << 248n) | 0xb10b1n];

/** Cases in a row have the same programs, which so are translated once. */
export const MESSAGES_PER_WORLD = 4;
/** Of a hundred worlds so many have a program beyond 4 KB, which is lifted in chunks. */
const LARGE_PERCENT = 2;

/** The case of a seed; `world` = its world if it was made already. */
export function makeCase(seed: number, world: World = makeWorld(worldOf(seed))): Case {
  const random = new Random(seed ^ 0x5eed);
  const kind = random.below(100);
  const gas =
    kind < 50
      ? 20_000 + random.below(60_000)
      : kind < 87
        ? 60_000 + random.below(120_000)
        : kind < 99
          ? random.below(150_000)
          : 1_000_000;
  return {
    ...world,
    seed,
    from: SENDER,
    to: MAIN,
    value: random.chance(80) ? 0n : BigInt(random.below(10)),
    gas: BigInt(gas),
    input: random.bytes(random.below(100)),
  };
}

/** Seed of the world that a case is in. */
export const worldOf = (seed: number): number => Math.floor(seed / MESSAGES_PER_WORLD);

/** What programs are made of: all instructions, or mostly calls of each other. */
export const WORLD_SHAPES = ["mixed", "calls"] as const;
export type WorldShape = (typeof WORLD_SHAPES)[number];

/** The world of a seed. */
export function makeWorld(seed: number, shape: WorldShape = "mixed"): World {
  const random = new Random(seed);
  const isLarge = random.chance(LARGE_PERCENT);
  const program = (budget: number) => generateProgram(random, budget, undefined, shape === "calls");
  const main = program(isLarge ? 500 + random.below(1000) : 6 + random.below(36));
  const other = program(4 + random.below(12));
  const third = program(3 + random.below(8));
  const storage = [...Array(random.below(4)).keys()].map(
    (slot) => [BigInt(slot), BigInt(1 + random.below(1000))] as const,
  );
  const account = (address: bigint, code: Uint8Array, balance: bigint): WorldAccount => ({
    address,
    balance,
    nonce: code.length > 0 ? 1n : 0n,
    code,
    storage: code.length > 0 ? storage : [],
  });
  const accounts = [
    account(MAIN, main.code, BigInt(random.below(20))),
    account(OTHER, other.code, 3n),
    account(THIRD, third.code, 0n),
    account(PLAIN, new Uint8Array(0), 5n),
    account(SENDER, new Uint8Array(0), 1000n),
  ];
  return { accounts, text: main.text };
}
