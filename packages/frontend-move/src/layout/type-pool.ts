import { I32 } from "@dragoman/core";
import {
  ABILITIES_PRIMITIVE,
  ABILITIES_REFERENCE,
  ABILITIES_SIGNER,
  type AbilitySet,
  abilityNames,
  type FieldDefinition,
  type FunctionToken,
  isReference,
  isSigned,
  keptWithArgument,
  MoveFault,
  PRIMITIVE_TOKENS,
  type PrimitiveTag,
  type SignatureToken,
  type StructHandle,
  type StructLayout,
} from "../format/index.ts";
import type { FieldSource, Laid } from "./lay-out.ts";
import { layOutEnum, layOutStruct } from "./lay-out.ts";
import {
  type ClosureSource,
  IN_MEMORY,
  type MoveType,
  type Passed,
  PRIMITIVE_SHAPES,
  VECTOR,
} from "./move-type.ts";

/** Nodes that a type may have as a tree of names; more are VM_MAX_TYPE_NODES_REACHED (config.rs: 128). */
export const TYPE_NODES_MAX = 128;
/** Levels of names in names; more are VM_MAX_TYPE_DEPTH_REACHED (config.rs: 20). */
export const TYPE_DEPTH_MAX = 20;
/** Levels of values in values that a program may make; more are VM_MAX_VALUE_DEPTH_REACHED. */
export const VALUE_DEPTH_MAX = 128;
/** Levels of values in values that are laid out at all. */
const LAYOUT_DEPTH_MAX = 512;
/** Bytes of one value; more are VM_MAX_TYPE_NODES_REACHED: a chain of doublings ends here. */
export const VALUE_SIZE_MAX = 1 << 16;

/** A module whose signature tokens are to be resolved. */
export interface TokenScope {
  readonly identifiers: readonly string[];
  /** The definition behind a struct handle of the module. */
  structSource(handle: number): StructSource;
}

/** A struct definition in its module. */
export interface StructSource {
  /** Distinct for every definition of the linkage. */
  readonly id: number;
  readonly address: Uint8Array;
  readonly module: string;
  readonly name: string;
  readonly layout: StructLayout;
  /** Declared abilities and type parameters. */
  readonly handle: Pick<StructHandle, "abilities" | "typeParameters">;
  /** Scope of the tokens in `layout`. */
  readonly scope: TokenScope;
}

const NO_FIELDS = { fields: [], variants: [], name: undefined, signed: false } as const;
const NO_CLOSURES = { holdsClosures: false, shape: undefined } as const;

/** All types of one linkage, each once, with their layouts. */
export class TypePool {
  readonly types: MoveType[] = [];
  readonly #primitives = new Map<PrimitiveTag, MoveType>();
  readonly #vectors = new Map<number, MoveType>();
  readonly #references = new Map<number, MoveType>();
  readonly #structs = new Map<string, MoveType>();
  readonly #functions = new Map<string, MoveType>();
  readonly #closures: ClosureSource;
  /** Structs whose layout is being computed. */
  #nesting = 0;

  /** `closures` makes the values of function types. */
  constructor(closures: ClosureSource) {
    this.#closures = closures;
    for (const [, tag] of PRIMITIVE_TOKENS) this.#addPrimitive(tag);
  }

