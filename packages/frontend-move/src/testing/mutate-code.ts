import type { Random } from "@dragoman/core/testing";
import { DIALECTS } from "../format/dialect.ts";
import type { Code, Flavour } from "../format/module.ts";
import { MOVE_OPS, OP, type OpName, opOperand } from "../format/opcodes.ts";

/** An instruction by itself: see `Code` for `a` and `b`; `wide` is the value of one that has a wide literal. */
interface Row {
  readonly op: number;
  readonly a: number;
  readonly b: number;
  readonly wide: bigint;
}

/** Instructions that take and give what the others of their line do, or nearly. */
const SIBLINGS: readonly (readonly OpName[])[] = [
  ["Add", "Sub", "Mul", "Div", "Mod", "BitOr", "BitAnd", "Xor"],
  ["Lt", "Gt", "Le", "Ge", "Eq", "Neq"],
  ["And", "Or", "Eq", "Neq"],
  ["Shl", "Shr"],
  ["LdTrue", "LdFalse"],
  ["BrTrue", "BrFalse"],
  ["CopyLoc", "MoveLoc"],
  ["CastU8", "CastU16", "CastU32", "CastU64", "CastU128", "CastU256"],
  ["CastI8", "CastI16", "CastI32", "CastI64", "CastI128", "CastI256"],
  ["LdU64", "LdI64"],
  ["MutBorrowLoc", "ImmBorrowLoc"],
  ["MutBorrowField", "ImmBorrowField"],
  ["MutBorrowFieldGeneric", "ImmBorrowFieldGeneric"],
  ["MutBorrowVariantField", "ImmBorrowVariantField"],
  ["MutBorrowVariantFieldGeneric", "ImmBorrowVariantFieldGeneric"],
  ["MutBorrowGlobal", "ImmBorrowGlobal"],
  ["MutBorrowGlobalGeneric", "ImmBorrowGlobalGeneric"],
  ["VecMutBorrow", "VecImmBorrow"],
  ["ReadRef", "FreezeRef", "Nop"],
  ["Exists", "MoveFrom"],
  ["Pop", "Nop"],
  ["Branch", "BrTrue"],
  ["Abort", "Ret", "Pop"],
];

const siblingsOf = new Map<number, readonly number[]>();
for (const names of SIBLINGS) {
  const codes = names.map((name): number => OP[name]);
  for (const code of codes) siblingsOf.set(code, [...(siblingsOf.get(code) ?? []), ...codes]);
}

const WIDE_BITS: { readonly [kind: string]: number } = {
  ...{ u64: 64, u128: 128, u256: 256 },
  ...{ i64: 64, i128: 128, i256: 256 },
};
const wideBits = (op: number): number => WIDE_BITS[opOperand(op)] ?? 0;
const isClosure = (op: number): boolean => opOperand(op).startsWith("closure");

const opsOf = (flavour: Flavour): readonly number[] =>
  MOVE_OPS.map(([op]) => op).filter((op) =>
    DIALECTS.some((row) => row.flavour === flavour && row.codeOf[op] !== 0),
  );
const OPS_OF: Readonly<Record<Flavour, readonly number[]>> = {
  aptos: opsOf("aptos"),
  sui: opsOf("sui"),
};

/** The code with one instruction changed, moved, doubled, put in or taken out, into one that the flavour has. */
export function mutateCode(random: Random, code: Code, flavour: Flavour): Code {
  const rows = toRows(code);
  const ops = OPS_OF[flavour];
  const at = random.below(rows.length);
  switch (random.below(12)) {
    case 0:
      removeRow(random, rows, at);
      break;
    case 1:
      insertRows(random, rows, at, [rows[random.below(rows.length)]]);
      break;
    case 2: {
      const other = random.oneIn(2) ? Math.min(at + 1, rows.length - 1) : random.below(rows.length);
      [rows[at], rows[other]] = [rows[other], rows[at]];
      break;
    }
    case 3:
      rows[at] = { ...rows[at], a: random.below(rows.length + 2) };
      break;
    case 4:
      rows[at] = { ...rows[at], op: random.pick(ops), a: random.below(8), b: random.below(4) };
      break;
    case 5:
      rows[at] = { ...rows[at], op: random.pick(ops) };
      break;
    case 6:
      insertRows(random, rows, at, usefulPair(random, rows));
      break;
    case 7:
      rows[at] = nudged(random, rows[at]);
      break;
    default:
      mutateLikely(random, rows, ops);
  }
  return { ...code, ...fromRows(rows) };
}

