import type { ByteWriter } from "@dragoman/bytes";
import type { Code } from "./module.ts";
import { opOperand } from "./opcodes.ts";

/** Writes a code unit: the signature of its locals and its instructions. */
export function encodeCode(out: ByteWriter, code: Code): void {
  out.uleb128(code.locals);
  out.uleb128(code.ops.length);
  for (let pc = 0; pc < code.ops.length; pc++) {
    out.u8(code.ops[pc]);
    encodeOperand(out, code, pc);
  }
}

function encodeOperand(out: ByteWriter, code: Code, pc: number): void {
  const a = code.a[pc];
  switch (opOperand(code.ops[pc])) {
    case "none":
      return;
    case "u8":
      out.u8(a);
      return;
    case "u16":
      out.u16(a);
      return;
    case "u32":
      out.u32(a);
      return;
    case "u64":
      out.uint(code.wide[a], 8);
      return;
    case "u128":
      out.uint(code.wide[a], 16);
      return;
    case "u256":
      out.uint(code.wide[a], 32);
      return;
    case "vectorCount":
      out.uleb128(a);
      out.uint(BigInt(code.b[pc]), 8);
      return;
    default:
      out.uleb128(a);
  }
}
