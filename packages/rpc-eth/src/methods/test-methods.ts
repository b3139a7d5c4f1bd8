import type { BlockProducer, LedgerClock, LedgerSnapshot } from "@dragoman/ledger";
import type { EvmBlock, EvmDecree, EvmLedger } from "@dragoman/ledger-evm";
import { type RpcMethod, refuseParams } from "@dragoman/rpc-server";
import { readAddress, readData, readHash, readNumber, readQuantity } from "../read-params.ts";
import { quantity } from "../views.ts";

const BLOCKS_MAX = 10_000;
const SECONDS_MAX = 3_155_760_000;
const INTERVAL_SECONDS_MAX = 86_400;
/** Snapshots that are kept; the oldest goes first. */
const SNAPSHOTS_MAX = 100;

/** What methods of tests act on. */
export interface TestTargets {
  readonly ledger: EvmLedger;
  readonly producer: BlockProducer<EvmBlock>;
  readonly clock: LedgerClock;
}

/** Names under which anvil, Hardhat and Ganache have one method. */
const PREFIXES = ["anvil_", "hardhat_", "evm_"] as const;

/**
 * The methods of development nodes by which viem's test client and others move chains, under the names of anvil, Hardhat and Ganache alike.
 * Whatever changes an account stands in a block of its own.
 */
export function testMethods(targets: TestTargets): Record<string, RpcMethod> {
  const methods: Record<string, RpcMethod> = {};
  const all = { ...blockMethods(targets), ...snapshotMethods(targets), ...decrees(targets) };
  for (const [name, method] of Object.entries(all)) {
    for (const prefix of PREFIXES) methods[`${prefix}${name}`] = method;
  }
  return methods;
}

function blockMethods({ ledger, producer, clock }: TestTargets): Record<string, RpcMethod> {
  const mine = (count: number): void => {
    for (let left = count; left > 0; left--) ledger.produce();
  };
  const setInterval = (ms: number): void =>
    producer.setMode(ms === 0 ? { kind: "demand" } : { kind: "interval", ms });
  return {
    mine: ([value, seconds]) => {
      // Ganache's form is {blocks}; Hardhat's a count and seconds between blocks.
      const blocks =
        typeof value === "object" && value !== null ? (value as MineOptions).blocks : value;
      const count = blocks == null ? 1 : readNumber(blocks, "blocks", BLOCKS_MAX);
      if (seconds == null) mine(count);
      for (let i = 0; seconds != null && i < count; i++) {
        if (i > 0) clock.advance(readNumber(seconds, "interval", SECONDS_MAX));
        ledger.produce();
      }
      return "0x0";
    },
    increaseTime: ([seconds]) => {
      const count = readNumber(seconds, "seconds", SECONDS_MAX);
      clock.advance(count);
      return quantity(count);
    },
    setNextBlockTimestamp: ([timestamp]) => {
      const seconds = readNumber(timestamp, "timestamp") - clock.seconds();
      if (seconds < 0 || seconds > SECONDS_MAX) {
        return refuseParams("the timestamp lies before the clock, which only moves forward");
      }
      clock.advance(seconds);
      return null;
    },
    setAutomine: ([on]) => {
      producer.setMode({ kind: on === true ? "instant" : "demand" });
      return true;
    },
    getAutomine: () => producer.mode.kind === "instant",
    setIntervalMining: ([seconds]) => {
      setInterval(readNumber(seconds, "seconds", INTERVAL_SECONDS_MAX) * 1000);
      return null;
    },
    reorg: ([depth]) => {
      const count = readNumber(depth, "depth");
      ledger.reorganise(count, true);
      mine(count);
      return null;
    },
    rollback: ([depth]) => {
      ledger.reorganise(depth == null ? 1 : readNumber(depth, "depth"), true);
      return null;
    },
  };
}

interface MineOptions {
  readonly blocks?: unknown;
}

/** As in anvil, a snapshot can be gone back to once, and then those after it are gone too. */
function snapshotMethods({ ledger }: TestTargets): Record<string, RpcMethod> {
  const snapshots = new Map<number, LedgerSnapshot>();
  let last = 0;
  return {
    snapshot: () => {
      last += 1;
      snapshots.set(last, ledger.snapshot());
      if (snapshots.size > SNAPSHOTS_MAX) snapshots.delete(snapshots.keys().next().value!);
      return quantity(last);
    },
    revert: ([id]) => {
      const number = readNumber(id, "snapshot");
      const snapshot = snapshots.get(number);
      if (snapshot === undefined) return false;
      ledger.restore(snapshot);
      for (const later of [...snapshots.keys()]) if (later >= number) snapshots.delete(later);
      return true;
    },
  };
}

function decrees({ ledger }: TestTargets): Record<string, RpcMethod> {
  const decree = (address: unknown, account: Omit<EvmDecree, "address">): boolean => {
    ledger.decree({ address: readAddress(address), ...account });
    return true;
  };
  return {
    setBalance: ([address, wei]) => decree(address, { balance: readQuantity(wei, "balance") }),
    setNonce: ([address, nonce]) => decree(address, { nonce: readQuantity(nonce, "nonce") }),
    setCode: ([address, code]) => decree(address, { code: readData(code, "code") }),
    setStorageAt: ([address, slot, word]) => {
      const value = BigInt(`0x${Buffer.from(readHash(word, "word")).toString("hex")}`);
      return decree(address, { storage: [[readQuantity(slot, "slot"), value]] });
    },
  };
}
