import { Engine } from "@dragoman/core";
import { type CallSite, callOn, type EvmCall, runCall } from "./evm-call.ts";
import type { ExecutedCall } from "./transaction/execute-transaction.ts";

/** Gas that calls use before their engine is let go: what they read stays in its journal. */
const KEPT_GAS_MAX = 100_000_000n;

/**
 * Runs calls on the state of one block after the other on one engine, which keeps what it has read: accounts, slots, code. Each call begins
 * as on a new engine and is taken back.
 */
export class CallEngine {
  #block: object | undefined;
  #engine: Engine | undefined;
  #gas = 0n;

  /**
   * As {@link runCall}.
   *
   * @param block names the state of `site`: as long as it is the same object, so is the state
   */
  run(block: object, site: CallSite, call: EvmCall): ExecutedCall {
    if (call.overrides !== undefined) return runCall(site, call);
    const engine = this.#open(block, site);
    const { journal } = engine;
    journal.beginTransaction();
    const start = journal.checkpoint();
    try {
      const executed = callOn(engine, site, call);
      this.#gas += executed.gasPeak;
      return executed;
    } finally {
      journal.revert(start, false);
    }
  }

  #open(block: object, { state, memory }: CallSite): Engine {
    if (this.#engine === undefined || this.#block !== block || this.#gas > KEPT_GAS_MAX) {
      this.#engine = new Engine({ state, tier: "auto", memory });
      this.#block = block;
      this.#gas = 0n;
    }
    return this.#engine;
  }
}
