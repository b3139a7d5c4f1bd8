import { structCountOf } from "../format/join-enums.ts";
import type { Code, CompiledModule, Instantiation } from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import { type OperandKind, opName, opOperand } from "../format/opcodes.ts";
import type { BoundsChecker } from "./bounds.ts";

/** The pool that an operand of each kind points into, and whether its rows are instantiations. */
const POOL_OF: Partial<
  Record<OperandKind, readonly [pool: keyof CompiledModule, generic: boolean]>
> = {
  constant: ["constants", false],
  function: ["functionHandles", false],
  functionInst: ["functionInstantiations", true],
  field: ["fieldHandles", false],
  fieldInst: ["fieldInstantiations", true],
  struct: ["structDefinitions", false],
  structInst: ["structInstantiations", true],
  variantField: ["variantFieldHandles", false],
  variantFieldInst: ["variantFieldInstantiations", true],
  structVariant: ["structVariantHandles", false],
  structVariantInst: ["structVariantInstantiations", true],
  closure: ["functionHandles", false],
  closureInst: ["functionInstantiations", true],
};

/** Every operand of the code points to something that is there. */
export function verifyCodeBounds(
  checker: BoundsChecker,
  index: number,
  code: Code,
  localCount: number,
  typeParameterCount: number,
): void {
  const { ops, a } = code;
  for (let pc = 0; pc < ops.length; pc++) {
    const within = (count: number, noun: string) => {
      if (a[pc] < count) return;
      const sentence = `${opName(ops[pc])}: ${noun} ${a[pc]} is out of bounds: there are ${count}`;
      throw new MoveFault("INDEX_OUT_OF_BOUNDS", { function: index, pc }, sentence);
    };
    const kind = opOperand(ops[pc]);
    switch (kind) {
      case "branch":
        within(ops.length, "instruction");
        break;
      case "local":
        within(localCount, "local");
        break;
      case "jumpTable":
        within(code.jumpTables?.length ?? 0, "jump table");
        break;
      case "signature":
      case "vectorCount":
      case "functionType":
        within(checker.file.signatures.length, "signature");
        checker.typeParametersOf(a[pc], typeParameterCount);
        break;
      default: {
        const row = POOL_OF[kind];
        if (row === undefined) break;
        const rows = poolRows(checker, row[0]);
        within(kind === "struct" ? structCount(checker) : rows.length, row[0]);
        if (!row[1]) break;
        const { typeArguments } = rows[a[pc]] as Instantiation;
        checker.typeParametersOf(typeArguments, typeParameterCount);
      }
    }
  }
}

/** Definitions that an instruction on a struct may name. */
function structCount({ file }: BoundsChecker): number {
  if (file.kind === "script") return 0;
  return file.flavour === "sui" ? structCountOf(file) : file.structDefinitions.length;
}

/** The rows of a pool; a script has none of the pools that only modules have. */
function poolRows({ file }: BoundsChecker, pool: keyof CompiledModule): readonly unknown[] {
  return pool in file ? ((file as CompiledModule)[pool] as readonly unknown[]) : [];
}
