import type { WorldAccount } from "../evm/case.ts";
import { generateProgram } from "../evm/generate.ts";
import type { Random } from "../evm/random.ts";
import { SCRIPTED_CONTRACTS } from "./scripted-contracts.ts";
import { KEY_ADDRESSES, KEY_COUNT } from "./sealed-transaction.ts";
import {
  BEACON_ROOTS_CONTRACT,
  DEPOSIT_CONTRACT,
  HISTORY_CONTRACT,
  REQUEST_CONTRACTS,
} from "./system-contracts.ts";

/** Random programs stand here. */
export const PROGRAMS: readonly bigint[] = [1n, 2n, 3n, 4n].map(
  (i) => 0xc0de_0000_0000_0000_0000n + i,
);
/** Has coins and no code. */
export const PLAIN = 0x9a1a_0000_0000_0000_0000n;
/** Nothing is here. */
export const NOBODY = 0x0b0d_0000_0000_0000_0000n;
export const COINBASES: readonly bigint[] = [
  0xc01b_a5e0_0000_0000_0000n,
  0n,
  PLAIN,
  KEY_ADDRESSES[5] as bigint,
];

/** Keys below this have coins and send; the next ones have coins or a nonce, the rest do not exist. */
export const SENDER_KEYS = 8;
export const KNOWN_KEYS = 12;
/** Its account is a contract: it can neither send (EIP-3607) nor delegate. */
export const CONTRACT_KEY = 11;

/** Those of Osaka, and the first address behind the contiguous ones. */
export const PRECOMPILES: readonly bigint[] = [...Array(0x12).keys()]
  .map((i) => BigInt(i + 1))
  .concat(0x100n);

/** What programs and scripts of the world call and look at. */
export const TARGETS: readonly bigint[] = [
  ...PROGRAMS,
  ...Object.values(SCRIPTED_CONTRACTS).map(({ address }) => address),
  ...KEY_ADDRESSES.slice(0, 16),
  PLAIN,
  NOBODY,
  COINBASES[0] as bigint,
  ...PRECOMPILES,
  HISTORY_CONTRACT.address,
  BEACON_ROOTS_CONTRACT.address,
  DEPOSIT_CONTRACT.address,
  ...REQUEST_CONTRACTS.map(({ address }) => address),
];

const ETHER = 10n ** 18n;

/** Code by which an account is delegated (EIP-7702). */
export function delegationCode(to: bigint): Uint8Array {
  return Uint8Array.from(Buffer.from(`ef0100${to.toString(16).padStart(40, "0")}`, "hex"));
}

export interface WorldOptions {
  /** Contracts that the protocol calls. */
  readonly system: readonly WorldAccount[];
  /** Some keys have no account: for nodes that tell such accounts from empty ones. */
  readonly strangers: boolean;
}

/** Senders, authorities, programs, scripts and the system contracts of one case. */
export function makeWorld(random: Random, { system, strangers }: WorldOptions): WorldAccount[] {
  const programs = PROGRAMS.map((address): WorldAccount => {
    const budget = random.chance(3) ? 400 + random.below(800) : 5 + random.below(60);
    const { code } = generateProgram(random, budget, TARGETS);
    return { address, balance: BigInt(random.below(20)), nonce: 1n, code, storage: slots(random) };
  });
  const scripts = Object.values(SCRIPTED_CONTRACTS).map(({ address, code }): WorldAccount => {
    return { address, balance: BigInt(random.below(5)), nonce: 1n, code, storage: slots(random) };
  });
  const plain = { address: PLAIN, balance: 5n, nonce: 0n, code: NOTHING, storage: [] };
  // An account without anything is not in a state (EIP-161).
  return [...keyAccounts(random, strangers), ...programs, ...scripts, plain, ...system].filter(
    ({ balance, nonce, code }) => balance > 0n || nonce > 0n || code.length > 0,
  );
}

const NOTHING = new Uint8Array(0);

const slots = (random: Random): [bigint, bigint][] =>
  [...Array(random.below(4)).keys()].map((slot) => [BigInt(slot), BigInt(1 + random.below(3))]);

function keyAccounts(random: Random, strangers: boolean): WorldAccount[] {
  return KEY_ADDRESSES.slice(0, strangers ? KNOWN_KEYS : KEY_COUNT).map(
    (address, key): WorldAccount => {
      const isSender = key < SENDER_KEYS;
      const isPoor = random.chance(8);
      const isDelegated = random.chance(25);
      const isContract = key === CONTRACT_KEY;
      return {
        address,
        balance: isSender
          ? isPoor
            ? 10n ** 14n * 3n
            : 100n * ETHER
          : BigInt(strangers ? random.below(2) : 1),
        nonce:
          isSender || isDelegated || isContract
            ? BigInt(random.below(4)) + 1n
            : BigInt(random.below(2)),
        code: isContract
          ? Uint8Array.of(0x60, 1, 0x60, 2, 0x55)
          : isDelegated
            ? delegationCode(random.chance(10) ? address : random.pick(TARGETS))
            : NOTHING,
        storage: isDelegated ? slots(random) : [],
      };
    },
  );
}
