import { expect, it } from "vitest";
import { FunctionBuilder, WordPool } from "../ir/builder.ts";
import type { IrModule } from "../ir/function.ts";
import { I32, I64, type ValueType } from "../ir/value-type.ts";
import { verifyModule } from "../ir/verify.ts";
import { moduleOf } from "../testing/module.ts";
import { optimise } from "./optimise.ts";

/** A module of one function written by `write`; block 0 is begun. */
function moduleWith(write: (b: FunctionBuilder) => void): IrModule {
  const pool = new WordPool();
  const b = new FunctionBuilder("hostile", [], [], pool);
  b.begin(0);
  write(b);
  return moduleOf([b.build()], pool);
}

function optimised(module: IrModule): IrModule {
  verifyModule(module);
  const result = optimise(module);
  verifyModule(result);
  return result;
}

const blockCount = (module: IrModule): number => module.functions[0]?.blocks.length ?? 0;

// What is not linear takes minutes here.

it("merges a chain of 100,000 blocks that hand a value on", () => {
  const module = moduleWith((b) => {
    let value = b.const64(7n);
    for (let i = 0; i < 100_000; i++) {
      const next = b.block([I64]);
      b.op("meter", 1);
      b.br(next, [value]);
      b.begin(next);
      [value] = b.blockParams(next);
    }
    b.op("i64.store", b.op("frame"), value, 64);
    b.ret();
  });
  expect(blockCount(optimised(module))).toBe(1);
});

it("threads a chain of 100,000 empty blocks", () => {
  const module = moduleWith((b) => {
    const condition = b.op("i32.load", b.op("frame"), 64);
    const end = b.block();
    for (let i = 0; i < 100_000; i++) {
      const next = b.block();
      b.br(next);
      b.begin(next);
    }
    const loop = b.block();
    b.br(loop);
    b.begin(loop);
    b.op("meter", 1);
    b.brIf(condition, loop, [], end, []);
    b.begin(end);
    b.ret();
  });
  expect(blockCount(optimised(module))).toBe(3);
});

it("takes a switch with 20,000 targets, each a block", () => {
  const module = moduleWith((b) => {
    const targets = Array.from({ length: 20_000 }, () => b.block());
    const end = b.block([I32]);
    b.switch(b.op("i32.load", b.op("frame"), 64), targets, targets[0]);
    targets.forEach((target, i) => {
      b.begin(target);
      b.op("meter", i & 7);
      b.br(end, [b.const32(i)]);
    });
    b.begin(end);
    b.op("i32.store", b.op("frame"), b.blockParams(end)[0], 64);
    b.ret();
  });
  expect(blockCount(optimised(module))).toBe(20_002);
});

it("takes 300 loops in a row that carry 300 values each", () => {
  const types = new Array<ValueType>(300).fill(I64);
  const module = moduleWith((b) => {
    const frame = b.op("frame");
    let values: readonly number[] = types.map((_, i) => b.op("i64.load", frame, 64 + i));
    for (let i = 0; i < 300; i++) {
      const loop = b.block(types);
      const next = b.block(types);
      b.br(loop, values);
      b.begin(loop);
      b.op("meter", 1);
      const params = b.blockParams(loop);
      const turned = [...params.slice(1), params[0]];
      b.brIf(b.op("i32.wrap", params[0]), loop, turned, next, turned);
      b.begin(next);
      values = b.blockParams(next);
    }
    for (const value of values) b.op("i64.store", frame, value, 64);
    b.ret();
  });
  expect(blockCount(optimised(module))).toBeGreaterThan(300);
});

it("takes 1,000 loops inside each other", () => {
  const module = moduleWith((b) => {
    const condition = b.op("i32.load", b.op("frame"), 64);
    const loops: number[] = [];
    for (let i = 0; i < 1_000; i++) {
      loops.push(b.block());
      b.br(loops[i]);
      b.begin(loops[i]);
      b.op("meter", 1);
    }
    for (const loop of loops.reverse()) {
      const next = b.block();
      b.brIf(condition, loop, [], next, []);
      b.begin(next);
    }
    b.ret();
  });
  expect(blockCount(optimised(module))).toBe(2_001);
});
