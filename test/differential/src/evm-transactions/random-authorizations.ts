import type { WorldAccount } from "../evm/case.ts";
import type { Random } from "../evm/random.ts";
import { CHAIN_ID } from "./block-case.ts";
import { TARGETS } from "./random-world.ts";
import {
  type AuthorizationPlan,
  KEY_ADDRESSES,
  KEY_COUNT,
  type TransactionPlan,
} from "./sealed-transaction.ts";

/** Writes authorization lists of all kinds (EIP-7702); keeps the nonces that valid ones move. */
export class AuthorizationWriter {
  readonly #random: Random;
  /** By key; shared with the writer of transactions. */
  readonly #nonces: bigint[];
  /** Keys whose account is a contract: they cannot delegate. */
  readonly #contracts: ReadonlySet<bigint>;

  constructor(random: Random, nonces: bigint[], accounts: readonly WorldAccount[]) {
    this.#random = random;
    this.#nonces = nonces;
    const contracts = accounts.filter(({ code }) => code.length > 0 && code[0] !== 0xef);
    this.#contracts = new Set(contracts.map(({ address }) => address));
  }

  /** A list for a transaction that `sender` signs with the next nonce. */
  list(sender: number): AuthorizationPlan[] {
    const random = this.#random;
    const count = 1 + random.below(4);
    // As the list is applied: the sender's nonce is one higher.
    const expected = this.#nonces.map((nonce, key) => (key === sender ? nonce + 1n : nonce));
    return Array.from({ length: count }, () => {
      const key = random.chance(15) ? sender : random.below(KEY_COUNT);
      const plan = this.#authorization(key, expected[key] as bigint);
      if (this.#holds(plan, expected)) expected[key] = plan.nonce + 1n;
      return plan;
    });
  }

  #authorization(key: number, nonce: bigint): AuthorizationPlan {
    const random = this.#random;
    const plan = { key, nonce, flaw: "none", chainId: random.chance(50) ? CHAIN_ID : 0n } as const;
    const address = this.#delegate(key);
    switch (random.below(24)) {
      case 0:
        return { ...plan, address, chainId: 2n };
      case 1:
        return { ...plan, address, nonce: nonce + 1n };
      case 2:
        return { ...plan, address, nonce: nonce === 0n ? 5n : nonce - 1n };
      case 3:
        return { ...plan, address, nonce: (1n << 64n) - BigInt(1 + random.below(2)) };
      case 4:
        // Not nonce 0: with the wrong parity another account signed, one that does not exist.
        return {
          ...plan,
          address,
          nonce: nonce === 0n ? 1n : nonce,
          flaw: random.pick(["high-s", "wrong-parity", "zero-r"]),
        };
      case 5:
        return { ...plan, address, flaw: "parity-2" };
      default:
        return { ...plan, address };
    }
  }

  /** Whose code it will be: another's, its own, a precompile's, nobody's; 0 ends the delegation. */
  #delegate(key: number): bigint {
    const random = this.#random;
    if (random.chance(15)) return 0n;
    if (random.chance(8)) return KEY_ADDRESSES[key] as bigint;
    return random.pick(TARGETS);
  }

  #holds({ key, nonce, chainId, flaw }: AuthorizationPlan, expected: readonly bigint[]): boolean {
    const isForUs = chainId === 0n || chainId === CHAIN_ID;
    const isContract = this.#contracts.has(KEY_ADDRESSES[key] as bigint);
    return isForUs && flaw === "none" && nonce === expected[key] && !isContract;
  }

  /** Moves the nonces that the list of a valid transaction moves; answers the keys that it may have moved. */
  apply({ authorizations }: TransactionPlan): number[] {
    for (const plan of authorizations) {
      if (this.#holds(plan, this.#nonces)) this.#nonces[plan.key] = plan.nonce + 1n;
    }
    return authorizations.map(({ key }) => key);
  }
}
