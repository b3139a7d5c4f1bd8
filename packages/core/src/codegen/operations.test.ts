import { describe, expect, test } from "vitest";
import { Engine } from "../engine/engine.ts";
import { FRAME } from "../host/frame-layout.ts";
import { LinearMemory } from "../host/linear-memory.ts";
import { type CallRequest, HOST, type Program } from "../host/program.ts";
import { FunctionBuilder, WordPool } from "../ir/builder.ts";
import { OP, OPS, type OpInfo, PURE, TRAPS } from "../ir/ops.ts";
import { I32, I64, I256, type ValueType } from "../ir/value-type.ts";
import { MemoryState } from "../journal/state.ts";
import { moduleOf, programOf } from "../testing/module.ts";

// Every operation of the table on values that are awkward, written as constants, read from memory,
// and with widths that the compiler knows: compiled code must say what the interpreter says.

const INPUTS = FRAME.BODY + 40_000;
const OUTPUTS = INPUTS + 40_000;
const memory = new LinearMemory();
const FORMS = ["constant", "loaded", "narrow"] as const;
type Form = (typeof FORMS)[number];

const U64 = 2n ** 64n - 1n;
const VALUES: Readonly<Record<ValueType, readonly bigint[]>> = {
  [I32]: [0n, 1n, 2n, 31n, 33n, 255n, 0x7fffffffn, 0x80000000n, 0xffffffffn],
  [I64]: [
    0n,
    1n,
    3n,
    63n,
    200n,
    2n ** 32n - 1n,
    2n ** 32n,
    2n ** 63n - 1n,
    2n ** 63n,
    U64 - 1n,
    U64,
  ],
  [I256]: [
    0n,
    1n,
    2n,
    7n,
    31n,
    32n,
    64n,
    255n,
    256n,
    2n ** 64n - 1n,
    2n ** 64n,
    2n ** 127n + 5n,
    2n ** 128n - 1n,
    10n ** 36n,
    2n ** 192n - 2n ** 64n,
    2n ** 255n,
    2n ** 256n - 1n,
    2n ** 256n - 2n ** 130n - 7n,
  ],
};

class Case {
  readonly pool = new WordPool();
  readonly b = new FunctionBuilder("entry", [], [], this.pool);
  readonly inputs: bigint[] = [];
  outputs = 0;
  readonly frame: number;

  constructor() {
    this.b.begin(0);
    this.frame = this.b.op("frame");
  }

  value(type: ValueType, value: bigint, form: Form): number {
    const { b, frame } = this;
    if (form === "constant") {
      if (type === I32) return b.const32(Number(BigInt.asIntN(32, value)));
      return type === I64 ? b.const64(value) : b.const256(value);
    }
    const offset = INPUTS + 32 * this.inputs.length;
    this.inputs.push(value);
    if (type === I32) return b.op("i32.load", frame, offset);
    if (form === "narrow") {
      if (value < 256n && type === I256)
        return b.op("i256.from_i32", b.op("i32.load8", frame, offset));
      if (value < 256n) return b.op("i64.load8", frame, offset);
      if (type === I256 && value <= U64)
        return b.op("i256.from_i64", b.op("i64.load", frame, offset));
      if (type === I256 && value < 2n ** 128n) return b.op("i256.load_le", frame, offset, 16);
    }
    return type === I64 ? b.op("i64.load", frame, offset) : b.op("i256.load_le", frame, offset, 32);
  }

  store(value: number): void {
    const { b, frame } = this;
    const offset = OUTPUTS + 32 * this.outputs++;
    const type = b.typeOf(value);
    if (type === I32) b.op("i32.store", frame, value, offset);
    else if (type === I64) b.op("i64.store", frame, value, offset);
    else b.op("i256.store_le", frame, value, offset, 32);
  }

  run(tier: "interpret" | "compile", program: Program) {
    const engine = new Engine({ state: new MemoryState(), memory, tier });
    const request: CallRequest = {
      program,
      gas: 1_000_000n,
      context: undefined,
      prepare: (frame) => {
        frame.memory.u8.fill(0, frame.address + INPUTS, frame.end);
        for (const [i, input] of this.inputs.entries()) {
          frame.memory.setWord(frame.address + INPUTS + 32 * i, input);
        }
        frame.setOutput(frame.address + OUTPUTS, 32 * this.outputs);
      },
      finish: () => HOST.CONTINUE,
    };
    return engine.execute(request);
  }

