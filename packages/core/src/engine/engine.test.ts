import { expect, test } from "vitest";
import { OUTCOME } from "../host/outcome.ts";
import { type CallRequest, HOST, type HostFunction, type Program } from "../host/program.ts";
import { FunctionBuilder, WordPool } from "../ir/builder.ts";
import { I32, I64, I256 } from "../ir/value-type.ts";
import { BYTE_CELLS } from "../journal/journal.ts";
import { MemoryState } from "../journal/state.ts";
import { moduleOf, programOf } from "../testing/module.ts";
import { runBothTiers } from "../testing/run-both-tiers.ts";

const request = (program: Program, gas = 1_000_000n): CallRequest => ({
  program,
  gas,
  context: undefined,
  prepare: () => {},
  finish: () => HOST.CONTINUE,
});

/** A program whose entry function is written by `write`. */
function entry(write: (b: FunctionBuilder) => void, hosts: [string, HostFunction][] = []): Program {
  const pool = new WordPool();
  const b = new FunctionBuilder("entry", [], [], pool);
  b.begin(0);
  write(b);
  const signatures = hosts.map(([name]) => ({
    name,
    params: [I64] as const,
    results: [I64] as const,
  }));
  return programOf(
    moduleOf([b.build()], pool, signatures),
    hosts.map(([, fn]) => fn),
  );
}

const run = (program: Program, gas?: bigint) =>
  runBothTiers(new MemoryState(), () => request(program, gas)).result;

test("a loop charges each time round and leaves its result in memory", () => {
  const program = entry((b) => {
    const loop = b.block([I64, I64]);
    const done = b.block([I64]);
    b.br(loop, [b.const64(0n), b.const64(10n)]);
    b.begin(loop);
    const [sum, left] = b.blockParams(loop) as [number, number];
    b.op("meter", 7);
    const next = b.op("i64.add", sum, left);
    const less = b.op("i64.sub", left, b.const64(1n));
    b.brIf(b.op("i64.eqz", less), done, [next], loop, [next, less]);
    b.begin(done);
    const frame = b.op("frame");
    b.op("i64.store", frame, b.blockParams(done)[0]!, 64);
    b.op("i32.store", frame, b.op("i32.add", frame, b.const32(64)), 8);
    b.op("i32.store", frame, b.const32(8), 12);
    b.op("exit", OUTCOME.OK);
  });
  const result = run(program);
  expect(result.output).toEqual(Uint8Array.of(55, 0, 0, 0, 0, 0, 0, 0));
  expect(result.gasUsed).toBe(70n);
  expect(run(program, 69n).outcome).toBe(OUTCOME.OUT_OF_GAS);
});

test("a failed frame leaves nothing in the journal and a called one reports to its caller", () => {
  const write: HostFunction = (frame) => {
    const domain = frame.journal.domain("test", BYTE_CELLS);
    const cell = frame.journal.cell(
      domain,
      frame.journal.account(Uint8Array.of(1)),
      Uint8Array.of(frame.depth),
    );
    frame.journal.writeBytes(cell, Uint8Array.of(9));
    return HOST.CONTINUE;
  };
  const failing = entry(
    (b) => {
      b.host(0, [I64], [b.const64(0n)]);
      b.op("trap", OUTCOME.UNREACHABLE);
    },
    [["write", write]],
  );
  const call: HostFunction = (frame) =>
    frame.call({
      ...request(failing, 10n),
      finish: (caller, callee) => {
        caller.resultI64(0, BigInt(callee.outcome));
        return HOST.CONTINUE;
      },
    });
  const program = entry(
    (b) => {
      b.host(0, [I64], [b.const64(0n)]);
      const [outcome] = b.host(1, [I64], [b.const64(0n)]) as [number];
      const frame = b.op("frame");
      b.op("i64.store", frame, outcome, 64);
      b.op("i32.store", frame, b.op("i32.add", frame, b.const32(64)), 8);
      b.op("i32.store", frame, b.const32(2), 12);
      b.ret();
    },
    [
      ["write", write],
      ["call", call],
    ],
  );
  const { result, changes } = runBothTiers(new MemoryState(), () => request(program));
  expect(result.output).toEqual(
    Uint8Array.of(OUTCOME.UNREACHABLE & 0xff, OUTCOME.UNREACHABLE >> 8),
  );
  expect(changes.map(({ key }) => [...key])).toEqual([[0]]);
});

test("calls between functions keep the values of the caller", () => {
  const pool = new WordPool();
  const fib = new FunctionBuilder("fib", [I256], [I256], pool);
  fib.begin(0);
  const [n] = fib.blockParams(0) as [number];
  const small = fib.block();
  const large = fib.block();
  fib.brIf(fib.op("i256.lt_u", n, fib.const256(2n)), small, [], large, []);
  fib.begin(small);
  fib.ret([n]);
  fib.begin(large);
  fib.op("meter", 1);
  const [a] = fib.call(1, [I256], [fib.op("i256.sub", n, fib.const256(1n))]) as [number];
  const [c] = fib.call(1, [I256], [fib.op("i256.sub", n, fib.const256(2n))]) as [number];
  fib.ret([fib.op("i256.add", a, c)]);
  const main = new FunctionBuilder("main", [], [], pool);
  main.begin(0);
  const [result] = main.call(1, [I256], [main.const256(15n)]) as [number];
  const frame = main.op("frame");
  main.op("i256.store_be", frame, result, 64);
  main.op("i32.store", frame, main.op("i32.add", frame, main.const32(94)), 8);
  main.op("i32.store", frame, main.const32(2), 12);
  main.ret();
  const program = programOf(moduleOf([main.build(), fib.build()], pool));
  expect(run(program).output).toEqual(Uint8Array.of(610 >> 8, 610 & 0xff));
});

test("recursion without end is stopped by the gas, in any tier", () => {
  const pool = new WordPool();
  const b = new FunctionBuilder("forever", [], [I32], pool);
  b.begin(0);
  b.op("meter", 1);
  const [value] = b.call(1, [I32], []) as [number];
  b.ret([b.op("i32.add", value, value)]);
  const main = new FunctionBuilder("main", [], [], pool);
  main.begin(0);
  main.call(1, [I32], []);
  main.ret();
  const program = programOf(moduleOf([main.build(), b.build()], pool));
  expect(run(program, 30_000n).outcome).toBe(OUTCOME.OUT_OF_GAS);
});

test("a guess that is wrong has the frame run exactly", () => {
  const write = (guess: boolean) => {
    const pool = new WordPool();
    const b = new FunctionBuilder("entry", [], [], pool);
    b.begin(0);
    if (guess) b.op("trap.if", b.const32(1), OUTCOME.WRONG_GUESS);
    b.op("meter", 5);
    b.op("exit", OUTCOME.REVERT);
    return moduleOf([b.build()], pool);
  };
  const result = run(programOf(write(false), [], write(true)));
  expect(result).toMatchObject({ outcome: OUTCOME.REVERT, gasUsed: 5n });
});
