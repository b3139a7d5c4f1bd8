import { encodeHex } from "@dragoman/bytes";
import type { AbilitySet } from "../format/abilities.ts";
import { type Dialect, VERSION_CLOSURES } from "../format/dialect.ts";
import type { CompiledModule, StructLayout, StructTypeParameter } from "../format/module.ts";
import { MoveTextFault } from "../format/move-fault.ts";
import { BASIC, type SignatureToken } from "../format/signature-token.ts";
import { assembleAccesses } from "./assemble-access.ts";
import { PoolBuilder } from "./pool-builder.ts";
import type {
  ImportNode,
  Located,
  ModuleName,
  SignatureNode,
  StructNode,
  TypeNode,
  TypeParameterNode,
} from "./syntax-tree.ts";

/** The type parameters of a declaration: name to index. */
export type TypeNames = ReadonlyMap<string, number>;

/** The variant and the version of the format for which a text is assembled. */
export interface UnitDialect {
  readonly dialect: Dialect;
  readonly version: number;
}

interface ModuleScope {
  readonly handle: number;
  readonly id: string;
  /** What the text itself declares of the module. */
  readonly structs: Map<string, StructNode>;
  readonly functions: Map<string, SignatureNode>;
}

/** What names mean in one text: its modules, structs and functions, and the pools they fill. */
export class UnitScope {
  readonly text: string;
  readonly dialect: UnitDialect;
  readonly pools = new PoolBuilder();
  /** Definitions of the module itself: name to index. */
  readonly structIndices = new Map<string, number>();
  private readonly dependencies: ReadonlyMap<string, CompiledModule>;
  private readonly modules = new Map<string, ModuleScope>();
  /** Handles of functions that the text declares; `begun` while one is being made. */
  private readonly handles = new Map<SignatureNode, number | "begun">();

  constructor(
    text: string,
    dependencies: ReadonlyMap<string, CompiledModule>,
    dialect: UnitDialect,
  ) {
    this.text = text;
    this.dialect = dialect;
    this.dependencies = dependencies;
  }

  refuse(at: number, sentence: string): never {
    throw new MoveTextFault(this.text, at, sentence);
  }

  /** Makes a module known by `alias`; gives its handle. */
  declareModule(alias: string, name: ModuleName): number {
    const handle = this.pools.module(name);
    this.modules.set(alias, {
      handle,
      id: moduleKey(name),
      structs: new Map(),
      functions: new Map(),
    });
    return handle;
  }

  declareImport({ alias, module, structs, functions }: ImportNode): void {
    this.declareModule(alias, module);
    for (const struct of structs) this.declareStruct(alias, struct);
    for (const signature of functions) this.declareFunction(alias, signature);
  }

  /** Makes handles of all that an import declares, used or not, in the order of the text. */
  internImport({ alias, structs, functions }: ImportNode): void {
    for (const struct of structs) this.struct(alias, struct.name, struct);
    for (const signature of functions) this.function(alias, signature.name, signature);
  }

  declareStruct(alias: string, struct: StructNode): void {
    this.module(alias, struct).structs.set(struct.name, struct);
  }

  declareFunction(alias: string, signature: SignatureNode): void {
    this.module(alias, signature).functions.set(signature.name, signature);
  }

  private module(alias: string, { at }: Located): ModuleScope {
    const scope = this.modules.get(alias);
    if (scope === undefined) return this.refuse(at, `the module ${alias} is not imported`);
    return scope;
  }

  moduleHandle(alias: string, place: Located): number {
    return this.module(alias, place).handle;
  }

  /** The handle of a struct, from the text or from a dependency. */
  struct(alias: string, name: string, place: Located): number {
    const scope = this.module(alias, place);
    const node = scope.structs.get(name);
    if (node !== undefined) {
      const parameters = structTypeParameters(node.typeParameters);
      return this.pools.struct(scope.handle, name, node.abilities, parameters);
    }
    const dependency = this.dependency(scope, place);
    const found = dependency.structHandles.find(
      (handle) => handle.module === dependency.self && dependency.identifiers[handle.name] === name,
    );
    if (found === undefined) return this.refuse(place.at, `${alias} has no struct ${name}`);
    return this.pools.struct(scope.handle, name, found.abilities, found.typeParameters);
  }

  /** The handle of a function, from the text or from a dependency. */
  function(alias: string, name: string, place: Located): number {
    const scope = this.module(alias, place);
    const node = scope.functions.get(name);
    if (node !== undefined) return this.declared(scope, node);
    const dependency = this.dependency(scope, place);
    const definition = dependency.functionDefinitions.find(
      ({ handle }) => dependency.identifiers[dependency.functionHandles[handle].name] === name,
    );
    if (definition === undefined) return this.refuse(place.at, `${alias} has no function ${name}`);
    const handle = dependency.functionHandles[definition.handle];
    const translate = (signature: number) =>
      dependency.signatures[signature].map((token) => this.translate(dependency, token));
    return this.pools.function(scope.handle, {
      name,
      parameters: translate(handle.parameters),
      returns: translate(handle.returns),
      constraints: handle.typeParameters,
      attributes: this.dialect.version >= VERSION_CLOSURES ? (handle.attributes ?? []) : [],
      accesses: undefined,
    });
  }

