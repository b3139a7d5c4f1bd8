import type { Decoder } from "./decode-tables.ts";
import type { Dialect } from "./dialect.ts";
import { LIMIT } from "./limits.ts";
import type { Code } from "./module.ts";
import type { ModuleReader } from "./module-reader.ts";
import type { OpRow } from "./opcodes.ts";

/** Reads a code unit: the signature of its locals and its instructions. */
export function decodeCode(decoder: Decoder, reader: ModuleReader): Code {
  const locals = reader.uleb(LIMIT.index, "signature index of the locals");
  const count = reader.uleb(LIMIT.instructionCount, "instruction count");
  if (count > reader.remaining) {
    reader.refuse("MALFORMED", `${count} instructions do not fit in ${reader.remaining} bytes`);
  }
  const code = {
    locals,
    ops: new Uint8Array(count),
    a: new Uint32Array(count),
    b: new Uint32Array(count),
    wide: [] as bigint[],
  };
  const rows = rowsByCode(decoder.dialect);
  for (let pc = 0; pc < count; pc++) {
    const op = reader.u8();
    const row = rows[op];
    if (row === undefined) {
      reader.position--;
      return reader.refuse("UNKNOWN_OPCODE", `no instruction has the code ${op}`);
    }
    if (row[3] > decoder.version) {
      reader.position--;
      reader.refuse("MALFORMED", `version ${decoder.version} has no instruction ${row[1]}`);
    }
    code.ops[pc] = op;
    decodeOperand(row, reader, code, pc);
  }
  return code;
}

function decodeOperand(
  row: OpRow,
  reader: ModuleReader,
  code: Code & { wide: bigint[] },
  pc: number,
): void {
  switch (row[2]) {
    case "none":
      return;
    case "u8":
      code.a[pc] = reader.u8();
      return;
    case "u16":
      code.a[pc] = reader.uint(2, "BAD_U16");
      return;
    case "u32":
      code.a[pc] = reader.uint(4, "BAD_U32");
      return;
    case "u64":
      code.a[pc] = code.wide.push(reader.bigUint(8, "BAD_U64")) - 1;
      return;
    case "u128":
      code.a[pc] = code.wide.push(reader.bigUint(16, "BAD_U128")) - 1;
      return;
    case "u256":
      code.a[pc] = code.wide.push(reader.bigUint(32, "BAD_U256")) - 1;
      return;
    case "local":
      code.a[pc] = reader.uleb(LIMIT.localIndex, "local index");
      return;
    case "branch":
      code.a[pc] = reader.uleb(LIMIT.index, "branch target");
      return;
    case "vectorCount": {
      code.a[pc] = reader.uleb(LIMIT.index, "signature index");
      const elements = reader.bigUint(8, "BAD_U64");
      // Verification allows 65,535; a count that no column holds cannot become valid there.
      if (elements > 0xffffffffn) reader.refuse("MALFORMED", `${elements} elements of a vector`);
      code.b[pc] = Number(elements);
      return;
    }
    default:
      code.a[pc] = reader.uleb(LIMIT.index, `${row[2]} index`);
  }
}

const ROWS = new Map<Dialect, readonly (OpRow | undefined)[]>();

function rowsByCode(dialect: Dialect): readonly (OpRow | undefined)[] {
  let rows = ROWS.get(dialect);
  if (rows === undefined) {
    const cells: (OpRow | undefined)[] = new Array(256).fill(undefined);
    for (const row of dialect.ops) cells[row[0]] = row;
    ROWS.set(dialect, cells);
    rows = cells;
  }
  return rows;
}
