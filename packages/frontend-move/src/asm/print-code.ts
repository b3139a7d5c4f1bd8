import { branchTargets } from "../format/branch-targets.ts";
import type {
  Code,
  CompiledModule,
  CompiledScript,
  Instantiation,
  JumpTable,
} from "../format/module.ts";
import { opName, opOperand } from "../format/opcodes.ts";
import { hexText, type Names, typeListText, typeText } from "./print-names.ts";

/**
 * The lines of a bytecode body. Locals are `l0`, `l1`, ... with the parameters first, labels `b`
 * and the instruction's number.
 */
export function codeLines(names: Names, code: Code, parameterCount: number): string[] {
  const targets = new Set<number>();
  for (let pc = 0; pc < code.ops.length; pc++) {
    for (const target of branchTargets(code, pc)) targets.add(target);
  }
  const lines = names.file.signatures[code.locals].map(
    (token, i) => `  let l${parameterCount + i}: ${typeText(names, token)};`,
  );
  code.ops.forEach((op, pc) => {
    if (targets.has(pc)) lines.push(`b${pc}:`);
    const operand = operandText(names, code, pc);
    lines.push(`  ${opName(op)}${operand === "" ? "" : ` ${operand}`}`);
  });
  return lines;
}

function operandText(names: Names, code: Code, pc: number): string {
  const { file } = names;
  const module = file as CompiledModule;
  const a = code.a[pc];
  const kind = opOperand(code.ops[pc]);
  switch (kind) {
    case "none":
      return "";
    case "branch":
      return `b${a}`;
    case "local":
      return `l${a}`;
    case "u8":
    case "u16":
    case "u32":
      return String(a);
    case "i8":
    case "i16":
    case "i32":
      return String(BigInt.asIntN(Number(kind.slice(1)), BigInt(a)));
    case "i64":
    case "i128":
    case "i256":
      return String(BigInt.asIntN(Number(kind.slice(1)), code.wide[a]));
    case "closure":
      return `${functionText(names, a)} ${code.wide[code.b[pc]]}`;
    case "closureInst":
      return `${instantiated(names, file.functionInstantiations[a], functionText)} ${code.wide[code.b[pc]]}`;
    case "functionType":
      return typeListText(names, file.signatures[a]);
    case "jumpTable":
      return switchText(names, (code.jumpTables as readonly JumpTable[])[a]);
    case "u64":
    case "u128":
    case "u256":
      return String(code.wide[a]);
    case "constant": {
      const { type, data } = file.constants[a];
      return `${typeText(names, type)} x"${hexText(data)}"`;
    }
    case "function":
      return functionText(names, a);
    case "functionInst":
      return instantiated(names, file.functionInstantiations[a], functionText);
    case "struct":
      return structName(names, a);
    case "structInst":
      return instantiated(names, module.structInstantiations[a], structName);
    case "signature":
      return typeListText(names, file.signatures[a]);
    case "vectorCount":
      return `${typeListText(names, file.signatures[a])} ${code.b[pc]}`;
    case "field":
      return fieldText(names, a, "");
    case "fieldInst":
      return instantiatedPath(names, module.fieldInstantiations[a], fieldText);
    case "structVariant":
      return variantText(names, a, "");
    case "structVariantInst":
      return instantiatedPath(names, module.structVariantInstantiations[a], variantText);
    case "variantField":
      return variantFieldText(names, a, "");
    case "variantFieldInst":
      return instantiatedPath(names, module.variantFieldInstantiations[a], variantFieldText);
  }
}

function instantiated(
  names: Names,
  { of, typeArguments }: Instantiation,
  text: (names: Names, of: number) => string,
): string {
  return text(names, of) + typeListText(names, names.file.signatures[typeArguments]);
}

/** With the type arguments between the struct's name and the rest of the path. */
function instantiatedPath(
  names: Names,
  { of, typeArguments }: Instantiation,
  text: (names: Names, of: number, types: string) => string,
): string {
  return text(names, of, typeListText(names, names.file.signatures[typeArguments]));
}

function functionText({ file, aliases }: Names, handle: number): string {
  const { module, name } = file.functionHandles[handle];
  return `${aliases[module]}.${file.identifiers[name]}`;
}

/** The name of a struct that the module defines. */
export function structName({ file }: Names, definition: number): string {
  const { handle } = (file as CompiledModule).structDefinitions[definition];
  return file.identifiers[file.structHandles[handle].name];
}

function fieldText(names: Names, handle: number, types: string): string {
  const module = names.file as CompiledModule;
  const { owner, field } = module.fieldHandles[handle];
  const { layout } = module.structDefinitions[owner];
  const name = layout.tag === "fields" ? layout.fields[field].name : 0;
  return `${structName(names, owner)}${types}::${module.identifiers[name]}`;
}

function switchText(names: Names, { owner, targets }: JumpTable): string {
  const texts = targets.map((target, variant) => {
    return `${variantName(names.file, owner, variant)}: b${target}`;
  });
  return `${structName(names, owner)} { ${texts.join(", ")} }`;
}

function variantText(names: Names, handle: number, types: string): string {
  const { owner, variant } = (names.file as CompiledModule).structVariantHandles[handle];
  return `${structName(names, owner)}${types}::${variantName(names.file, owner, variant)}`;
}

function variantFieldText(names: Names, handle: number, types: string): string {
  const module = names.file as CompiledModule;
  const { owner, variants, field } = module.variantFieldHandles[handle];
  const { layout } = module.structDefinitions[owner];
  const first = layout.tag === "variants" ? layout.variants[variants[0]].fields[field].name : 0;
  const path = variants.map((variant) => variantName(module, owner, variant)).join("|");
  return `${structName(names, owner)}${types}::${path}::${module.identifiers[first]}`;
}

function variantName(
  file: CompiledModule | CompiledScript,
  owner: number,
  variant: number,
): string {
  const { layout } = (file as CompiledModule).structDefinitions[owner];
  return layout.tag === "variants" ? file.identifiers[layout.variants[variant].name] : "";
}