  /** The handle of a function that the text declares. */
  private declared({ handle: module }: ModuleScope, node: SignatureNode): number {
    const known = this.handles.get(node);
    if (known === "begun") {
      return this.refuse(node.at, `an access specifier of ${node.name} needs ${node.name} itself`);
    }
    if (known !== undefined) return known;
    this.handles.set(node, "begun");
    const handle = this.pools.function(module, {
      name: node.name,
      ...this.signature(node),
      attributes: node.attributes,
      accesses: assembleAccesses(this, node),
    });
    this.handles.set(node, handle);
    return handle;
  }

  private dependency({ id }: ModuleScope, place: Located): CompiledModule {
    const dependency = this.dependencies.get(id);
    if (dependency === undefined) {
      return this.refuse(place.at, `the module ${id} is neither declared here nor given`);
    }
    return dependency;
  }

  /** A token of another module with the handles of this one. */
  private translate(from: CompiledModule, token: SignatureToken): SignatureToken {
    switch (token.tag) {
      case "vector":
      case "reference":
      case "mutableReference":
        return { tag: token.tag, inner: this.translate(from, token.inner) };
      case "function": {
        const translate = (inner: SignatureToken) => this.translate(from, inner);
        const parameters = token.parameters.map(translate);
        return { ...token, parameters, results: token.results.map(translate) };
      }
      case "struct":
        return { tag: "struct", handle: this.translateHandle(from, token.handle) };
      case "structInstantiation": {
        const typeArguments = token.typeArguments.map((inner) => this.translate(from, inner));
        return { tag: token.tag, handle: this.translateHandle(from, token.handle), typeArguments };
      }
      default:
        return token;
    }
  }

  private translateHandle(from: CompiledModule, handle: number): number {
    const { module, name, abilities, typeParameters } = from.structHandles[handle];
    const { address, name: moduleName } = from.moduleHandles[module];
    const own = this.pools.module({
      address: from.addresses[address],
      name: from.identifiers[moduleName],
    });
    return this.pools.struct(own, from.identifiers[name], abilities, typeParameters);
  }

  typeNames(parameters: readonly TypeParameterNode[]): TypeNames {
    const names = new Map<string, number>();
    for (const { at, name } of parameters) {
      if (names.has(name)) this.refuse(at, `the type parameter ${name} is there twice`);
      names.set(name, names.size);
    }
    return names;
  }

  token(type: TypeNode, names: TypeNames): SignatureToken {
    switch (type.tag) {
      case "vector":
      case "reference":
      case "mutableReference":
        return { tag: type.tag, inner: this.token(type.inner, names) };
      case "function":
        return {
          tag: "function",
          parameters: this.tokens(type.parameters, names),
          results: this.tokens(type.results, names),
          abilities: type.abilities,
        };
      case "parameter": {
        const index = names.get(type.name);
        if (index === undefined) return this.refuse(type.at, `the type ${type.name} is unknown`);
        return { tag: "typeParameter", index };
      }
      case "struct": {
        const handle = this.struct(type.module, type.name, type);
        if (type.typeArguments.length === 0) return { tag: "struct", handle };
        const typeArguments = this.tokens(type.typeArguments, names);
        return { tag: "structInstantiation", handle, typeArguments };
      }
      default:
        return BASIC[type.tag];
    }
  }

  tokens(types: readonly TypeNode[], names: TypeNames): SignatureToken[] {
    return types.map((type) => this.token(type, names));
  }

  signature(node: SignatureNode): {
    parameters: SignatureToken[];
    returns: SignatureToken[];
    constraints: AbilitySet[];
  } {
    const names = this.typeNames(node.typeParameters);
    return {
      returns: this.tokens(node.returns, names),
      parameters: node.parameters.map(({ type }) => this.token(type, names)),
      constraints: node.typeParameters.map(({ constraints }) => constraints),
    };
  }

  /** The definition of a struct of the module itself. */
  structIndex(name: string, { at }: Located): number {
    const index = this.structIndices.get(name);
    if (index === undefined) return this.refuse(at, `this module defines no struct ${name}`);
    return index;
  }

  /** The layout of a struct of the module itself. */
  layout(name: string, place: Located): StructLayout {
    return this.pools.structDefinitions[this.structIndex(name, place)].layout;
  }
}

/** The key under which dependencies are given: 64 digits, `::`, name. */
export function moduleKey({ address, name }: ModuleName): string {
  return `${encodeHex(address).slice(2)}::${name}`;
}

function structTypeParameters(nodes: readonly TypeParameterNode[]): StructTypeParameter[] {
  return nodes.map(({ constraints, phantom }) => ({ constraints, phantom }));
}
