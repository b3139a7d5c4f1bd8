import { assemble } from "@dragoman/frontend-evm/asm";
import { generateProgram, MAIN, OTHER, PLAIN, SENDER, THIRD } from "./generate.ts";
import { Random } from "./random.ts";

export interface WorldAccount {
  readonly address: bigint;
  readonly balance: bigint;
  readonly nonce: bigint;
  readonly code: Uint8Array;
  readonly storage: readonly (readonly [bigint, bigint])[];
}

/** One message on a small world. */
export interface Case {
  readonly seed: number;
  readonly accounts: readonly WorldAccount[];
  readonly from: bigint;
  readonly to: bigint;
  readonly value: bigint;
  readonly gas: bigint;
  readonly input: Uint8Array;
  /** Text of the main program, for people. */
  readonly text: string;
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

const THIRD_CODE = assemble(
  "push 1 sload push 1 add push 1 sstore calldatasize push 0 push 0 calldatacopy push 0 calldataload push 3 and push @bad jumpi " +
    "calldatasize push 0 log0 calldatasize push 0 return bad: push 32 push 0 revert",
);

/** What programs are made of: all instructions, or mostly calls of each other. */
export const CASE_SHAPES = ["mixed", "calls"] as const;
export type CaseShape = (typeof CASE_SHAPES)[number];

/** The case of a seed. */
export function makeCase(seed: number, shape: CaseShape = "mixed"): Case {
  const random = new Random(seed);
  const calls = shape === "calls";
  const main = generateProgram(random, 10 + random.below(60), calls);
  const other = generateProgram(random, 5 + random.below(20), calls);
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
  const gas = random.chance(70) ? 1_000_000n : BigInt(random.below(200_000));
  return {
    seed,
    accounts: [
      account(MAIN, main.code, BigInt(random.below(20))),
      account(OTHER, other.code, 3n),
      account(THIRD, THIRD_CODE, 0n),
      account(PLAIN, new Uint8Array(0), 5n),
      account(SENDER, new Uint8Array(0), 1000n),
    ],
    from: SENDER,
    to: MAIN,
    value: random.chance(80) ? 0n : BigInt(random.below(10)),
    gas,
    input: random.bytes(random.below(100)),
    text: main.text,
  };
}
