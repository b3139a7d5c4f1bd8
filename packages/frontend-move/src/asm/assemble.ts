import { type Dialect, dialectOf } from "../format/dialect.ts";
import type { CompiledModule, CompiledScript, StructLayout } from "../format/module.ts";
import { moduleId } from "../format/module.ts";
import { MoveTextFault } from "../format/move-fault.ts";
import { assembleBody } from "./assemble-function.ts";
import { parseUnit } from "./parse.ts";
import type { FunctionNode, ModuleNode, NamedType, ScriptNode, StructNode } from "./syntax-tree.ts";
import { moduleKey, type TypeNames, UnitScope } from "./unit-scope.ts";

/** The version word of a text that names none: Aptos v7. */
export const DEFAULT_VERSION_WORD = 0x0a000007;
/** The version word of the Sui flavour. */
export const SUI_VERSION_WORD = 0x05000007;

/**
 * Assembles the text of one module or script.
 *
 * @param text Move IR; bodies as statements or, behind the word `bytecode`, as instructions.
 * @param dependencies Modules that the text imports without declaring what it uses of them.
 * @param versionWord The format of a text without a `version` line.
 * @throws MoveTextFault with the place in the text.
 */
export function assembleUnit(
  text: string,
  dependencies: Iterable<CompiledModule> = [],
  versionWord = DEFAULT_VERSION_WORD,
): CompiledModule | CompiledScript {
  const node = parseUnit(text, versionWord);
  const dialect = requireDialect(text, node);
  const known = new Map<string, CompiledModule>();
  for (const module of dependencies) known.set(moduleKey(moduleId(module, module.self)), module);
  const scope = new UnitScope(text, known, { dialect, version: node.versionWord & 0xffffff });
  return node.tag === "module" ? assembleModuleNode(scope, node) : assembleScriptNode(scope, node);
}

/** Assembles a text that must be a module; see {@link assembleUnit}. */
export function assembleModule(
  text: string,
  dependencies: Iterable<CompiledModule> = [],
): CompiledModule {
  const unit = assembleUnit(text, dependencies);
  if (unit.kind === "module") return unit;
  throw new MoveTextFault(text, 0, "a module expected, not a script");
}

/** Assembles a text that must be a script; see {@link assembleUnit}. */
export function assembleScript(
  text: string,
  dependencies: Iterable<CompiledModule> = [],
): CompiledScript {
  const unit = assembleUnit(text, dependencies);
  if (unit.kind === "script") return unit;
  throw new MoveTextFault(text, 0, "a script expected, not a module");
}

function requireDialect(text: string, { versionWord }: ModuleNode | ScriptNode): Dialect {
  const dialect = dialectOf(versionWord);
  if (dialect !== undefined) return dialect;
  throw new MoveTextFault(text, 0, `the version ${versionWord} is not supported`);
}

function versionOf(
  { dialect: { dialect, version } }: UnitScope,
  { versionWord }: ModuleNode | ScriptNode,
): Pick<CompiledModule, "flavour" | "version" | "versionWord"> {
  return { flavour: dialect.flavour, version, versionWord };
}

function assembleModuleNode(scope: UnitScope, node: ModuleNode): CompiledModule {
  const { pools } = scope;
  for (const friend of node.friends) pools.friends.push(pools.moduleRow(friend));
  const self = scope.declareModule("Self", node.name);
  for (const item of node.imports) scope.declareImport(item);
  for (const struct of node.structs) scope.declareStruct("Self", struct);
  for (const item of node.imports) scope.internImport(item);
  for (const struct of node.structs) scope.struct("Self", struct.name, struct);
  for (const item of node.functions) scope.declareFunction("Self", item);
  for (const item of node.functions) scope.function("Self", item.name, item);
  for (const struct of inFileOrder(scope, node.structs)) {
    const handle = scope.struct("Self", struct.name, struct);
    const layout = layoutOf(scope, struct);
    scope.structIndices.set(struct.name, pools.structDefinitions.push({ handle, layout }) - 1);
  }
  for (const item of node.functions) defineFunction(scope, item);
  pools.metadata.push(...node.metadata);
  const version = versionOf(scope, node);
  return { kind: "module", ...version, self, ...pools.finish(version.flavour) };
}

/** Sui keeps enums in a table of their own: they come behind the structs. */
function inFileOrder(
  { dialect }: UnitScope,
  structs: readonly StructNode[],
): readonly StructNode[] {
  if (dialect.dialect.flavour !== "sui") return structs;
  const isEnum = ({ layout }: StructNode) => layout.tag === "variants";
  return [...structs.filter((node) => !isEnum(node)), ...structs.filter(isEnum)];
}

function layoutOf(scope: UnitScope, { typeParameters, layout }: StructNode): StructLayout {
  const names = scope.typeNames(typeParameters);
  switch (layout.tag) {
    case "native":
      return layout;
    case "fields":
      return { tag: "fields", fields: fieldsOf(scope, layout.fields, names) };
    case "variants":
      return {
        tag: "variants",
        variants: layout.variants.map(({ name, fields }) => ({
          name: scope.pools.identifier(name),
          fields: fieldsOf(scope, fields, names),
        })),
      };
  }
}

function fieldsOf(scope: UnitScope, fields: readonly NamedType[], names: TypeNames) {
  return fields.map(({ name, type }) => ({
    name: scope.pools.identifier(name),
    type: scope.token(type, names),
  }));
}

function defineFunction(scope: UnitScope, node: FunctionNode): void {
  const { visibility, entry, body } = node;
  const handle = scope.function("Self", node.name, node);
  const acquires = node.acquires.map((struct) => scope.structIndex(struct.name, struct));
  const definition = { handle, visibility, entry, acquires };
  scope.pools.functionDefinitions.push(
    body === undefined ? definition : { ...definition, code: assembleBody(scope, node, body) },
  );
}

function assembleScriptNode(scope: UnitScope, node: ScriptNode): CompiledScript {
  const { main } = node;
  for (const item of node.imports) scope.declareImport(item);
  for (const item of node.imports) scope.internImport(item);
  if (main.body === undefined) return scope.refuse(main.at, "main has a body");
  const { parameters, constraints } = scope.signature(main);
  const signature = scope.pools.signature(parameters);
  const code = assembleBody(scope, main, main.body);
  const pools = scope.pools.finish("aptos");
  return {
    kind: "script",
    ...versionOf(scope, node),
    moduleHandles: pools.moduleHandles,
    structHandles: pools.structHandles,
    functionHandles: pools.functionHandles,
    functionInstantiations: pools.functionInstantiations,
    signatures: pools.signatures,
    constants: pools.constants,
    identifiers: pools.identifiers,
    addresses: pools.addresses,
    metadata: pools.metadata,
    typeParameters: constraints,
    parameters: signature,
    code,
  };
}