  #addPrimitive(kind: PrimitiveTag): void {
    const [size, carrier, bits] = PRIMITIVE_SHAPES[kind];
    const abilities = kind === "signer" ? ABILITIES_SIGNER : ABILITIES_PRIMITIVE;
    const flat = { plain: true, dense: true, nodes: 1, nameDepth: 1, depth: 1, abilities };
    const shape = { size, align: Math.min(size, 8), carrier, bits, element: undefined };
    const signed = isSigned(kind);
    const type = this.#add({ ...NO_FIELDS, ...NO_CLOSURES, ...flat, ...shape, kind, signed });
    this.#primitives.set(kind, type);
  }

  #add(type: Omit<MoveType, "id">): MoveType {
    const added = { ...type, id: this.types.length };
    this.types.push(added);
    return added;
  }

  primitive(tag: PrimitiveTag): MoveType {
    return this.#primitives.get(tag)!;
  }

  vector(element: MoveType): MoveType {
    let type = this.#vectors.get(element.id);
    if (type === undefined) {
      type = this.#add({
        ...NO_FIELDS,
        kind: "vector",
        size: VECTOR.SIZE,
        align: VECTOR.ALIGN,
        carrier: IN_MEMORY,
        bits: 0,
        element,
        plain: false,
        dense: false,
        nodes: boundedNodes(element.nodes + 1),
        nameDepth: boundedNameDepth(element.nameDepth + 1),
        depth: boundedDepth(element.depth + 1),
        abilities: ABILITIES_PRIMITIVE & element.abilities,
        holdsClosures: element.holdsClosures,
        shape: undefined,
      });
      this.#vectors.set(element.id, type);
    }
    return type;
  }

  /** `&T` and `&mut T` alike: an address in linear memory. */
  reference(element: MoveType): MoveType {
    let type = this.#references.get(element.id);
    if (type === undefined) {
      const { nodes, nameDepth, depth } = element;
      type = this.#add({
        ...NO_FIELDS,
        ...NO_CLOSURES,
        kind: "reference",
        size: 4,
        align: 4,
        carrier: I32,
        bits: 0,
        element,
        plain: true,
        dense: false,
        nodes,
        nameDepth,
        depth,
        abilities: ABILITIES_REFERENCE,
      });
      this.#references.set(element.id, type);
    }
    return type;
  }

  /** The type of closures: an address of what does not change, so copying the address copies the closure. */
  function(
    parameters: readonly Passed[],
    results: readonly Passed[],
    abilities: AbilitySet,
  ): MoveType {
    const list = (types: readonly Passed[]) =>
      types.map(({ type, mode }) => `${mode} ${type.id}`).join();
    const key = `${list(parameters)} > ${list(results)} > ${abilities}`;
    let type = this.#functions.get(key);
    if (type === undefined) {
      const parts = [...parameters, ...results].map((passed) => passed.type);
      type = this.#add({
        ...NO_FIELDS,
        kind: "function",
        size: 4,
        align: 4,
        carrier: I32,
        bits: 0,
        element: undefined,
        plain: true,
        dense: false,
        nodes: boundedNodes(parts.reduce((sum, part) => sum + part.nodes, 1)),
        nameDepth: boundedNameDepth(1 + Math.max(0, ...parts.map((part) => part.nameDepth))),
        depth: 1,
        abilities,
        holdsClosures: true,
        shape: { parameters, results, closures: this.#closures },
      });
      this.#functions.set(key, type);
    }
    return type;
  }

  /** A type as a function type passes it. */
  passed(token: SignatureToken, scope: TokenScope, typeArguments: readonly MoveType[]): Passed {
    const mode = isReference(token) ? token.tag : "value";
    return { type: this.ofToken(token, scope, typeArguments), mode };
  }

  #ofFunction(
    { parameters, results, abilities }: FunctionToken,
    scope: TokenScope,
    typeArguments: readonly MoveType[],
  ): MoveType {
    const pass = (token: SignatureToken) => this.passed(token, scope, typeArguments);
    return this.function(parameters.map(pass), results.map(pass), abilities);
  }

  /** A struct or enum with its type arguments. */
  struct(source: StructSource, typeArguments: readonly MoveType[]): MoveType {
    const key = `${source.id}<${typeArguments.map((type) => type.id).join()}>`;
    let type = this.#structs.get(key);
    if (type === undefined) {
      this.#nesting = boundedDepth(this.#nesting + 1);
      try {
        type = this.#layOut(source, typeArguments);
      } finally {
        this.#nesting--;
      }
      this.#structs.set(key, type);
    }
    return type;
  }

  #layOut(source: StructSource, typeArguments: readonly MoveType[]): MoveType {
    const { abilities: declared, typeParameters } = source.handle;
    const constraints = typeParameters.map((parameter) => parameter.constraints);
    checkTypeArguments(constraints, typeArguments);
    const abilities = typeArguments.reduce(
      (set, type, index) =>
        typeParameters[index].phantom ? set : keptWithArgument(set, type.abilities),
      declared,
    );
    const nodes = boundedNodes(typeArguments.reduce((sum, type) => sum + type.nodes, 1));
    const deepest = typeArguments.reduce((depth, type) => Math.max(depth, type.nameDepth), 0);
    const nameDepth = boundedNameDepth(deepest + 1);
    const laid = this.#laid(source, typeArguments);
    boundedDepth(laid.depth);
    if (laid.size > VALUE_SIZE_MAX) {
      const sentence = `${source.name} has ${laid.size} bytes, ${VALUE_SIZE_MAX} are allowed`;
      throw new MoveFault("VM_MAX_TYPE_NODES_REACHED", {}, sentence);
    }
    const { address, module, name } = source;
    return this.#add({
      ...laid,
      kind: source.layout.tag === "variants" ? "enum" : "struct",
      carrier: IN_MEMORY,
      bits: 0,
      signed: false,
      shape: undefined,
      element: undefined,
      name: { address, module, name, typeArguments },
      nodes,
      nameDepth,
      abilities,
    });
  }

  #laid({ layout, scope }: StructSource, typeArguments: readonly MoveType[]): Laid {
    const resolve = (fields: readonly FieldDefinition[]): FieldSource[] =>
      fields.map((field) => ({
        name: scope.identifiers[field.name],
        type: this.ofToken(field.type, scope, typeArguments),
      }));
    switch (layout.tag) {
      case "fields":
        return layOutStruct(resolve(layout.fields));
      case "variants":
        return layOutEnum(
          layout.variants.map((variant) => ({
            name: scope.identifiers[variant.name],
            fields: resolve(variant.fields),
          })),
        );
      default:
        throw new MoveFault("TYPE_RESOLUTION_FAILURE", {}, "native structs have no layout");
    }
  }

  /**
   * The type that `token` means in `scope` where the type parameters stand for `typeArguments`.
   *
   * Faults: VM_MAX_TYPE_NODES_REACHED, VM_MAX_TYPE_DEPTH_REACHED, and what `scope` throws for a
   * struct that is not there.
   */
  ofToken(token: SignatureToken, scope: TokenScope, typeArguments: readonly MoveType[]): MoveType {
    switch (token.tag) {
      case "vector":
        return this.vector(this.ofToken(token.inner, scope, typeArguments));
      case "reference":
      case "mutableReference":
        return this.reference(this.ofToken(token.inner, scope, typeArguments));
      case "struct":
        return this.struct(scope.structSource(token.handle), []);
      case "structInstantiation":
        return this.struct(
          scope.structSource(token.handle),
          token.typeArguments.map((argument) => this.ofToken(argument, scope, typeArguments)),
        );
      case "function":
        return this.#ofFunction(token, scope, typeArguments);
      case "typeParameter": {
        const type = typeArguments[token.index];
        if (type === undefined) {
          throw new MoveFault(
            "NUMBER_OF_TYPE_ARGUMENTS_MISMATCH",
            {},
            `there is no type argument ${token.index}`,
          );
        }
        return type;
      }
      default:
        return this.primitive(token.tag);
    }
  }
}