/** A change that keeps the types of most programs: another instruction of the same kind, another literal, another local. */
function mutateLikely(random: Random, rows: Row[], ops: readonly number[]): void {
  for (let tries = 0; tries < 8; tries++) {
    const at = random.below(rows.length);
    const row = rows[at];
    const siblings = siblingsOf.get(row.op)?.filter((op) => ops.includes(op)) ?? [];
    if (siblings.length > 0) {
      rows[at] = { ...row, op: random.pick(siblings) };
      return;
    }
    if (opOperand(row.op) !== "none" && row.op !== OP.Branch) {
      rows[at] = nudged(random, row);
      return;
    }
  }
}

/** Another operand: a neighbour, or a literal at an edge. */
function nudged(random: Random, row: Row): Row {
  const bits = wideBits(row.op);
  if (bits > 0) return { ...row, wide: random.word(bits) };
  if (opOperand(row.op) === "vectorCount" && random.oneIn(2)) {
    return { ...row, b: Math.max(0, row.b + random.between(-1, 1)) };
  }
  return { ...row, a: Math.max(0, row.a + random.pick([-2, -1, 1, 2, 3])) };
}

/** Two instructions that leave the stack as it was, or nearly. */
function usefulPair(random: Random, rows: readonly Row[]): Row[] {
  const local = random.pick(rows).a & 0x07;
  const row = (op: number, a = 0): Row => ({ op, a, b: 0, wide: 7n });
  const first = random.pick([OP.CopyLoc, OP.MoveLoc, OP.ImmBorrowLoc, OP.MutBorrowLoc]);
  const second = random.pick([OP.Pop, OP.Pop, OP.StLoc, OP.ReadRef]);
  return [row(first, local), row(second, random.oneIn(2) ? local : random.below(8))];
}

/** Puts rows in front of `at`; branches mostly go on to where they went. */
function insertRows(random: Random, rows: Row[], at: number, added: readonly Row[]): void {
  rows.splice(at, 0, ...added);
  if (!random.oneIn(4)) shiftTargets(rows, at, added.length);
}

function removeRow(random: Random, rows: Row[], at: number): void {
  rows.splice(at, 1);
  if (!random.oneIn(4)) shiftTargets(rows, at, -1);
}

function shiftTargets(rows: Row[], at: number, by: number): void {
  rows.forEach((row, pc) => {
    const moves = opOperand(row.op) === "branch" && row.a > at;
    if (moves) rows[pc] = { ...row, a: row.a + by };
  });
}

function toRows(code: Code): Row[] {
  return Array.from(code.ops, (op, pc) => {
    const at = isClosure(op) ? code.b[pc] : code.a[pc];
    const wide = isClosure(op) || wideBits(op) > 0 ? code.wide[at] : 7n;
    return { op, a: code.a[pc], b: code.b[pc], wide };
  });
}

/** The code of these rows, with operands that the format can write. */
function fromRows(rows: readonly Row[]): Omit<Code, "locals"> {
  const wide: bigint[] = [];
  const column = rows.map(({ op, a, wide: value }) => {
    const bits = wideBits(op);
    if (bits > 0) return wide.push(BigInt.asUintN(bits, value)) - 1;
    return isByte(op) ? a & 0xff : a & 0xffff;
  });
  const second = rows.map(({ op, b, wide: value }) =>
    isClosure(op) ? wide.push(BigInt.asUintN(64, value)) - 1 : b,
  );
  return {
    ops: Uint8Array.from(rows, ({ op }) => op),
    a: Uint32Array.from(column),
    b: Uint32Array.from(second),
    wide,
  };
}

function isByte(op: number): boolean {
  const kind = opOperand(op);
  return kind === "u8" || kind === "i8" || kind === "local";
}
