import { Engine, type FrameResult, LinearMemory, MemoryState } from "@dragoman/core";
import { evmRequest, type ForkName } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import type { ConformOptions } from "../report.ts";

/** One linear memory for all cases: a frame sees only what was laid out for it. */
let memory: LinearMemory | undefined;

/** An engine on `state` that shares its memory with the engines of other cases. */
export function engineOn(state: MemoryState, tier: ConformOptions["tier"]): Engine {
  memory ??= new LinearMemory();
  return new Engine({ state, tier, memory });
}

const CONTRACT = new Uint8Array(20).fill(0xc0);

/** Runs code that nobody installed on an empty state. */
export function runCode(
  code: Uint8Array,
  input: Uint8Array,
  fork: ForkName,
  tier: ConformOptions["tier"],
): FrameResult {
  const engine = engineOn(new MemoryState(), tier);
  engine.journal.beginTransaction();
  const message = { to: CONTRACT, code, input, gas: 1_000_000_000n, fork };
  return engine.execute(evmRequest(engine.journal, message));
}

/** Code that gives the word on top of its stack as output; `text` leaves it there. */
export const returning = (text: string): Uint8Array =>
  assemble(`${text} push1 0 mstore push1 32 push1 0 return`);

/** The fork whose rules a plain case is run under when none is named. */
export const DEFAULT_FORK: ForkName = "cancun";
