import { expect, test } from "vitest";
import { Engine } from "../engine/engine.ts";
import { LinearMemory } from "../host/linear-memory.ts";
import { isTrap } from "../host/outcome.ts";
import { MemoryState } from "../journal/state.ts";
import { optimise } from "../passes/optimise.ts";
import { fuzzCore } from "./fuzz-core.ts";
import { randomRequest } from "./random-hosts.ts";
import { randomModule, randomProgram } from "./random-ir.ts";

test("interpreter, passes and compiler agree on random programs", () => {
  expect(fuzzCore({ count: 150, seed: 1 })).toEqual({ cases: 150, mismatches: [] });
});

test("a seed makes the same program each time", () => {
  expect(randomModule(77)).toEqual(randomModule(77));
  expect(randomModule(77).functions).not.toEqual(randomModule(78).functions);
});

test("compiled code finishes what succeeds, if it is given no wrong prediction", () => {
  const memory = new LinearMemory();
  const state = new MemoryState();
  let successes = 0;
  for (let seed = 0; seed < 100; seed++) {
    const program = randomProgram(seed, (exact) => optimise(exact), { guessesWrong: false });
    const engine = new Engine({ state, memory, tier: "compile" });
    const { outcome, tier } = engine.execute(randomRequest(program, 3000n));
    if (isTrap(outcome)) continue;
    successes++;
    expect({ seed, tier }).toEqual({ seed, tier: "compile" });
  }
  expect(successes).toBeGreaterThan(50);
});