/**
 * Faults: NUMBER_OF_TYPE_ARGUMENTS_MISMATCH, and CONSTRAINT_NOT_SATISFIED where an argument lacks an ability that its parameter
 * asks for.
 */
export function checkTypeArguments(
  constraints: readonly AbilitySet[],
  typeArguments: readonly MoveType[],
): void {
  if (typeArguments.length !== constraints.length) {
    const sentence = `${constraints.length} type arguments are needed, ${typeArguments.length} are given`;
    throw new MoveFault("NUMBER_OF_TYPE_ARGUMENTS_MISMATCH", {}, sentence);
  }
  const index = constraints.findIndex(
    (needed, at) => (needed & ~typeArguments[at].abilities) !== 0,
  );
  if (index >= 0) {
    const lacking = abilityNames(constraints[index] & ~typeArguments[index].abilities).join(", ");
    const sentence = `type argument ${index} lacks ${lacking}`;
    throw new MoveFault("CONSTRAINT_NOT_SATISFIED", {}, sentence);
  }
}

function boundedNodes(nodes: number): number {
  if (nodes > TYPE_NODES_MAX) {
    throw new MoveFault("VM_MAX_TYPE_NODES_REACHED", {}, `a type has over ${TYPE_NODES_MAX} nodes`);
  }
  return nodes;
}

function boundedNameDepth(depth: number): number {
  if (depth > TYPE_DEPTH_MAX) {
    throw new MoveFault(
      "VM_MAX_TYPE_DEPTH_REACHED",
      {},
      `a type nests over ${TYPE_DEPTH_MAX} deep`,
    );
  }
  return depth;
}

function boundedDepth(depth: number): number {
  if (depth > LAYOUT_DEPTH_MAX) {
    const sentence = `values nest over ${LAYOUT_DEPTH_MAX} deep`;
    throw new MoveFault("VM_MAX_VALUE_DEPTH_REACHED", {}, sentence);
  }
  return depth;
}

/** Faults: VM_MAX_VALUE_DEPTH_REACHED for a type whose values nest too deep to be made. */
export function checkValueDepth(type: MoveType): void {
  if (type.depth > VALUE_DEPTH_MAX) {
    const sentence = `values nest over ${VALUE_DEPTH_MAX} deep`;
    throw new MoveFault("VM_MAX_VALUE_DEPTH_REACHED", {}, sentence);
  }
}
