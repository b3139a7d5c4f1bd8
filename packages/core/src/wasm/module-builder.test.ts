import { expect, test } from "vitest";
import { ByteBuffer } from "./byte-buffer.ts";
import { ModuleBuilder } from "./module-builder.ts";
import { W } from "./opcodes.ts";

function bytesOf(write: (buffer: ByteBuffer) => void): number[] {
  const buffer = new ByteBuffer(1);
  write(buffer);
  return [...buffer.view()];
}

test("LEB128 is written as the specification shows it", () => {
  expect(bytesOf((b) => b.unsigned(624485))).toEqual([0xe5, 0x8e, 0x26]);
  expect(bytesOf((b) => b.signed32(-123456))).toEqual([0xc0, 0xbb, 0x78]);
  expect(bytesOf((b) => b.signed32(64))).toEqual([0xc0, 0x00]);
  expect(bytesOf((b) => b.signed64(-1, -1))).toEqual([0x7f]);
  expect(bytesOf((b) => b.signed64(-1, 0))).toEqual([0xff, 0xff, 0xff, 0xff, 0x0f]);
  expect(bytesOf((b) => b.signed64(0, 0x80000000))).toEqual([
    0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x7f,
  ]);
});

test("a module with an import, a table with a hole and an indirect call runs", () => {
  const module = new ModuleBuilder();
  module.importMemory("env", "memory", 1);
  const twice = module.importFunction("env", "twice", "i>i");
  const next = module.declare("i>i");
  const main = module.declare("i>i");
  module.table([-1, twice, next]);
  module.export("main", main);
  const body = new ByteBuffer();
  body.unsigned(0);
  for (const byte of [W.localGet, 0, W.i32Const, 1, W.i32Add, W.end]) body.byte(byte);
  module.body(body);
  body.clear();
  body.unsigned(0);
  for (const byte of [W.i32Const, 20, W.localGet, 0, W.callIndirect, 0, 0, W.end]) body.byte(byte);
  module.body(body);
  const bytes = module.build();
  expect(WebAssembly.validate(bytes)).toBe(true);
  const memory = new WebAssembly.Memory({ initial: 1 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(bytes), {
    env: { memory, twice: (x: number) => 2 * x },
  });
  const run = instance.exports.main as (index: number) => number;
  expect(run(1)).toBe(40);
  expect(run(2)).toBe(21);
  expect(() => run(0)).toThrow(WebAssembly.RuntimeError);
  expect(() => run(3)).toThrow(WebAssembly.RuntimeError);
});

test("an indirect call through a table without functions compiles, and traps", () => {
  const module = new ModuleBuilder();
  module.importMemory("env", "memory", 1);
  const main = module.declare("i>i");
  module.table([]);
  module.export("main", main);
  const body = new ByteBuffer();
  body.unsigned(0);
  for (const byte of [W.i32Const, 20, W.localGet, 0, W.callIndirect, 0, 0, W.end]) body.byte(byte);
  module.body(body);
  const memory = new WebAssembly.Memory({ initial: 1 });
  const instance = new WebAssembly.Instance(new WebAssembly.Module(module.build()), {
    env: { memory },
  });
  const run = instance.exports.main as (index: number) => number;
  expect(() => run(0)).toThrow(WebAssembly.RuntimeError);
});
