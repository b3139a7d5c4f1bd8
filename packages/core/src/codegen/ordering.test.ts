import { expect, test } from "vitest";
import { Engine } from "../engine/engine.ts";
import { OUTCOME } from "../host/outcome.ts";
import { HOST, type Program } from "../host/program.ts";
import { FunctionBuilder, WordPool } from "../ir/builder.ts";
import { I32, I64, I256, type ValueType } from "../ir/value-type.ts";
import { MemoryState } from "../journal/state.ts";
import { moduleOf, programOf } from "../testing/module.ts";
import { runBothTiers } from "../testing/run-both-tiers.ts";

// What the compiler computes late, or twice, or not at all, must not be seen.

const OUTPUT = 64;
const request = (program: Program) => ({
  program,
  gas: 10_000n,
  context: undefined,
  prepare: () => {},
  finish: () => HOST.CONTINUE,
});

interface Write {
  readonly b: FunctionBuilder;
  readonly frame: number;
  /** Appends an i64 to the output. */
  show(value: number): void;
}

function entry(pool: WordPool, write: (w: Write) => void) {
  const b = new FunctionBuilder("entry", [], [], pool);
  b.begin(0);
  const frame = b.op("frame");
  b.op("i32.store", frame, b.op("i32.add", frame, b.const32(OUTPUT)), 8);
  b.op("i32.store", frame, b.const32(64), 12);
  let shown = 0;
  write({ b, frame, show: (value) => b.op("i64.store", frame, value, OUTPUT + 8 * shown++) });
  if (b.isOpen) b.ret();
  return b.build();
}

/**
 * Runs in all tiers; answers outcome, output numbers and the tier that finished under `compile`.
 */
function run(program: Program) {
  const { result } = runBothTiers(new MemoryState(), () => request(program));
  const engine = new Engine({ state: new MemoryState(), tier: "compile" });
  const { tier } = engine.execute(request(program));
  const output = [...new BigUint64Array(result.output.slice().buffer)];
  return { outcome: result.outcome, output, tier };
}

const single = (write: (w: Write) => void): Program => {
  const pool = new WordPool();
  return programOf(moduleOf([entry(pool, write)], pool));
};

test("a load is not moved behind a store, a copy or a call", () => {
  const pool = new WordPool();
  const callee = new FunctionBuilder("callee", [], [], pool);
  callee.begin(0);
  callee.op("i64.store", callee.op("frame"), callee.const64(3n), 512);
  callee.ret();
  const main = entry(pool, ({ b, frame, show }) => {
    b.op("i64.store", frame, b.const64(1n), 512);
    const first = b.op("i64.load", frame, 512);
    b.op("i64.store", frame, b.const64(2n), 512);
    const second = b.op("i64.load", frame, 512);
    b.call(1, [], []);
    show(first);
    show(second);
    show(b.op("i64.load", frame, 512));
  });
  const { output, tier } = run(programOf(moduleOf([main, callee.build()], pool)));
  expect(output.slice(0, 3)).toEqual([1n, 2n, 3n]);
  expect(tier).toBe("compile");
});

test("a value of a variable outlives the variable's next value", () => {
  for (const type of [I64, I256] as const) {
    const program = single(({ b, show }) => {
      const constant = (n: bigint) => (type === I64 ? b.const64(n) : b.const256(n));
      const low = (value: number) => (type === I64 ? value : b.op("i256.limb", value, 0));
      const add = type === I64 ? "i64.add" : "i256.add";
      const x = b.variable(type);
      b.setVar(x, constant(5n));
      const old = b.getVar(x);
      const sum = b.op(add, old, constant(1n));
      b.setVar(x, b.op(add, b.getVar(x), constant(100n)));
      show(low(sum));
      show(low(old));
      show(low(b.getVar(x)));
    });
    expect(run(program).output.slice(0, 3)).toEqual([6n, 5n, 105n]);
  }
});

test("parameters of a block are exchanged at once", () => {
  const program = single(({ b, show }) => {
    const types: ValueType[] = [I64, I64, I256, I256, I32];
    const loop = b.block(types);
    const done = b.block();
    b.br(loop, [
      b.const64(1n),
      b.const64(2n),
      b.const256(3n),
      b.const256(2n ** 200n + 4n),
      b.const32(3),
    ]);
    b.begin(loop);
    const [p, q, u, v, n] = b.blockParams(loop) as [number, number, number, number, number];
    const left = b.op("i32.sub", n, b.const32(1));
    b.brIf(left, loop, [q, p, v, u, left], done, []);
    b.begin(done);
    show(p);
    show(q);
    show(b.op("i256.limb", u, 0));
    show(b.op("i256.limb", v, 0));
    show(b.op("i256.limb", v, 3));
  });
  const { output, tier } = run(program);
  expect(output.slice(0, 5)).toEqual([1n, 2n, 3n, 4n, 256n]);
  expect(tier).toBe("compile");
});

