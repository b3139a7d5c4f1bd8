import { encodeHex } from "@dragoman/bytes";
import { type CellChange, Engine, type StateReader } from "@dragoman/core";
import { type HeaderStart, startHeader } from "./block/build-block.ts";
import type { EvmBlock } from "./block/evm-block.ts";
import {
  type AccountOverride,
  type CallSite,
  callOn,
  type EvmCall,
  overridden,
} from "./evm-call.ts";
import type { ExecutedCall } from "./transaction/execute-transaction.ts";

/** Calls that are run one after the other, as if they were a block. */
export interface SimulatedBlock {
  readonly calls: readonly EvmCall[];
  readonly overrides?: ReadonlyMap<string, AccountOverride>;
  /** What of the header is to be otherwise. */
  readonly header?: Partial<
    Pick<HeaderStart, "coinbase" | "number" | "timestamp" | "gasLimit" | "prevRandao" | "baseFee">
  >;
}

export interface SimulationResult {
  readonly header: HeaderStart;
  readonly calls: readonly ExecutedCall[];
}

/**
 * Runs blocks of calls on top of `parent`; each sees what those before it did. Gas costs nothing unless a call names a price. Faults as those of a call,
 * which end the simulation.
 */
export function simulateBlocks(
  site: Omit<CallSite, "header">,
  parent: EvmBlock,
  blocks: readonly SimulatedBlock[],
): readonly SimulationResult[] {
  const results: SimulationResult[] = [];
  let { state } = site;
  let { number, timestamp } = parent.header;
  for (const block of blocks) {
    const next = startHeader(parent, timestamp, 0, site.fork);
    const header = { ...next, number: number + 1, ...block.header };
    state = overridden(state, block.overrides);
    const engine = new Engine({ state, tier: "auto", memory: site.memory });
    const place = { ...site, state, header };
    const calls = block.calls.map((call) => callOn(engine, place, call));
    results.push({ header, calls });
    state = changed(state, engine.journal.changes());
    ({ number, timestamp } = header);
  }
  return results;
}

/** A state with a write set on it. */
export function changed(below: StateReader, changes: readonly CellChange[]): StateReader {
  const cells = new Map<string, Uint8Array | undefined>();
  const nameOf = (domain: string, account: Uint8Array, key: Uint8Array): string =>
    `${domain} ${encodeHex(account)} ${encodeHex(key)}`;
  for (const { domain, account, key, after } of changes) {
    cells.set(nameOf(domain, account, key), after);
  }
  return {
    read(domain, account, key) {
      const name = nameOf(domain, account, key);
      return cells.has(name) ? cells.get(name) : below.read(domain, account, key);
    },
  };
}
