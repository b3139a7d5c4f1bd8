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

/** What developer methods act on. */
export interface DeveloperTargets<B extends LedgerBlock> {
  readonly ledger: Ledger<B>;
  readonly producer: BlockProducer<B>;
  /** May be shared with other ledgers: time moves on all of them. */
  readonly clock: LedgerClock;
}

/** Blocks that one call mines at most. */
const COUNT_MAX = 10_000;
/** Snapshots that are kept; the oldest goes first. */
const SNAPSHOTS_MAX = 100;
/** Seconds that one call moves the clock at most: a hundred years. */
const SECONDS_MAX = 3_155_760_000;

/**
 * The methods that a developer's chain has beside those of its family, the same for all families:
 *
 * - `dragoman_mine [count = 1]`: makes blocks, answers the head's height.
 * - `dragoman_reorganise [depth, drop = false]`: undoes blocks, answers the head's height.
 * - `dragoman_increaseTime [seconds]`: moves the clock, answers its seconds since 1970-01-01.
 * - `dragoman_snapshot []`: answers the snapshot's number.
 * - `dragoman_restore [number]`: goes back to it, any number of times; answers the head's height.
 * - `dragoman_setBlockMode [{kind, ms?}]`: answers true.
 */
export function developerMethods<B extends LedgerBlock>({
  ledger,
  producer,
  clock,
}: DeveloperTargets<B>): RpcMethods {
  const snapshots = new Map<number, LedgerSnapshot>();
  let last = 0;
  const methods: Record<string, RpcMethod> = {
    dragoman_mine: ([count = 1]) => {
      for (let left = integer(count, "count", 1, COUNT_MAX); left > 0; left--) ledger.produce();
      return ledger.blocks.head.height;
    },
    dragoman_reorganise: ([depth, drop = false]) => {
      const most = Math.min(ledger.blocks.finalityDepth, ledger.blocks.head.height);
      ledger.reorganise(integer(depth, "depth", 1, most), drop === true);
      return ledger.blocks.head.height;
    },
    dragoman_increaseTime: ([seconds]) => {
      clock.advance(integer(seconds, "seconds", 0, SECONDS_MAX));
      return clock.seconds();
    },
    dragoman_snapshot: () => {
      last += 1;
      snapshots.set(last, ledger.snapshot());
      if (snapshots.size > SNAPSHOTS_MAX) snapshots.delete(snapshots.keys().next().value!);
      return last;
    },
    dragoman_restore: ([id]) => {
      const snapshot = snapshots.get(id as number);
      if (snapshot === undefined) return refuseParams(`there is no snapshot ${String(id)}`);
      ledger.restore(snapshot);
      return ledger.blocks.head.height;
    },
    dragoman_setBlockMode: ([mode]) => {
      producer.setMode(blockMode(mode));
      return true;
    },
  };
  return new Map(Object.entries(methods));
}

function integer(value: unknown, name: string, least: number, most: number): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= least && value <= most) {
    return value;
  }
  return refuseParams(`${name} is an integer from ${least} to ${most}`);
}

/** Milliseconds between blocks at most: what a timer of the host takes. */
const MILLIS_MAX = 2 ** 31 - 1;

function blockMode(value: unknown): BlockMode {
  const { kind, ms } = (value ?? {}) as { readonly kind?: unknown; readonly ms?: unknown };
  if (kind === "demand" || kind === "instant") return { kind };
  if (kind === "interval") return { kind, ms: integer(ms, "ms", 1, MILLIS_MAX) };
  return refuseParams("the mode is {kind: demand | instant} or {kind: interval, ms}");
}
