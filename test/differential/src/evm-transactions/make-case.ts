import type { ForkName } from "@dragoman/frontend-evm";
import type { WorldAccount } from "../evm/case.ts";
import { Random } from "../evm/random.ts";
import { type BlockCase, type BlockPlan, GENESIS_TIMESTAMP } from "./block-case.ts";
import { TransactionWriter } from "./random-transactions.ts";
import { COINBASES, makeWorld } from "./random-world.ts";
import {
  BEACON_ROOTS_CONTRACT,
  DEPOSIT_CONTRACT,
  HISTORY_CONTRACT,
  REQUEST_CONTRACTS,
} from "./system-contracts.ts";

/** Seconds between blocks. */
const PERIOD = 12;
const HISTORY_BUFFER = 8191n;

export interface CaseOptions {
  readonly fork: ForkName;
  /**
   * With what anvil does not follow: the queues that the end of a block empties (EIP-7002, EIP-7251), deposits (EIP-6110), and authorities without an account
   * (EIP-7702 refunds less for them).
   */
  readonly full: boolean;
}

/** The case of a seed: up to three blocks. */
export function makeBlockCase(seed: number, { fork, full }: CaseOptions): BlockCase {
  const random = new Random(seed);
  const count = 1 + random.below(3);
  const times = Array.from({ length: count }, (_, i) => GENESIS_TIMESTAMP + (i + 1) * PERIOD);
  const system = [
    HISTORY_CONTRACT,
    beaconRoots(times),
    ...(full ? [...REQUEST_CONTRACTS, DEPOSIT_CONTRACT] : []),
  ];
  const accounts = makeWorld(random, { system, strangers: full });
  const writer = new TransactionWriter(random, accounts, { fork, full });
  const blocks = times.map((timestamp): BlockPlan => {
    const baseFee = random.pick([7n, 1000n, 10n ** 9n]);
    const transactions = writer.block(2 + random.below(14), baseFee);
    const excessBlobGas = full ? BigInt(random.pick([0, 1, 131_072, 10_000_000, 80_000_000])) : 0n;
    return { coinbase: random.pick(COINBASES), timestamp, baseFee, excessBlobGas, transactions };
  });
  return { seed, fork, accounts, blocks };
}

/**
 * The contract with the times of the blocks written already, as the call at their beginning does (EIP-4788); the roots are zero. So that
 * nodes which leave out that call agree.
 */
function beaconRoots(times: readonly number[]): WorldAccount {
  const storage = times.map((time) => [BigInt(time) % HISTORY_BUFFER, BigInt(time)] as const);
  return { ...BEACON_ROOTS_CONTRACT, storage };
}
