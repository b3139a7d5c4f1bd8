import { deepStrictEqual } from "node:assert/strict";
import { Engine, type EngineOptions, type FrameResult } from "../engine/engine.ts";
import { LinearMemory } from "../host/linear-memory.ts";
import { isOk, isTrap } from "../host/outcome.ts";
import type { CallRequest, Program } from "../host/program.ts";
import type { Journal } from "../journal/journal.ts";
import type { LogEntry } from "../journal/log-entry.ts";
import type { CellChange, StateReader } from "../journal/state.ts";
import { verifyLifted } from "./verify-lifted.ts";

export interface TierRun {
  readonly result: FrameResult;
  readonly changes: readonly CellChange[];
  readonly logs: readonly LogEntry[];
}

/** One memory for all runs of a test process: a run sees only what `prepare` wrote. */
let memory: LinearMemory | undefined;

const VARIANTS: readonly [name: string, options: Partial<EngineOptions>][] = [
  ["exact, interpreted", { tier: "interpret" }],
  ["optimistic, interpreted", { tier: "interpret", moduleUnderTest: "optimistic-interpreted" }],
  ["optimistic, compiled", { tier: "compile" }],
  ["exact, compiled", { tier: "compile", moduleUnderTest: "exact-compiled" }],
];

/** Which variants run: all four, or the two that users run. */
export type Variants = "every" | "shipped";

const SHIPPED = VARIANTS.filter(([, options]) => options.moduleUnderTest === undefined);

/**
 * Runs one message in every tier, each on a journal of its own over `state`, and asserts that outcome, gas, output, detail, logs and
 * changes agree with the exact interpreter's, which is returned. `request` is called once for each run with its journal. The
 * optimistic module in the interpreter has no second run to fall back to: when the exact run traps, only that it traps is compared,
 * and where the exact run fails otherwise, it may trap.
 * What was lifted of the program must pass the verifier.
 */
export function runBothTiers(
  state: StateReader,
  request: (journal: Journal) => CallRequest,
  variants: Variants = "every",
): TierRun {
  memory ??= new LinearMemory();
  let reference: TierRun | undefined;
  let program: Program | undefined;
  for (const [name, options] of variants === "every" ? VARIANTS : SHIPPED) {
    const engine: Engine = new Engine({ state, memory, ...options });
    const call = request(engine.journal);
    program = call.program;
    const result: FrameResult = engine.execute(call);
    const run: TierRun = {
      result,
      changes: engine.journal.changes(),
      logs: engine.journal.logs.map(({ vm, account, topics, data, durable }) => ({
        vm,
        account,
        topics,
        data,
        durable,
      })),
    };
    if (reference === undefined) reference = run;
    else if (
      options.moduleUnderTest === "optimistic-interpreted" &&
      isTrap(reference.result.outcome)
    ) {
      deepStrictEqual(isTrap(result.outcome), true, `${name}: must trap`);
    } else if (options.moduleUnderTest === "optimistic-interpreted" && isTrap(result.outcome)) {
      // A failure that is no trap may be found by one: a failed syscall, for example.
      deepStrictEqual(isOk(reference.result.outcome), false, `${name}: must not trap`);
    } else deepStrictEqual(comparable(run), comparable(reference), name);
  }
  const optimistic = program!.optimistic();
  verifyLifted(program!.exact);
  if (optimistic !== undefined) verifyLifted(optimistic);
  return reference!;
}

function comparable({ result, changes, logs }: TierRun): unknown {
  const { outcome, gasUsed, output, detail } = result;
  return { outcome, gasUsed, output, detail, changes, logs };
}
