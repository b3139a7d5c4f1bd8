import type { Decoder } from "./decode-tables.ts";
import { LIMIT } from "./limits.ts";
import type { Code, JumpTable } from "./module.ts";
import type { ModuleReader } from "./module-reader.ts";
import type { OpRow } from "./opcodes.ts";

/** Reads a code unit: the signature of its locals, its instructions and (Sui v7) its jump tables. */
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
  const rows = decoder.dialect.opAt;
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
    code.ops[pc] = row[0];
    decodeOperand(row, reader, code, pc);
  }
  if (decoder.dialect.flavour !== "sui") return code;
  const jumpTables = decodeJumpTables(reader);
  return jumpTables.length === 0 ? code : { ...code, jumpTables };
}

/** Full tables alone are defined; owners are counted among the enums until the file is complete. */
function decodeJumpTables(reader: ModuleReader): JumpTable[] {
  const tables: JumpTable[] = [];
  const count = reader.uleb(LIMIT.jumpTableCount, "jump table count");
  for (let i = 0; i < count; i++) {
    const owner = reader.uleb(LIMIT.index, "enum index");
    const branches = reader.uleb(LIMIT.variantCount, "branch count");
    const flag = reader.u8();
    if (flag !== JUMP_TABLE_FULL) {
      reader.refuse("UNKNOWN_JUMP_TABLE_FLAG", `no jump table has the flag ${flag}`);
    }
    const targets: number[] = [];
    for (let k = 0; k < branches; k++) targets.push(reader.uleb(LIMIT.index, "branch target"));
    tables.push({ owner, targets });
  }
  return tables;
}

/** The one form of a jump table. */
export const JUMP_TABLE_FULL = 1;

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
    case "i8":
      code.a[pc] = reader.u8();
      return;
    case "u16":
    case "i16":
      code.a[pc] = reader.uint(2, "BAD_U16");
      return;
    case "u32":
    case "i32":
      code.a[pc] = reader.uint(4, "BAD_U32");
      return;
    case "u64":
    case "i64":
      code.a[pc] = code.wide.push(reader.bigUint(8, "BAD_U64")) - 1;
      return;
    case "u128":
    case "i128":
      code.a[pc] = code.wide.push(reader.bigUint(16, "BAD_U128")) - 1;
      return;
    case "u256":
    case "i256":
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
    case "closure":
    case "closureInst":
      code.a[pc] = reader.uleb(LIMIT.index, "function index");
      code.b[pc] = code.wide.push(reader.uleb64("closure mask")) - 1;
      return;
    case "jumpTable":
      code.a[pc] = reader.uleb(LIMIT.jumpTableCount, "jump table index");
      return;
    default:
      code.a[pc] = reader.uleb(LIMIT.index, `${row[2]} index`);
  }
}
