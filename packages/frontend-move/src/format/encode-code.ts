import type { ByteWriter } from "@dragoman/bytes";
import { assert } from "@dragoman/fault";
import { JUMP_TABLE_FULL } from "./decode-code.ts";
import type { Encoder } from "./encode-tables.ts";
import type { Code } from "./module.ts";
import { opName, opOperand } from "./opcodes.ts";

/** Writes a code unit: the signature of its locals, its instructions and (Sui v7) its jump tables. */
export function encodeCode(out: ByteWriter, code: Code, { dialect, structCount }: Encoder): void {
  out.uleb128(code.locals);
  out.uleb128(code.ops.length);
  for (let pc = 0; pc < code.ops.length; pc++) {
    const fileCode = dialect.codeOf[code.ops[pc]];
    assert(fileCode !== 0, `the flavour ${dialect.flavour} has no ${opName(code.ops[pc])}`);
    out.u8(fileCode);
    encodeOperand(out, code, pc);
  }
  if (dialect.flavour !== "sui") return;
  const tables = code.jumpTables ?? [];
  out.uleb128(tables.length);
  for (const { owner, targets } of tables) {
    out.uleb128(owner - structCount);
    out.uleb128(targets.length);
    out.u8(JUMP_TABLE_FULL);
    for (const target of targets) out.uleb128(target);
  }
}

function encodeOperand(out: ByteWriter, code: Code, pc: number): void {
  const a = code.a[pc];
  switch (opOperand(code.ops[pc])) {
    case "none":
      return;
    case "u8":
    case "i8":
      out.u8(a);
      return;
    case "u16":
    case "i16":
      out.u16(a);
      return;
    case "u32":
    case "i32":
      out.u32(a);
      return;
    case "u64":
    case "i64":
      out.uint(code.wide[a], 8);
      return;
    case "u128":
    case "i128":
      out.uint(code.wide[a], 16);
      return;
    case "u256":
    case "i256":
      out.uint(code.wide[a], 32);
      return;
    case "vectorCount":
      out.uleb128(a);
      out.uint(BigInt(code.b[pc]), 8);
      return;
    case "closure":
    case "closureInst":
      out.uleb128(a);
      encodeUleb64(out, code.wide[code.b[pc]]);
      return;
    default:
      out.uleb128(a);
  }
}

/** A number below 2^64 in its shortest LEB128 form. */
function encodeUleb64(out: ByteWriter, value: bigint): void {
  let rest = value;
  for (; rest > 0x7fn; rest >>= 7n) out.u8(Number(rest & 0x7fn) | 0x80);
  out.u8(Number(rest));
}