test("a trap whose value is read by one way of a branch happens on both", () => {
  const program = single(({ b, frame, show }) => {
    const shown = b.block([I64]);
    const other = b.block();
    b.op("i64.store", frame, b.const64(0n), 520);
    const quotient = b.op("i64.div_u", b.const64(1n), b.op("i64.load", frame, 520));
    b.brIf(b.const32(0), shown, [quotient], other, []);
    b.begin(shown);
    show(b.blockParams(shown)[0]!);
    b.ret();
    b.begin(other);
    b.ret();
  });
  expect(run(program)).toMatchObject({ outcome: OUTCOME.DIVIDE_BY_ZERO, tier: "interpret" });
});

test("a trap comes before a callee that ends the frame", () => {
  const pool = new WordPool();
  const callee = new FunctionBuilder("callee", [], [], pool);
  callee.begin(0);
  callee.op("exit", OUTCOME.OK);
  const main = entry(pool, ({ b, show }) => {
    const sum = b.op("i64.addc", b.const64(200n), b.const64(100n), 8, 0x500);
    b.call(1, [], []);
    show(sum);
  });
  const program = programOf(moduleOf([main, callee.build()], pool));
  expect(run(program)).toMatchObject({ outcome: 0x500, tier: "interpret" });
});

test("a checked product that nobody reads traps beyond its width", () => {
  const program = single(({ b }) => {
    b.op("i256.mulc", b.const256(2n ** 255n), b.const256(2n ** 200n), 256, 0x500);
  });
  expect(run(program).outcome).toBe(0x500);
});

test("an outcome leaves every function between exit and entry", () => {
  const pool = new WordPool();
  const inner = new FunctionBuilder("inner", [I64], [I64], pool);
  inner.begin(0);
  const stop = inner.block();
  const again = inner.block();
  const [n] = inner.blockParams(0) as [number];
  inner.brIf(inner.op("i64.eqz", n), stop, [], again, []);
  inner.begin(stop);
  inner.op("meter", 7);
  inner.op("exit", OUTCOME.REVERT);
  inner.begin(again);
  const [result] = inner.call(1, [I64], [inner.op("i64.sub", n, inner.const64(1n))]) as [number];
  inner.ret([result]);
  const main = entry(pool, ({ b, show }) => {
    show(b.const64(9n));
    const [value] = b.call(1, [I64], [b.const64(20n)]) as [number];
    show(value);
  });
  const { outcome, output, tier } = run(programOf(moduleOf([main, inner.build()], pool)));
  expect({ outcome, shown: output[0], tier }).toEqual({
    outcome: OUTCOME.REVERT,
    shown: 9n,
    tier: "compile",
  });
});

test("deep expressions and long chains of branches compile without recursion", () => {
  const program = single(({ b, frame, show }) => {
    let sum = b.op("i64.load", frame, 512);
    for (let i = 0; i < 20_000; i++) sum = b.op("i64.xor", sum, b.const64(BigInt(i)));
    const end = b.block();
    for (let i = 0; i < 5_000; i++) {
      const next = b.block();
      b.brIf(b.op("i64.eq", sum, b.const64(BigInt(i + 1_000_000))), end, [], next, []);
      b.begin(next);
    }
    show(sum);
    b.br(end);
    b.begin(end);
    b.ret();
  });
  expect(run(program).tier).toBe("compile");
});

test("a jump into a loop is compiled by dispatch", () => {
  const program = single(({ b, frame, show }) => {
    const x = b.block([I64]);
    const y = b.block([I64]);
    const done = b.block([I64]);
    b.op("i32.store", frame, b.const32(0), 512);
    b.brIf(b.op("i32.load", frame, 512), x, [b.const64(1n)], y, [b.const64(2n)]);
    b.begin(x);
    const [p] = b.blockParams(x) as [number];
    b.br(y, [b.op("i64.add", p, b.const64(10n))]);
    b.begin(y);
    const [q] = b.blockParams(y) as [number];
    b.op("meter", 1);
    b.brIf(b.op("i64.gt_u", q, b.const64(50n)), done, [q], x, [q]);
    b.begin(done);
    show(b.blockParams(done)[0]!);
  });
  const { output, tier } = run(program);
  expect(output[0]).toBe(52n);
  expect(tier).toBe("compile");
});

test("large functions multiply and divide in the kernel, with the same results", () => {
  const program = single(({ b, show }) => {
    let x = b.const256(2n ** 255n - 19n);
    for (let i = 0; i < 6000; i++) {
      x = b.op("i256.mul", b.op("i256.add", x, b.const256(BigInt(i))), x);
      x = b.op("i256.div", x, b.const256(1000003n));
    }
    for (let k = 0; k < 4; k++) show(b.op("i256.limb", x, k));
    show(b.op("i256.limb", b.op("i256.mod", x, b.const256(77n)), 0));
  });
  expect(run(program).tier).toBe("compile");
});
