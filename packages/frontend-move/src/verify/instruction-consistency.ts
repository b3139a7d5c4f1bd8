import type { CompiledModule } from "../format/module.ts";
import { opName, opOperand } from "../format/opcodes.ts";
import { type FunctionView, refuseAt } from "./function-view.ts";
import { callOperand, fieldOperand, structOperand } from "./instruction-shape.ts";

/** Generic things are used by generic instructions and others by plain ones; counts are small. */
export function verifyInstructionConsistency(view: FunctionView): void {
  const { file, code } = view;
  for (let pc = 0; pc < code.ops.length; pc++) {
    if (opOperand(code.ops[pc]) === "vectorCount" && code.b[pc] > 65535) {
      refuseAt(view, pc, "CONSTRAINT_NOT_SATISFIED", "a vector of more than 65535 operands");
    }
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
