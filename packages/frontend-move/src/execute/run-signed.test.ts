import fc from "fast-check";
import { expect, test } from "vitest";
import { runMove, stateOf } from "../testing/run-move.ts";
import { movePrograms } from "./default-programs.ts";

const WIDTHS = [8, 16, 32, 64, 128, 256];
const OPS = ["Add", "Sub", "Mul", "Div", "Mod", "Lt", "Gt", "Le", "Ge", "Eq"];
const TYPES = WIDTHS.flatMap((bits) => [`i${bits}`, `u${bits}`]);

/** Every run compiles a program: the longer search is in docs/evidence/move.md. */
const RUNS = 10;

/** A function for each operation of each signed type, and for each cast from or to one. */
const STATE = stateOf(`version 9;
module 0x1.m {
${WIDTHS.flatMap((bits) =>
  OPS.map((op) => {
    const result = OPS.indexOf(op) < 5 ? `i${bits}` : "bool";
    return `${op}_${bits}(x: i${bits}, y: i${bits}): ${result} bytecode { MoveLoc x; MoveLoc y; ${op}; Ret }`;
  }),
).join("\n")}
${WIDTHS.map((bits) => `Neg_${bits}(x: i${bits}): i${bits} bytecode { MoveLoc x; Negate; Ret }`).join("\n")}
${TYPES.flatMap((from) =>
  TYPES.filter((to) => from[0] === "i" || to[0] === "i").map(
    (to) =>
      `${from}_${to}(x: ${from}): ${to} bytecode { MoveLoc x; Cast${to[0]?.toUpperCase()}${to.slice(1)}; Ret }`,
  ),
).join("\n")}
  constants(): i8 * i16 * i32 * i64 * i128 * i256 * vector<i16> bytecode {
    LdI8 -128; LdI16 -2; LdI32 2147483647; LdI64 -9223372036854775808; LdI128 -1; LdI256 -5
    LdConst vector<i16> x"02ffff0100"; Ret
  }
}`);

const range = (type: string): [bigint, bigint] => {
  const bits = BigInt(type.slice(1));
  return type[0] === "i"
    ? [-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n]
    : [0n, (1n << bits) - 1n];
};

/** Values at the borders of a type, and any others in it. */
const member = (type: string) => {
  const [min, max] = range(type);
  const near = [min, min + 1n, -2n, -1n, 0n, 1n, 2n, max - 1n, max, max / 2n, min / 2n];
  return fc.oneof(
    fc.constantFrom(...near.filter((value) => value >= min && value <= max)),
    fc.bigInt(min, max),
  );
};

const PROGRAMS = movePrograms();

function run(fn: string, ...args: bigint[]): string {
  const { json, failure } = runMove(STATE, { function: fn, args: args.map(String) }, PROGRAMS);
  return json === undefined ? String(failure?.status) : String(json[0]);
}

const inRange = (type: string, value: bigint | undefined): string => {
  const [min, max] = range(type);
  return value === undefined || value < min || value > max ? "ARITHMETIC_ERROR" : String(value);
};

const EXPECTED: Record<string, (x: bigint, y: bigint, type: string) => string> = {
  Add: (x, y, type) => inRange(type, x + y),
  Sub: (x, y, type) => inRange(type, x - y),
  Mul: (x, y, type) => inRange(type, x * y),
  Div: (x, y, type) => inRange(type, y === 0n ? undefined : x / y),
  Mod: (x, y, type) =>
    inRange(type, y === 0n || (x === range(type)[0] && y === -1n) ? undefined : x % y),
  Lt: (x, y) => String(x < y),
  Gt: (x, y) => String(x > y),
  Le: (x, y) => String(x <= y),
  Ge: (x, y) => String(x >= y),
  Eq: (x, y) => String(x === y),
};

test.each(WIDTHS)("arithmetic of i%i is that of integers, or fails", (bits) => {
  const type = `i${bits}`;
  fc.assert(
    fc.property(fc.constantFrom(...OPS), member(type), member(type), (op, x, y) => {
      expect(run(`${op}_${bits}`, x, y)).toBe(EXPECTED[op]?.(x, y, type));
    }),
    { numRuns: RUNS },
  );
});

test.each(WIDTHS)("the negation of i%i is there for all but the least value", (bits) => {
  fc.assert(
    fc.property(member(`i${bits}`), (x) => {
      expect(run(`Neg_${bits}`, x)).toBe(inRange(`i${bits}`, -x));
    }),
    { numRuns: 3 },
  );
});

test.each(TYPES)("a cast of %s keeps the value or fails", (from) => {
  fc.assert(
    fc.property(fc.constantFrom(...TYPES), member(from), (to, x) => {
      if (from[0] === "u" && to[0] === "u") return;
      expect(run(`${from}_${to}`, x)).toBe(inRange(to, x));
    }),
    { numRuns: 5 },
  );
});

test("constants are signed", () => {
  expect(runMove(STATE, { function: "constants" }).json).toEqual([
    -128,
    -2,
    2147483647,
    "-9223372036854775808",
    "-1",
    "-5",
    [-1, 1],
  ]);
});

test("an argument out of range is refused", () => {
  expect(() => runMove(STATE, { function: "Neg_8", args: [128] })).toThrow(/128 is no i8/);
  expect(() => runMove(STATE, { function: "Neg_8", args: ["-129"] })).toThrow(/-129.* is no i8/);
});
