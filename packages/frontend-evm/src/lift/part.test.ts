import { Engine, MemoryState, OUTCOME, type Program } from "@dragoman/core";
import { evmRequest, loadEvm } from "@dragoman/frontend-evm";
import { assemble } from "@dragoman/frontend-evm/asm";
import { expect, test } from "vitest";
import { liftOptimistic } from "../optimistic-source.ts";

const SELF = new Uint8Array(20).fill(0xaa);

/** Answers 7, or twice the argument by a routine that stands 5 KB behind, by the first word of the calldata. */
const CODE = assemble(`
  push 0 calldataload push @far jumpi
  push 7 push @answer jump
  answer: push 0 mstore push 32 push 0 return
  data 0x${"00".repeat(5 << 10)}
  far: push @answer push 32 calldataload push @twice jump
  twice: dup1 add swap1 jump`);

const input = (...words: number[]): Uint8Array =>
  Uint8Array.from({ length: 32 * words.length }, (_, i) => (i % 32 === 31 ? words[i >> 5]! : 0));

/** Runs a message on a program: its answer and the tier. */
function run(program: Program, calldata: Uint8Array, tier: "interpret" | "compile") {
  const engine = new Engine({ state: new MemoryState(), tier });
  engine.journal.beginTransaction();
  const request = evmRequest(engine.journal, {
    ...{ to: SELF, code: CODE, input: calldata, gas: 100_000n },
  });
  // The context of the frame is the request, which is an object of a class.
  const result = engine.execute(Object.assign(request, { program }));
  const { outcome, gasUsed, output } = result;
  return { outcome, gasUsed, answer: output.at(-1), tier: result.tier };
}

test("of large code what runs have reached is lifted first; what they have not is run exactly", () => {
  const program = loadEvm(CODE);
  const near = run(program, input(0), "interpret");
  expect(near).toMatchObject({ outcome: OUTCOME.OK, answer: 7 });
  const { first } = structuredClone(program.source!) as { first: { reached: Uint8Array } };
  expect([...first.reached]).toEqual([1, 0, 0, 0, 0, 0]);

  const part = liftOptimistic(first)!;
  const whole = program.optimistic()!;
  expect(part.functions[0]!.code.length).toBeLessThan(whole.functions[0]!.code.length);
  const { exact, hosts } = program;
  const partly: Program = {
    ...{ vm: "evm", id: "part", exact, hosts, depletes: true },
    ...{ code: CODE, machine: program.machine, optimistic: () => part },
  };
  expect(run(partly, input(0), "compile")).toEqual({ ...near, tier: "compile" });
  const far = run(program, input(1, 21), "interpret");
  expect(far).toMatchObject({ outcome: OUTCOME.OK, answer: 42 });
  expect(run(partly, input(1, 21), "compile")).toEqual(far);
});

test("small code, code of which nothing ran and code of which most ran are lifted whole", () => {
  expect(loadEvm(assemble("stop")).source).not.toHaveProperty("first");
  const code = assemble(`push @b jump ${"data 0x5b ".repeat(4200)} b: stop`);
  const program = loadEvm(code);
  expect(program.source).not.toHaveProperty("first");
});
