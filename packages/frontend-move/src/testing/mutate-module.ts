import type { Random } from "@dragoman/core/testing";
import { decodeModule } from "../format/decode.ts";
import { encodeModule } from "../format/encode.ts";
import type { Code, CompiledModule } from "../format/module.ts";
import { MOVE_OPS } from "../format/opcodes.ts";

/** A file that differs from a real one: in its bytes, or in the data that they stand for. */
export function mutateModule(random: Random, corpus: readonly Uint8Array[]): Uint8Array {
  const file = random.pick(corpus);
  switch (random.below(8)) {
    case 0:
      return file.slice(0, random.below(file.length));
    case 1:
      return splice(random, file, random.pick(corpus));
    case 2:
    case 3:
      return mutateBytes(random, file);
    default:
      return mutateData(random, file);
  }
}

/** A module with one instruction changed, moved, doubled or taken out: the likeliest to verify. */
export function mutateInstruction(random: Random, file: Uint8Array): Uint8Array {
  const draft: Draft = { ...decodeModule(file) };
  mutateFunction(random, draft);
  return encodeModule(draft);
}

function splice(random: Random, x: Uint8Array, y: Uint8Array): Uint8Array {
  const head = x.subarray(0, random.below(x.length));
  const tail = y.subarray(random.below(y.length));
  const all = new Uint8Array(head.length + tail.length);
  all.set(head);
  all.set(tail, head.length);
  return all;
}

function mutateBytes(random: Random, file: Uint8Array): Uint8Array {
  const bytes = [...file];
  for (let edits = random.between(1, 8); edits > 0 && bytes.length > 0; edits--) {
    const at = random.below(bytes.length);
    switch (random.below(5)) {
      case 0:
        bytes[at] ^= 1 << random.below(8);
        break;
      case 1:
        bytes[at] = random.below(256);
        break;
      case 2:
        bytes.splice(at, 0, random.below(256));
        break;
      case 3:
        bytes.splice(at, random.between(1, 4));
        break;
      default:
        bytes[at] = random.pick([0, 1, 127, 128, 255]);
    }
  }
  return Uint8Array.from(bytes);
}

type Draft = { -readonly [K in keyof CompiledModule]: CompiledModule[K] };

/** Changes indices, types and instructions, so that the file still decodes. */
function mutateData(random: Random, file: Uint8Array): Uint8Array {
  const draft: Draft = { ...decodeModule(file) };
  for (let edits = random.between(1, 6); edits > 0; edits--) {
    if (random.oneIn(3)) mutatePool(random, draft);
    else mutateFunction(random, draft);
  }
  return encodeModule(draft);
}

const POOLS = [
  "moduleHandles",
  "structHandles",
  "functionHandles",
  "functionInstantiations",
  "signatures",
  "constants",
  "identifiers",
  "structDefinitions",
  "structInstantiations",
  "fieldHandles",
  "fieldInstantiations",
  "variantFieldHandles",
  "variantFieldInstantiations",
  "structVariantHandles",
  "structVariantInstantiations",
] as const;

function mutatePool(random: Random, draft: Draft): void {
  const name = random.pick(POOLS);
  const rows: unknown[] = [...draft[name]];
  if (rows.length === 0) return;
  const at = random.below(rows.length);
  const row = rows[at];
  if (random.oneIn(3)) {
    rows[at] = rows[random.below(rows.length)];
  } else if (random.oneIn(4)) {
    rows.splice(at, 1);
  } else if (typeof row === "object" && row !== null && !Array.isArray(row)) {
    rows[at] = mutateRow(random, row);
  }
  Object.assign(draft, { [name]: rows });
}

/** One numeric member becomes another small number. */
function mutateRow(random: Random, row: object): object {
  const numeric = Object.entries(row).filter(([, value]) => typeof value === "number");
  if (numeric.length === 0) return row;
  const [key] = random.pick(numeric);
  return { ...row, [key]: key === "abilities" ? random.below(16) : random.below(12) };
}

function mutateFunction(random: Random, draft: Draft): void {
  if (draft.functionDefinitions.length === 0) return;
  const definitions = [...draft.functionDefinitions];
  const at = random.below(definitions.length);
  const { code } = definitions[at];
  if (code === undefined || code.ops.length === 0) return;
  definitions[at] = { ...definitions[at], code: mutateCode(random, code) };
  draft.functionDefinitions = definitions;
}

function mutateCode(random: Random, code: Code): Code {
  const rows = Array.from(code.ops, (op, pc) => ({ op, a: code.a[pc], b: code.b[pc] }));
  const wide = code.wide.length === 0 ? [7n] : code.wide;
  const at = random.below(rows.length);
  switch (random.below(6)) {
    case 0:
      rows.splice(at, 1);
      break;
    case 1:
      rows.splice(at, 0, rows[random.below(rows.length)]);
      break;
    case 2: {
      const other = random.below(rows.length);
      [rows[at], rows[other]] = [rows[other], rows[at]];
      break;
    }
    case 3:
      rows[at] = { ...rows[at], a: random.below(rows.length + 2) };
      break;
    case 4:
      rows[at] = { op: random.pick(MOVE_OPS)[0], a: random.below(8), b: random.below(4) };
      break;
    default:
      rows[at] = { ...rows[at], op: random.pick(MOVE_OPS)[0] };
  }
  return withinColumns({ ...code, wide }, rows);
}

/** The code with these rows; operands that index `wide` or a byte stay in it, so it encodes. */
function withinColumns(code: Code, rows: readonly { op: number; a: number; b: number }[]): Code {
  const isWide = new Set(
    MOVE_OPS.filter(([, , kind]) => kind === "u64" || kind === "u128" || kind === "u256").map(
      ([op]) => op as number,
    ),
  );
  const isByte = new Set(
    MOVE_OPS.filter(([, , kind]) => kind === "u8" || kind === "local").map(([op]) => op as number),
  );
  const wide = code.wide.map((value) => BigInt.asUintN(64, value));
  const column = rows.map(({ op, a }) => {
    if (isWide.has(op)) return a % wide.length;
    return isByte.has(op) ? a & 0xff : a & 0xffff;
  });
  return {
    locals: code.locals,
    ops: Uint8Array.from(rows, ({ op }) => op),
    a: Uint32Array.from(column),
    b: Uint32Array.from(rows, ({ b }) => b),
    wide,
  };
}
