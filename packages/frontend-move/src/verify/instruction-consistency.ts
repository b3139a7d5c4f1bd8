import type { CompiledModule } from "../format/module.ts";
import { type OperandKind, opName, opOperand } from "../format/opcodes.ts";
import { type FunctionView, refuseAt } from "./function-view.ts";
import { callOperand, fieldOperand, structOperand } from "./instruction-shape.ts";

/** Generic things are used by generic instructions and others by plain ones; counts are small. */
export function verifyInstructionConsistency(view: FunctionView): void {
  const { file, code } = view;
  for (let pc = 0; pc < code.ops.length; pc++) {
    if (opOperand(code.ops[pc]) === "vectorCount" && code.b[pc] > 65535) {
      refuseAt(view, pc, "CONSTRAINT_NOT_SATISFIED", "a vector of more than 65535 operands");
    }
    if (isClosure(opOperand(code.ops[pc]))) verifyMask(view, pc);
    const count = typeParameterCount(view, pc);
    if (count === undefined) continue;
    const name = opName(code.ops[pc]);
    if (name.endsWith("Generic") === count > 0) continue;
    const sentence = `${name} is used for something with ${count} type parameters`;
    refuseAt(view, pc, "GENERIC_MEMBER_OPCODE_MISMATCH", sentence);
  }

  function typeParameterCount(function_: FunctionView, pc: number): number | undefined {
    switch (opOperand(code.ops[pc])) {
      case "function":
      case "functionInst":
      case "closure":
      case "closureInst":
        return file.functionHandles[callOperand(function_, pc).handle].typeParameters.length;
      case "struct":
      case "structInst":
      case "structVariant":
      case "structVariantInst":
        return ofStruct(structOperand(function_, pc).definition);
      case "field":
      case "fieldInst":
      case "variantField":
      case "variantFieldInst":
        return ofStruct(fieldOperand(function_, pc).owner);
      default:
        return undefined;
    }
  }

  function ofStruct(definition: number): number {
    const { handle } = (file as CompiledModule).structDefinitions[definition];
    return file.structHandles[handle].typeParameters.length;
  }
}

const isClosure = (kind: OperandKind): boolean => kind === "closure" || kind === "closureInst";

/** A closure captures parameters that the function has. */
function verifyMask(view: FunctionView, pc: number): void {
  const { file, code } = view;
  const { parameters } = file.functionHandles[callOperand(view, pc).handle];
  const count = file.signatures[parameters].length;
  if (code.wide[code.b[pc]] >> BigInt(count) === 0n) return;
  const sentence = `the mask captures more than the ${count} parameters`;
  refuseAt(view, pc, "INVALID_CLOSURE_MASK", sentence);
}
