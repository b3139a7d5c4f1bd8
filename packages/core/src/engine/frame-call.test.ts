import { expect, test } from "vitest";
import { FRAME, FRAMES } from "../host/frame-layout.ts";
import { LinearMemory } from "../host/linear-memory.ts";
import { FRONTEND_TRAPS, OUTCOME } from "../host/outcome.ts";
import { type CallRequest, HOST, type HostFunction, type Program } from "../host/program.ts";
import { FunctionBuilder, WordPool } from "../ir/builder.ts";
import { I64 } from "../ir/value-type.ts";
import { BYTE_CELLS } from "../journal/journal.ts";
import { MemoryState } from "../journal/state.ts";
import { moduleOf, programOf } from "../testing/module.ts";
import { Engine } from "./engine.ts";

const ASKED_OF_THE_ENGINE = 77;
const GIVEN = 1000;

const request = (program: Program): CallRequest => ({
  program,
  gas: 100_000n,
  context: "adopted",
  prepare: () => {},
  finish: () => HOST.CONTINUE,
});

/** A program of one function, which compiled code may enter, with one host function from i64 to i64. */
function program(write: (b: FunctionBuilder) => void, host: HostFunction): Program {
  const pool = new WordPool();
  const b = new FunctionBuilder("entry", [], [], pool);
  b.begin(0);
  write(b);
  const made: Program = {
    ...programOf(moduleOf([b.build()], pool, [{ name: "h", params: [I64], results: [I64] }]), [
      host,
    ]),
    depletes: true,
    adopt: () => request(made),
  };
  return made;
}

/** Calls `callee` without the engine; its output is the outcome, or {@link ASKED_OF_THE_ENGINE} if it cannot. */
function callerOf(callee: Program): Program {
  const write = (b: FunctionBuilder): void => {
    const [direct, other] = [b.block(), b.block()] as const;
    const frame = b.op("frame");
    const [entry] = b.host(0, [I64], [b.const64(0n)]) as [number];
    const size = callee.exact.frameSize;
    const end = b.op("i32.add", frame, b.const32(size));
    const place = b.op("frame.place", end, size);
    b.op("i32.store", frame, b.op("i32.add", frame, b.const32(64)), FRAME.OUTPUT_ADDRESS);
    b.op("i32.store", frame, b.const32(4), FRAME.OUTPUT_LENGTH);
    b.brIf(place, direct, [], other, []);
    b.begin(other);
    b.op("i32.store", frame, b.const32(ASKED_OF_THE_ENGINE), 64);
    b.op("exit", OUTCOME.OK);
    b.begin(direct);
    const given = b.const64(BigInt(GIVEN));
    b.op("meter.dynamic", given);
    b.op("i64.store", place, given, FRAME.GAS);
    const outcome = b.op("frame.call", b.op("i32.wrap", entry), place);
    b.op("gas.refill", b.op("i64.load", place, FRAME.GAS));
    b.op("i32.store", frame, outcome, 64);
    b.op("exit", OUTCOME.OK);
  };
  return program(write, (frame) => {
    frame.resultI64(0, BigInt(frame.runtime.entryOf(callee)));
    return HOST.CONTINUE;
  });
}

/** Writes a cell, and answers the depth of the frame. */
const write: HostFunction = (frame) => {
  const { journal } = frame;
  const cell = journal.cell(journal.domain("t", BYTE_CELLS), 0, Uint8Array.of(1));
  journal.writeBytes(cell, Uint8Array.of(frame.depth));
  frame.resultI64(0, BigInt(frame.depth));
  return HOST.CONTINUE;
};

function run(callee: (b: FunctionBuilder) => void, host: HostFunction = write) {
  const memory = new LinearMemory();
  const engine = new Engine({ state: new MemoryState(), memory, tier: "compile" });
  engine.journal.account(Uint8Array.of(9));
  const result = engine.execute(request(callerOf(program(callee, host))));
  expect(memory.i32[FRAMES.STACK_USED >>> 2]).toBe(0);
  const output = result.output[0]! | (result.output[1]! << 8);
  return { ...result, output, cells: engine.journal.changes().map(({ after }) => after![0]) };
}

test("a compiled callee runs in a frame of its own, whose unused gas comes back", () => {
  const { output, gasUsed, cells, tier } = run((b) => {
    b.op("meter", 300);
    b.host(0, [I64], [b.const64(0n)]);
    b.op("exit", OUTCOME.OK);
  });
  expect({ output, gasUsed, cells, tier }).toEqual({
    output: OUTCOME.OK,
    gasUsed: 300n,
    cells: [1],
    tier: "compile",
  });
});

test("what a callee did that reverts is undone, and the caller goes on", () => {
  const { output, cells, tier } = run((b) => {
    b.host(0, [I64], [b.const64(0n)]);
    b.op("exit", OUTCOME.REVERT);
  });
  expect({ output, cells, tier }).toEqual({ output: OUTCOME.REVERT, cells: [], tier: "compile" });
});

test.each([
  ["traps", (b: FunctionBuilder) => b.op("trap", OUTCOME.UNREACHABLE)],
  [
    "uses more gas than it has",
    (b: FunctionBuilder) => {
      b.op("charge", GIVEN + 1);
      b.op("exit", OUTCOME.OK);
    },
  ],
])("a callee that %s has its caller ask the engine", (_, end) => {
  const { output, cells, tier, gasUsed } = run((b) => {
    b.host(0, [I64], [b.const64(0n)]);
    end(b);
  });
  expect({ output, cells, tier, gasUsed }).toEqual({
    output: ASKED_OF_THE_ENGINE,
    cells: [],
    tier: "compile",
    gasUsed: 0n,
  });
});

test("a callee that a host function ends with a trap of the frontend loses its gas and what it did, and the caller goes on", () => {
  const fails: HostFunction = (frame) => {
    write(frame);
    frame.outcome = FRONTEND_TRAPS;
    return HOST.LEAVE;
  };
  const { output, cells, tier, gasUsed } = run((b) => {
    b.host(0, [I64], [b.const64(0n)]);
    b.op("exit", OUTCOME.OK);
  }, fails);
  expect({ output, cells, tier, gasUsed }).toEqual({
    output: FRONTEND_TRAPS,
    cells: [],
    tier: "compile",
    gasUsed: BigInt(GIVEN),
  });
});

test("a program whose frames trap again and again loses its entry", () => {
  const callee = program((b) => b.op("trap", OUTCOME.UNREACHABLE), write);
  const engine = new Engine({
    state: new MemoryState(),
    memory: new LinearMemory(),
    tier: "compile",
  });
  expect(engine.entryOf(callee)).toBeGreaterThan(0);
  for (let i = 0; i < 8; i++) engine.execute(request(callerOf(callee)));
  expect(engine.entryOf(callee)).toBe(0);
});
