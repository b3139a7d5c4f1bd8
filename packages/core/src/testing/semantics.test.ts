import { describe, expect, it } from "vitest";
import { FRAME, OPERAND_STACK_BYTES } from "../host/frame-layout.ts";
import { isTrap, OUTCOME } from "../host/outcome.ts";
import { type CallRequest, HOST, type Program } from "../host/program.ts";
import { FunctionBuilder, WordPool } from "../ir/builder.ts";
import { isChecked } from "../ir/checked.ts";
import { OPS, type OpInfo } from "../ir/ops.ts";
import { I32, I64, type ValueType } from "../ir/value-type.ts";
import { MemoryState } from "../journal/state.ts";
import { optimise } from "../passes/optimise.ts";
import { FORMULAS } from "./formulas.ts";
import { moduleOf, programOf } from "./module.ts";
import { Random } from "./random.ts";
import { runBothTiers } from "./run-both-tiers.ts";

const BITS = [32, 64, 256] as const;
/** Where the table of operands lies in the frame, and the bytes of its rows: four operands and the result. */
const TABLE = FRAME.BODY + OPERAND_STACK_BYTES;
const ROW = 160;
const RESULT = 128;

/** 0, 1, 2^k and its neighbours, largest values, bytes that can be told apart, small amounts. */
function edges(bits: number): bigint[] {
  const powers = [0, 7, 8, 15, 16, 31, 32, 63, 64, 65, 127, 128, 191, 192, 255].filter(
    (k) => k < bits,
  );
  const near = powers.flatMap((k) => [2n ** BigInt(k) - 1n, 2n ** BigInt(k), 2n ** BigInt(k) + 1n]);
  const max = 2n ** BigInt(bits) - 1n;
  const pattern = BigInt.asUintN(
    bits,
    0x0102030405060708090a0b0c0d0e0f10f1e2d3c4b5a69788796a5b4c3d2e1fn,
  );
  const small = [3n, 5n, 10n, 29n, 30n, 33n, 100n, 254n, 256n, 257n];
  return [...new Set([...near, ...small, max, max - 1n, max >> 1n, (max >> 1n) + 1n, pattern])];
}

/** Operands of `info`: all pairs of edges, and random ones in the places and rows that are left. */
function tuples(info: OpInfo, immediates: readonly number[]): bigint[][] {
  const random = new Random(info.code);
  const limit = isChecked(info.code) && info.argCount === 2 && !/subc|divc|remc/.test(info.name);
  const sets = info.args.map((type) => {
    const values = edges(limit ? immediates[0] : BITS[type]);
    return limit ? values.filter((value) => value >> BigInt(immediates[0]) === 0n) : values;
  });
  const rows: bigint[][] = [];
  const [first, second = [0n]] = sets;
  for (const a of first) {
    for (const b of second) {
      const rest = sets.slice(2).map((set) => random.pick(set));
      rows.push([a, b, ...rest].slice(0, sets.length));
      if (sets.length > 2) rows.push(sets.map((set) => random.pick(set)));
    }
  }
  return rows;
}

function immediatesOf(info: OpInfo): number[][] {
  if (info.name === "i256.limb") return [[0], [1], [2], [3]];
  if (info.name === "i256.fits") return [[0], [1], [64], [65], [255], [256]];
  if (!isChecked(info.code)) return [[]];
  const bits = info.args[0] === I64 ? [8, 16, 32, 63, 64] : [8, 64, 65, 128, 255, 256];
  return bits.map((n) => [n, 0x345]);
}

function load(b: FunctionBuilder, type: ValueType, row: number, offset: number): number {
  if (type === I32) return b.op("i32.load", row, offset);
  return type === I64 ? b.op("i64.load", row, offset) : b.op("i256.load_le", row, offset, 32);
}

function store(b: FunctionBuilder, type: ValueType, row: number, value: number): void {
  if (type === I32) b.op("i32.store", row, value, RESULT);
  else if (type === I64) b.op("i64.store", row, value, RESULT);
  else b.op("i256.store_le", row, value, RESULT, 32);
}

function outputTable(b: FunctionBuilder, frame: number, rows: number): void {
  b.op("i32.store", frame, b.op("i32.add", frame, b.const32(TABLE)), FRAME.OUTPUT_ADDRESS);
  b.op("i32.store", frame, b.const32(rows * ROW), FRAME.OUTPUT_LENGTH);
  b.ret();
}

