import type { ByteWriter } from "./byte-writer.ts";
import type { Code } from "./module.ts";
import { opOperand } from "./opcodes.ts";

/** Writes a code unit: the signature of its locals and its instructions. */
export function encodeCode(out: ByteWriter, code: Code): void {
  out.uleb(code.locals);
  out.uleb(code.ops.length);
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
      out.uint(a, 2);
      return;
    case "u32":
      out.uint(a, 4);
      return;
    case "u64":
      out.bigUint(code.wide[a], 8);
      return;
    case "u128":
      out.bigUint(code.wide[a], 16);
      return;
    case "u256":
      out.bigUint(code.wide[a], 32);
      return;
    case "vectorCount":
      out.uleb(a);
      out.bigUint(BigInt(code.b[pc]), 8);
      return;
    default:
      out.uleb(a);
  }
}
