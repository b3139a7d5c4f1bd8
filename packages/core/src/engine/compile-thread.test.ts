import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { assert, beforeAll, expect, test } from "vitest";
import { OUTCOME } from "../host/outcome.ts";
import { HOST, type Program } from "../host/program.ts";
import { FunctionBuilder, WordPool } from "../ir/builder.ts";
import { I64 } from "../ir/value-type.ts";
import { MemoryState } from "../journal/state.ts";
import { moduleOf, programOf } from "../testing/module.ts";
import { codeStateOf } from "./code-store.ts";
import { startCompileThread } from "./compile-thread.ts";
import { Engine } from "./engine.ts";

// A thread runs what `npm run prepare` built: Node cannot load the sources as they are.
const SCRIPT = new URL("../../dist/engine/compile-worker.js", import.meta.url);

beforeAll(() => {
  assert(existsSync(SCRIPT), "packages/core is built");
});

/** Counts down from `count`, one unit of gas a time. */
function countdown(count: bigint): Program {
  const b = new FunctionBuilder("entry", [], [], new WordPool());
  b.begin(0);
  const loop = b.block([I64]);
  const done = b.block();
  b.br(loop, [b.const64(count)]);
  b.begin(loop);
  b.op("meter", 1);
  const less = b.op("i64.sub", b.blockParams(loop)[0]!, b.const64(1n));
  b.brIf(b.op("i64.eqz", less), done, [], loop, [less]);
  b.begin(done);
  b.op("exit", OUTCOME.OK);
  return programOf(moduleOf([b.build()], new WordPool()));
}

const engine = new Engine({ state: new MemoryState(), tier: "auto" });

const run = (program: Program) =>
  engine.execute({
    program,
    gas: 1_000_000n,
    context: undefined,
    prepare: () => {},
    finish: () => HOST.CONTINUE,
  });

/** Runs again and again until the compiled code is there. */
async function runUntilCompiled(program: Program) {
  let result = run(program);
  for (let turn = 0; turn < 400 && result.tier === "interpret"; turn++) {
    await setTimeout(50);
    result = run(program);
  }
  return result;
}

test("a hot program runs interpreted until another thread has compiled it, and says the same", async () => {
  const thread = startCompileThread(SCRIPT)!;
  const program = countdown(20_000n);
  const first = run(program);
  expect(first).toMatchObject({ tier: "interpret", outcome: OUTCOME.OK, gasUsed: 20_000n });
  expect(await runUntilCompiled(program)).toMatchObject({
    tier: "compile",
    outcome: OUTCOME.OK,
    gasUsed: 20_000n,
  });
  expect(thread.isBroken).toBe(false);
});

test("where another thread is to lift it, a program's own file does", async () => {
  startCompileThread(SCRIPT);
  // What the file lifts counts to 7, which nothing here does.
  const seven = `
    import { FunctionBuilder, WordPool } from ${JSON.stringify(new URL("../ir/builder.js", SCRIPT).href)};
    export function liftOptimistic({ count }) {
      const b = new FunctionBuilder("entry", [], [], new WordPool());
      b.begin(0);
      b.op("meter", count);
      b.op("exit", 0);
      return { name: "seven", functions: [b.build()], signatures: [{ params: [], results: [] }],
        entry: 0, hosts: [], words: [], table: new Int32Array(0), indirect: [], frameSize: 4096, operandStack: 0 };
    }`;
  const folder = mkdtempSync(join(tmpdir(), "compile-thread-"));
  writeFileSync(join(folder, "seven.mjs"), seven);
  const url = pathToFileURL(join(folder, "seven.mjs")).href;
  const program = { ...countdown(20_000n), source: { url, input: { count: 7 } } };
  run(program);
  expect(await runUntilCompiled(program)).toMatchObject({ tier: "compile", gasUsed: 7n });
  rmSync(folder, { recursive: true });
});

test("a part of a program is compiled first; what it lacks is interpreted, and the whole follows", async () => {
  startCompileThread(SCRIPT);
  // The part lacks everything; the whole, which the thread waits with, counts to 7.
  const lifted = `
    import { FunctionBuilder, WordPool } from ${JSON.stringify(new URL("../ir/builder.js", SCRIPT).href)};
    export function liftOptimistic({ isPart }) {
      const b = new FunctionBuilder("entry", [], [], new WordPool());
      b.begin(0);
      if (!isPart) {
        const end = Date.now() + 500;
        while (Date.now() < end);
        b.op("meter", 7);
      }
      b.op(isPart ? "trap" : "exit", isPart ? 0x210 : 0);
      return { name: "lifted", functions: [b.build()], signatures: [{ params: [], results: [] }],
        entry: 0, hosts: [], words: [], table: new Int32Array(0), indirect: [], frameSize: 4096, operandStack: 0 };
    }`;
  const folder = mkdtempSync(join(tmpdir(), "compile-thread-"));
  writeFileSync(join(folder, "lifted.mjs"), lifted);
  const url = pathToFileURL(join(folder, "lifted.mjs")).href;
  const source = { url, input: { isPart: false }, first: { isPart: true } };
  const program = { ...countdown(20_000n), source };
  expect(codeStateOf(program)).toBe("absent");
  run(program);
  while (codeStateOf(program) === "ordered") await setTimeout(5);
  expect(codeStateOf(program)).toBe("part");
  // Each of these enters the part, traps and is interpreted; after the third nobody enters it again.
  for (let turn = 0; turn < 3; turn++) {
    expect(run(program)).toMatchObject({ tier: "interpret", gasUsed: 20_000n });
  }
  expect(codeStateOf(program)).toBe("ordered");
  expect(await runUntilCompiled(program)).toMatchObject({ tier: "compile", gasUsed: 7n });
  expect(codeStateOf(program)).toBe("whole");
  rmSync(folder, { recursive: true });
});

test("when the thread dies, the next run compiles for itself", async () => {
  const thread = startCompileThread(SCRIPT)!;
  const broken = { ...countdown(20_000n), source: { url: "data:text/javascript,x y", input: 0 } };
  expect(run(broken).tier).toBe("interpret");
  for (let turn = 0; turn < 400 && !thread.isBroken; turn++) await setTimeout(50);
  expect(thread.isBroken).toBe(true);
  expect(run(broken)).toMatchObject({ tier: "compile", gasUsed: 20_000n });
});

test("without a thread the run that makes a program hot compiles it", () => {
  const here = new Engine({ state: new MemoryState(), tier: "auto", background: false });
  const program = countdown(20_000n);
  const request = {
    program,
    gas: 1_000_000n,
    context: undefined,
    prepare: () => {},
    finish: () => HOST.CONTINUE,
  };
  expect(here.execute(request)).toMatchObject({ tier: "compile", gasUsed: 20_000n });
});