  /** Compares the tiers; the compiled run may fall back only where the program traps. */
  compare(what: string): void {
    this.b.op("exit", 0);
    const module = { ...moduleOf([this.b.build()], this.pool), frameSize: OUTPUTS + 40_000 };
    const program = programOf(module);
    const expected = this.run("interpret", program);
    const actual = this.run("compile", program);
    const traps = expected.outcome >= 0x200;
    expect(actual.tier, what).toBe(traps ? "interpret" : "compile");
    expect(actual.outcome, what).toBe(expected.outcome);
    for (let i = 0; i < this.outputs; i++) {
      const word = (output: Uint8Array) =>
        Buffer.from(output.slice(32 * i, 32 * i + 32)).toString("hex");
      if (word(actual.output) !== word(expected.output)) {
        expect(`${what} ${i}: ${word(actual.output)}`).toBe(
          `${what} ${i}: ${word(expected.output)}`,
        );
      }
    }
  }
}

const ready = (info: OpInfo) =>
  !info.variadic &&
  info.results.length === 1 &&
  info.args.length > 0 &&
  !/load|region|cell|frame|log/.test(info.name);

/** Immediates that make sense for an operation. */
function immediates(info: OpInfo): number[][] {
  if (info.name === "i256.limb") return [[0], [1], [2], [3]];
  if (info.name === "i256.fits") return [[1], [8], [31], [64], [65], [128], [200], [255]];
  if (info.immediates === 2) {
    return (info.name.startsWith("i64") ? [8, 32, 48, 64] : [64, 96, 128, 256]).map((bits) => [
      bits,
      0x500,
    ]);
  }
  return [[]];
}

/** All pairs of the awkward values; triples along a diagonal. */
function* operands(info: OpInfo): Generator<bigint[]> {
  const [first, second, third] = info.args.map((type) => VALUES[type]);
  for (const [i, a] of first!.entries()) {
    if (second === undefined) {
      yield [a];
      continue;
    }
    for (const [j, b] of second.entries()) {
      if (third === undefined) yield [a, b];
      else for (let k = 0; k < 3; k++) yield [a, b, third[(5 * i + j + 7 * k) % third.length]!];
    }
  }
}

const PER_PROGRAM = 300;

describe.each(OPS.filter((info) => ready(info) && info.effects === PURE))("$name", (info) => {
  test.each(FORMS)("compiled equals interpreted, operands %s", (form) => {
    for (const imms of immediates(info)) {
      let current = new Case();
      for (const values of operands(info)) {
        const args = info.args.map((type, i) => {
          if (info.name === "i256.make")
            return current.value(type, values[i % values.length]!, form);
          return current.value(
            type,
            values[i]!,
            i > 0 && form === "narrow" && values[i]! % 2n ? "constant" : form,
          );
        });
        current.store(
          current.b.emit(
            info.code,
            ...([...args, ...imms].concat([0, 0, 0, 0, 0]).slice(0, 5) as [number]),
          ),
        );
        if (current.outputs === PER_PROGRAM) {
          current.compare(info.name);
          current = new Case();
        }
      }
      current.compare(info.name);
    }
  });
});

describe.each(OPS.filter((info) => ready(info) && (info.effects & TRAPS) !== 0))(
  "$name",
  (info) => {
    test("traps where the interpreter traps, and gives its value elsewhere", () => {
      for (const imms of immediates(info)) {
        const bits = /c$/.test(info.name) ? BigInt(imms[0] ?? 256) : 256n;
        for (const [n, values] of [...operands(info)].entries()) {
          if (n % 2 === 1 || values.some((value) => value >> bits !== 0n)) continue;
          const form = FORMS[n % 3]!;
          const current = new Case();
          const args = info.args.map((type, i) => current.value(type, values[i]!, form));
          current.store(
            current.b.emit(info.code, ...([...args, ...imms, 0, 0, 0].slice(0, 5) as [number])),
          );
          current.compare(`${info.name}(${values.map((v) => v.toString(16))}; ${imms}) ${form}`);
        }
      }
    });
  },
);

test("the table's operations with one result are all tried", () => {
  const tried = OPS.filter((info) => ready(info)).map(({ code }) => code);
  expect(tried).toContain(OP["i256.mulmod"]);
  expect(tried.length).toBeGreaterThan(95);
});
