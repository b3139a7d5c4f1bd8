import { FaultError } from "@dragoman/fault";
import type {
  BlockMode,
  BlockProducer,
  Ledger,
  LedgerBlock,
  LedgerClock,
  LedgerSnapshot,
} from "@dragoman/ledger";
import type { RpcMethod, RpcMethods } from "./json-rpc.ts";
import { refuseParams } from "./rpc-error.ts";

export interface DeveloperMethodsOptions<B extends LedgerBlock> {
  readonly ledger: Ledger<B>;
  readonly producer: BlockProducer<B>;
  readonly clock: LedgerClock;
}

/** Blocks that one request makes at most; they are made while the client waits. */
const MINE_MAX = 10_000;
const SECONDS_MAX = 100 * 365 * 86_400;
const INTERVAL_MS_MAX = 86_400_000;

/**
 * What a developer's chain can do and a real one cannot, by the same names on every chain: `dragoman_mine [count]`,
 * `dragoman_reorganise [depth, drop?]`, `dragoman_increaseTime [seconds]`, `dragoman_snapshot []`, `dragoman_restore [id]` and
 * `dragoman_setBlockMode [{kind, ms?}]`. A restored snapshot stays; those made after it are gone. Wrong parameters, an unknown snapshot and a
 * reorganisation that is too deep are refused with -32602.
 */
export function developerMethods<B extends LedgerBlock>(
  options: DeveloperMethodsOptions<B>,
): RpcMethods {
  const { ledger, producer, clock } = options;
  const snapshots: LedgerSnapshot[] = [];
  const methods: Record<string, RpcMethod> = {
    dragoman_mine: ([count = 1]) => {
      for (let left = readCount("count", count, 1, MINE_MAX); left > 0; left--) ledger.produce();
      return ledger.blocks.head.height;
    },
    dragoman_reorganise: ([depth = 1, drop = false]) => {
      if (typeof drop !== "boolean") return refuseParams("drop is no boolean");
      reorganise(ledger, readCount("depth", depth, 1, Number.MAX_SAFE_INTEGER), drop);
      return ledger.blocks.head.height;
    },
    dragoman_increaseTime: ([seconds]) => {
      clock.advance(readCount("seconds", seconds, 0, SECONDS_MAX));
      return clock.seconds();
    },
    dragoman_snapshot: () => {
      snapshots.push(ledger.snapshot());
      return snapshots.length;
    },
    dragoman_restore: ([id]) => {
      const number = readCount("id", id, 1, Number.MAX_SAFE_INTEGER);
      const snapshot = snapshots[number - 1];
      if (snapshot === undefined) return refuseParams(`there is no snapshot ${number}`);
      ledger.restore(snapshot);
      snapshots.length = number;
      return true;
    },
    dragoman_setBlockMode: ([mode]) => {
      producer.setMode(readBlockMode(mode));
      return true;
    },
  };
  return new Map(Object.entries(methods));
}

function reorganise<B extends LedgerBlock>(ledger: Ledger<B>, depth: number, drop: boolean): void {
  try {
    ledger.reorganise(depth, drop);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.name !== "REORG_DEPTH_EXCEEDED") throw error;
    refuseParams(error.fault.message);
  }
}

/** A number, or as Ethereum's clients write it, 0x hex. */
function readCount(name: string, value: unknown, min: number, max: number): number {
  const isHex = typeof value === "string" && /^0x[0-9a-fA-F]{1,13}$/.test(value);
  const number = isHex ? Number(value) : value;
  if (typeof number !== "number" || !Number.isInteger(number) || number < min || number > max) {
    return refuseParams(`${name} is no integer from ${min} to ${max}`);
  }
  return number;
}

function readBlockMode(value: unknown): BlockMode {
  if (typeof value !== "object" || value === null)
    return refuseParams("the block mode is no object");
  const { kind, ms } = value as Record<string, unknown>;
  if (kind === "demand" || kind === "instant") return { kind };
  if (kind === "interval") return { kind, ms: readCount("ms", ms, 1, INTERVAL_MS_MAX) };
  return refuseParams('the kind of a block mode is "demand", "instant" or "interval"');
}