/** A program that does the operation on each of `count` rows of its table. */
function loopProgram(info: OpInfo, immediates: readonly number[], count: number): Program {
  const pool = new WordPool();
  const b = new FunctionBuilder(info.name, [], [], pool);
  const loop = b.block([I32]);
  const done = b.block();
  b.begin(0);
  const frame = b.op("frame");
  b.br(loop, [b.const32(0)]);
  b.begin(loop);
  b.op("meter", 1);
  const [index] = b.blockParams(loop);
  const row = b.op("i32.add", frame, b.op("i32.mul", index, b.const32(ROW)));
  const args = info.args.map((type, i) => load(b, type, row, TABLE + 32 * i));
  store(
    b,
    info.results[0],
    b.op("i32.add", row, b.const32(TABLE)),
    b.emit(info.code, ...args, ...immediates),
  );
  const next = b.op("i32.add", index, b.const32(1));
  b.brIf(b.op("i32.lt_u", next, b.const32(count)), loop, [next], done, []);
  b.begin(done);
  outputTable(b, frame, count);
  const module = { ...moduleOf([b.build()], pool), frameSize: TABLE + count * ROW };
  return programOf(module, [], optimise(module));
}

/** A program that does it on constants, each time, and whose optimised form should do nothing but store the results. */
function constantProgram(info: OpInfo, immediates: readonly number[], rows: bigint[][]): Program {
  const pool = new WordPool();
  const b = new FunctionBuilder(info.name, [], [], pool);
  b.begin(0);
  const frame = b.op("frame");
  rows.forEach((operands, i) => {
    const args = info.args.map((type, k) => {
      if (type === I32) return b.const32(Number(operands[k]));
      return type === I64 ? b.const64(operands[k]) : b.const256(operands[k]);
    });
    const row = b.op("i32.add", frame, b.const32(TABLE + i * ROW));
    store(b, info.results[0], row, b.emit(info.code, ...args, ...immediates));
  });
  outputTable(b, frame, rows.length);
  const module = { ...moduleOf([b.build()], pool), frameSize: TABLE + rows.length * ROW };
  return programOf(module, [], optimise(module));
}

function request(program: Program, rows: bigint[][]): CallRequest {
  return {
    program,
    gas: 1_000_000n,
    context: undefined,
    prepare: (frame) => {
      const table = frame.address + TABLE;
      frame.memory.u8.fill(0, table, table + rows.length * ROW);
      rows.forEach((operands, i) => {
        operands.forEach((value, k) => {
          frame.memory.setWord(table + i * ROW + 32 * k, value);
        });
      });
    },
    finish: () => HOST.CONTINUE,
  };
}

function readResult(output: Uint8Array, row: number, type: ValueType): bigint {
  let value = 0n;
  for (let i = BITS[type] / 8 - 1; i >= 0; i--)
    value = (value << 8n) | BigInt(output[row * ROW + RESULT + i]);
  return value;
}

const numeric = OPS.filter(({ name }) => FORMULAS[name] !== undefined);

describe("an operation on numbers", () => {
  it("has a formula, each of them", () => {
    const others = OPS.filter(
      ({ args, results, argCount, name }) =>
        argCount > 0 &&
        results.length === 1 &&
        args.length === argCount &&
        FORMULAS[name] === undefined &&
        !/load|region|memory|keccak|cell|frame|log/.test(name),
    );
    expect(others.map(({ name }) => name)).toEqual([]);
  });

  it.each(numeric.map((info) => [info.name, info] as const))("%s is its formula", (name, info) => {
    const formula = FORMULAS[name];
    const [type] = info.results;
    for (const immediates of immediatesOf(info)) {
      const all = tuples(info, immediates);
      const expected = all.map((row) => formula?.(...row, ...immediates.map(BigInt)));
      const rows = all.filter((_, i) => expected[i] !== undefined);
      const results = expected.filter((value) => value !== undefined);
      const values = results.map((value) => BigInt.asUintN(BITS[type], BigInt(value)));
      const few = rows.filter((_, i) => i % Math.ceil(rows.length / 200) === 0);
      const fewValues = values.filter((_, i) => i % Math.ceil(rows.length / 200) === 0);
      for (const [program, table, wanted] of [
        [loopProgram(info, immediates, rows.length), rows, values],
        [constantProgram(info, immediates, few), few, fewValues],
      ] as const) {
        const { result } = runBothTiers(new MemoryState(), () => request(program, table));
        expect(result.outcome).toBe(OUTCOME.OK);
        const wrong = wanted.flatMap((value, i) => {
          const found = readResult(result.output, i, type);
          return found === value ? [] : [{ operands: table[i], immediates, found, value }];
        });
        expect(wrong).toEqual([]);
      }
      const trapping = all.filter((_, i) => expected[i] === undefined);
      for (const row of trapping.filter((_, i) => i % Math.ceil(trapping.length / 12) === 0)) {
        for (const program of [
          loopProgram(info, immediates, 1),
          constantProgram(info, immediates, [row]),
        ]) {
          const { result } = runBothTiers(new MemoryState(), () => request(program, [row]));
          expect({ row, traps: isTrap(result.outcome) }).toEqual({ row, traps: true });
        }
      }
    }
  });
});
