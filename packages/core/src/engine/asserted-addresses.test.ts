import { describe, expect, test } from "vitest";
import { FRAME } from "../host/frame-layout.ts";
import { LinearMemory } from "../host/linear-memory.ts";
import { AddressViolation, type MemoryRegion } from "../host/memory-region.ts";
import { isOk, OUTCOME } from "../host/outcome.ts";
import { HOST, type Program } from "../host/program.ts";
import { FunctionBuilder, WordPool } from "../ir/builder.ts";
import type { IrModule } from "../ir/function.ts";
import { MEMORY_ACCESSES } from "../ir/memory-access.ts";
import { OPS } from "../ir/ops.ts";
import { I32 } from "../ir/value-type.ts";
import { MemoryState } from "../journal/state.ts";
import { optimise } from "../passes/optimise.ts";
import { moduleOf } from "../testing/module.ts";
import { Engine, type EngineOptions } from "./engine.ts";

/** A cell of the frame that holds the end of the region `heap`. */
const TOP = FRAME.HEADER;
const DATA = FRAME.BODY;
const HEAP = FRAME.BODY + 256;
const REGIONS: readonly MemoryRegion[] = [
  { name: "header", start: FRAME.HEADER, end: FRAME.HEADER + 8 },
  { name: "data", start: DATA, end: DATA + 64 },
  { name: "heap", start: HEAP, endAt: TOP },
];
/** Bytes of the region `heap`. */
const HEAP_SIZE = 40;

const TIERS: [string, Partial<EngineOptions>][] = [
  ["exact, interpreted", { tier: "interpret" }],
  ["optimistic, interpreted", { tier: "interpret", moduleUnderTest: "optimistic-interpreted" }],
  ["optimistic, compiled", { tier: "compile" }],
  ["exact, compiled", { tier: "compile", moduleUnderTest: "exact-compiled" }],
];

const memory = new LinearMemory();
let programs = 0;

function programOf(write: (b: FunctionBuilder, frame: number) => void): Program {
  const pool = new WordPool();
  const body = new FunctionBuilder("body", [I32], [], pool);
  body.begin(0);
  body.position = 77;
  write(body, body.blockParams(0)[0]);
  body.ret();
  const entry = new FunctionBuilder("entry", [], [], pool);
  entry.begin(0);
  entry.call(1, [], [entry.op("frame")]);
  entry.op("exit", OUTCOME.OK);
  const exact: IrModule = moduleOf([entry.build(), body.build()], pool);
  const optimistic = optimise(exact, { inlineRounds: 0 });
  const id = `asserted-${programs++}`;
  return { vm: "test", id, exact, optimistic: () => optimistic, hosts: [], regions: REGIONS };
}

function run(program: Program, options: Partial<EngineOptions>) {
  const engine = new Engine({ state: new MemoryState(), memory, ...options });
  return engine.execute({
    program,
    gas: 1000n,
    context: undefined,
    prepare: (frame) => {
      frame.memory.u32[(frame.address + TOP) >>> 2] = frame.address + HEAP + HEAP_SIZE;
    },
    finish: () => HOST.CONTINUE,
  });
}

function violation(program: Program, options: Partial<EngineOptions>): AddressViolation {
  try {
    run(program, options);
  } catch (error) {
    if (error instanceof AddressViolation) return error;
    throw error;
  }
  throw new Error("no violation");
}

/** Emits operation `name` so that its access number `which` begins at the address, and the others are allowed. */
function emitAt(
  b: FunctionBuilder,
  name: string,
  which: number,
  address: number,
  fine: number,
): number {
  const info = OPS.find((each) => each.name === name)!;
  const accesses = MEMORY_ACCESSES[info.code];
  const operands = info.args.map((type, index) => {
    const access = accesses.findIndex((each) => each.address === index);
    if (access >= 0) return access === which ? address : fine;
    if (accesses.some((each) => each.sizeArgument === index)) return b.const32(32);
    return type === I32 ? b.const32(5) : type === 1 ? b.const64(5n) : b.const256(5n);
  });
  const immediates = Array.from({ length: info.immediates }, (_, i) => (i === 0 ? 0 : 32));
  return b.emit(info.code, ...([...operands, ...immediates] as [number]));
}

/** Makes a result live, so that nothing that computes it is dropped. */
function keep(b: FunctionBuilder, frame: number, value: number): void {
  if (value < 0) return;
  const type = b.typeOf(value);
  if (type === I32) b.op("i32.store", frame, value, DATA);
  else if (type === 1) b.op("i64.store", frame, value, DATA);
  else b.op("i256.store_le", frame, value, DATA, 32);
}

const CASES = OPS.flatMap(({ name, code }) =>
  MEMORY_ACCESSES[code].map((access, which) => [name, which, access] as const),
);

describe.each(TIERS)("%s", (_, options) => {
  test.each(CASES)("%s: access %i is asserted", (name, which, access) => {
    const size = access.size > 0 ? access.size : 32;
    const accessAt = (offset: number) =>
      programOf((b, frame) => {
        const fine = b.op("i32.add", frame, b.const32(DATA));
        const address = b.op("i32.add", frame, b.const32(offset));
        keep(b, frame, emitAt(b, name, which, address, fine));
      });
    const end = HEAP + HEAP_SIZE;
    expect(isOk(run(accessAt(end - size), options).outcome)).toBe(true);
    expect(isOk(run(accessAt(HEAP), options).outcome)).toBe(true);
    expect(violation(accessAt(end - size + 1), options)).toMatchObject({
      function: "body",
      length: size,
      region: size === 1 ? undefined : "heap",
    });
    expect(violation(accessAt(HEAP - 1), options).region).toBeUndefined();
    const { message, instruction } = violation(accessAt(DATA - 100), options);
    expect(instruction).toContain(name);
    expect(instruction).toContain("@77");
    expect(message).toMatch(
      /test, body: `.*` touches \d+ bytes at 0x[0-9a-f]+, outside all regions/,
    );
  });

  test("a negative offset and one beyond are part of the address", () => {
    const program = (offset: number) =>
      programOf((b, frame) => {
        const base = b.op("i32.add", frame, b.const32(DATA + 32));
        b.op("i64.store", base, b.const64(1n), offset);
      });
    expect(isOk(run(program(-32), options).outcome)).toBe(true);
    expect(isOk(run(program(24), options).outcome)).toBe(true);
    expect(violation(program(-33), options).length).toBe(8);
    expect(violation(program(25), options).region).toBe("data");
  });

  test("nothing is touched where the length is 0", () => {
    const program = programOf((b) => {
      b.op("memory.copy", b.const32(0), b.const32(-1), b.const32(0));
    });
    expect(isOk(run(program, options).outcome)).toBe(true);
  });

  test("a range that ends behind 2^32 lies nowhere", () => {
    const program = programOf((b, frame) => {
      b.op("memory.fill", b.op("i32.add", frame, b.const32(DATA)), b.const32(1), b.const32(-1));
    });
    expect(violation(program, options).length).toBe(2 ** 32 - 1);
  });
});

test("a program without regions is not asserted, and its code is another one", () => {
  const asserted = programOf((b, frame) => b.op("i64.store", frame, b.const64(1n), 4000));
  const { regions: _, ...plain } = asserted;
  expect(isOk(run(plain, { tier: "compile" }).outcome)).toBe(true);
  expect(() => run(asserted, { tier: "compile" })).toThrow(AddressViolation);
  expect(isOk(run(plain, { tier: "compile" }).outcome)).toBe(true);
});
