import { opName } from "../format/opcodes.ts";
import { type FunctionView, refuseAt } from "./function-view.ts";
import {
  callOperand,
  closureParts,
  packedFields,
  plainName,
  structOperand,
} from "./instruction-shape.ts";
import type { VerifierConfig } from "./verifier-config.ts";

/** Values that an instruction takes and leaves; the last three kinds depend on the operand. */
const EFFECT: Record<string, readonly [pops: number, pushes: number]> = {
  ...same(1, 0, "Pop BrTrue BrFalse StLoc Abort"),
  ...same(0, 1, "LdU8 LdU16 LdU32 LdU64 LdU128 LdU256 LdTrue LdFalse LdConst"),
  ...same(0, 1, "LdI8 LdI16 LdI32 LdI64 LdI128 LdI256"),
  ...same(1, 1, "CastI8 CastI16 CastI32 CastI64 CastI128 CastI256 Negate"),
  ...same(1, 0, "VariantSwitch"),
  ...same(2, 0, "AbortMsg"),
  ...same(0, 1, "CopyLoc MoveLoc MutBorrowLoc ImmBorrowLoc"),
  ...same(1, 1, "Not FreezeRef ReadRef Exists MutBorrowGlobal ImmBorrowGlobal MoveFrom"),
  ...same(1, 1, "MutBorrowField ImmBorrowField MutBorrowVariantField ImmBorrowVariantField"),
  ...same(1, 1, "TestVariant CastU8 CastU16 CastU32 CastU64 CastU128 CastU256 VecLen VecPopBack"),
  ...same(2, 1, "Add Sub Mul Mod Div BitOr BitAnd Xor Shl Shr Or And Eq Neq Lt Gt Le Ge"),
  ...same(2, 1, "VecImmBorrow VecMutBorrow"),
  ...same(2, 0, "MoveTo WriteRef VecPushBack"),
  ...same(3, 0, "VecSwap"),
  ...same(0, 0, "Branch Nop"),
};

function same(pops: number, pushes: number, names: string): Record<string, [number, number]> {
  return Object.fromEntries(names.split(" ").map((name) => [name, [pops, pushes]]));
}

/** What instruction `pc` takes from the stack and puts on it. */
export function stackEffect(view: FunctionView, pc: number): readonly [number, number] {
  const { file, code } = view;
  const name = plainName(code.ops[pc]);
  switch (name) {
    case "Ret":
      return [view.returns.length, 0];
    case "Call": {
      const { parameters, returns } = file.functionHandles[callOperand(view, pc).handle];
      return [file.signatures[parameters].length, file.signatures[returns].length];
    }
    case "PackClosure": {
      const { parameters } = file.functionHandles[callOperand(view, pc).handle];
      const { captured } = closureParts(code.wide[code.b[pc]], file.signatures[parameters]);
      return [captured.length, 1];
    }
    case "CallClosure": {
      const [type] = file.signatures[code.a[pc]];
      return type.tag === "function" ? [type.parameters.length + 1, type.results.length] : [0, 0];
    }
    case "VecPack":
      return [code.b[pc], 1];
    case "VecUnpack":
      return [1, code.b[pc]];
    case "Pack":
    case "PackVariant":
      return [packedFields(file, structOperand(view, pc))?.length ?? 0, 1];
    case "Unpack":
    case "UnpackVariant":
    case "UnpackVariantImmRef":
    case "UnpackVariantMutRef":
      return [1, packedFields(file, structOperand(view, pc))?.length ?? 0];
    default:
      return EFFECT[name];
  }
}

/**
 * Every block starts and ends with an empty stack, never takes what is not there, and never grows
 * the stack beyond its limit. Unreachable blocks too.
 */
export function verifyStackUsage(view: FunctionView, config: VerifierConfig): void {
  const { starts, ends } = view.graph;
  for (let block = 0; block < starts.length; block++) {
    const start = starts[block];
    let height = 0;
    let pushed = 0;
    for (let pc = start; pc <= ends[block]; pc++) {
      const [pops, pushes] = stackEffect(view, pc);
      pushed += pushes;
      if (pushed > config.pushesMax) {
        refuseAt(view, start, "VALUE_STACK_PUSH_OVERFLOW", "the block pushes too many values");
      }
      if (height < pops) {
        const sentence = `instruction ${pc}, ${opName(view.code.ops[pc])}, takes ${pops} of ${height} values`;
        refuseAt(view, start, "NEGATIVE_STACK_SIZE_WITHIN_BLOCK", sentence);
      }
      height += pushes - pops;
      if (height > config.stackHeightMax) {
        refuseAt(view, start, "VALUE_STACK_OVERFLOW", "the block needs too high a stack");
      }
    }
    if (height !== 0) {
      const sentence = `the block leaves ${height} values on the stack`;
      refuseAt(view, start, "POSITIVE_STACK_SIZE_AT_BLOCK_END", sentence);
    }
  }
}
