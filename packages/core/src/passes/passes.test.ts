import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Engine } from "../engine/engine.ts";
import { LinearMemory } from "../host/linear-memory.ts";
import { isTrap } from "../host/outcome.ts";
import type { IrModule } from "../ir/function.ts";
import { verifyModule } from "../ir/verify.ts";
import { MemoryState } from "../journal/state.ts";
import { RANDOM_HOSTS, randomRequest } from "../testing/random-hosts.ts";
import { randomModule } from "../testing/random-ir.ts";
import { foldConstants } from "./fold-constants.ts";
import { variableForwarding } from "./forward-variables.ts";
import { mergeMeters } from "./merge-meters.ts";
import { valueNumbering } from "./number-values.ts";
import { OPTIMISE, optimise, type Pass } from "./optimise.ts";
import { removeDeadCode } from "./remove-dead-code.ts";
import { Rewriter, type Visitor } from "./rewriter.ts";
import { simplifyControlFlow } from "./simplify-control-flow.ts";

const memory = new LinearMemory();

/** What interpretation of a module says of one message. */
function interpret(module: IrModule, gas: bigint): unknown {
  const program = { vm: "test", id: module.name, exact: module, optimistic: () => undefined };
  const engine = new Engine({ state: new MemoryState(), memory, tier: "interpret" });
  const result = engine.execute(randomRequest({ ...program, hosts: RANDOM_HOSTS }, gas));
  const { outcome, gasLeft, output } = result;
  const logs = engine.journal.logs.map(({ topics, data }) => [...topics, data]);
  return isTrap(outcome)
    ? "trap"
    : { outcome, gasLeft, output: [...output], logs, changes: engine.journal.changes() };
}

const visiting = (...visitors: Visitor[]): Pass["run"] => {
  return (fn, module) => new Rewriter(fn, module, visitors).run();
};

const pass = (run: Pass["run"]): Pass => ({ name: "alone", run });

const PASSES: readonly (readonly [string, readonly Pass[], number])[] = [
  ["rewriting without change", [pass(visiting())], 0],
  ["constant folding", [pass(visiting(foldConstants))], 0],
  ["variable forwarding", [pass(visiting(variableForwarding()))], 0],
  ["value numbering", [pass(visiting(valueNumbering()))], 0],
  ["control flow simplification", [pass(simplifyControlFlow)], 0],
  ["dead code elimination", [pass(removeDeadCode)], 0],
  ["meter merging", [pass(mergeMeters)], 0],
  ["inlining", [], 2],
  ["the pipeline", OPTIMISE, 0],
  ["the pipeline with inlining", OPTIMISE, 2],
  ["the pipeline done twice", [...OPTIMISE, ...OPTIMISE], 0],
];

describe("for random programs", () => {
  it.each(PASSES)("%s keeps what interpretation says", (_, passes, inlineRounds) => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 4000 }), (seed, gas) => {
        const module = randomModule(seed);
        const optimised = optimise(module, { passes, inlineRounds });
        verifyModule(optimised);
        expect(interpret(optimised, BigInt(gas))).toEqual(interpret(module, BigInt(gas)));
      }),
      { numRuns: 100 },
    );
  });
});
