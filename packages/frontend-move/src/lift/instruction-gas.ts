import type { OpName } from "../format/index.ts";
import type { MoveType } from "../layout/move-type.ts";
import type { FunctionLift } from "./function-lift.ts";
import { GAS_PER, MOVE_GAS } from "./gas-schedule.ts";

/** Cost of touching a value in place. */
function words(type: MoveType | undefined): number {
  return type === undefined ? 0 : GAS_PER.WORD * Math.ceil(type.size / 8);
}

/** The value behind an operand: what a reference points to, or the value itself. */
function target(type: MoveType | undefined): MoveType | undefined {
  return type?.kind === "reference" ? type.element : type;
}

/**
 * What an instruction costs apart from what only its run can tell: charged before it runs. Reads the operands that
 * it will take.
 */
export function instructionGas(f: FunctionLift, name: OpName, a: number, b: number): number {
  const base = MOVE_GAS[name];
  switch (name) {
    case "CopyLoc":
      return base + words(f.local(a).type);
    case "ReadRef":
    case "Eq":
    case "Neq":
      return base + words(target(f.peek()?.type));
    case "WriteRef":
      return base + words(target(f.peek()?.type));
    case "LdConst":
      return base + GAS_PER.CONSTANT_BYTE * f.compiled.constants[a].data.length;
    case "VecPack":
    case "VecUnpack":
      return base + GAS_PER.FIELD * b;
    case "Call":
    case "CallGeneric": {
      const handle = name === "Call" ? a : f.compiled.functionInstantiations[a].of;
      const { handle: callee, definition, module } = f.module.functionOf(handle);
      const { signatures } = module.compiled;
      const locals = definition.code === undefined ? 0 : signatures[definition.code.locals].length;
      const args = signatures[callee.parameters].length;
      return base + GAS_PER.ARGUMENT * args + GAS_PER.LOCAL * locals;
    }
    case "PackClosure":
    case "PackClosureGeneric": {
      const mask = f.code.wide[b];
      let captured = 0;
      for (let rest = mask; rest > 0n; rest >>= 1n) captured += Number(rest & 1n);
      return base + GAS_PER.FIELD * captured;
    }
    case "CallClosure": {
      const [type] = f.compiled.signatures[a];
      const count = type.tag === "function" ? type.parameters.length : 0;
      return base + GAS_PER.ARGUMENT * count;
    }
    case "Pack":
    case "Unpack":
      return base + GAS_PER.FIELD * f.fieldCount(a);
    case "PackGeneric":
    case "UnpackGeneric":
      return base + GAS_PER.FIELD * f.fieldCount(f.compiled.structInstantiations[a].of);
    case "PackVariant":
    case "UnpackVariant":
    case "UnpackVariantImmRef":
    case "UnpackVariantMutRef":
      return base + GAS_PER.FIELD * f.variantFieldCount(a);
    case "PackVariantGeneric":
    case "UnpackVariantGeneric":
    case "UnpackVariantImmRefGeneric":
    case "UnpackVariantMutRefGeneric":
      return (
        base + GAS_PER.FIELD * f.variantFieldCount(f.compiled.structVariantInstantiations[a].of)
      );
    default:
      return base;
  }
}
