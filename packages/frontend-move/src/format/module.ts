import type { AbilitySet } from "./abilities.ts";
import type { SignatureToken } from "./signature-token.ts";

/** The family whose variant of the format a file is in. */
export type Flavour = "aptos" | "sui";

/** All fields named after a pool hold an index into that pool of the same file. */
export interface ModuleHandle {
  /** Index into `addresses`. */
  readonly address: number;
  /** Index into `identifiers`. */
  readonly name: number;
}

export interface StructTypeParameter {
  readonly constraints: AbilitySet;
  readonly phantom: boolean;
}

export interface StructHandle {
  /** Index into `moduleHandles`. */
  readonly module: number;
  /** Index into `identifiers`. */
  readonly name: number;
  readonly abilities: AbilitySet;
  readonly typeParameters: readonly StructTypeParameter[];
}

export interface FunctionHandle {
  /** Index into `moduleHandles`. */
  readonly module: number;
  /** Index into `identifiers`. */
  readonly name: number;
  /** Index into `signatures`. */
  readonly parameters: number;
  /** Index into `signatures`. */
  readonly returns: number;
  /** Constraints of the type parameters. */
  readonly typeParameters: readonly AbilitySet[];
  /** Access specifiers (Aptos v7), undefined where the handle has none. */
  readonly accesses?: readonly AccessSpecifier[];
  /** Attributes (Aptos v8) in the order of the file, undefined where the handle has none. */
  readonly attributes?: readonly FunctionAttribute[];
}

/**
 * `persistent`: closures of the function may be stored, so its signature never changes.
 * `moduleLock`: while it runs, no module that is active may be entered again.
 */
export type FunctionAttribute = "persistent" | "moduleLock";

/** Declares which resources a function and what it calls may touch (Aptos v7); a function without any may touch all. */
export interface AccessSpecifier {
  readonly kind: "reads" | "writes" | "acquires";
  readonly negated: boolean;
  readonly resource: ResourceSpecifier;
  readonly address: AddressSpecifier;
}

export type ResourceSpecifier =
  | { readonly tag: "any" }
  | { readonly tag: "atAddress"; readonly address: number }
  | { readonly tag: "inModule"; readonly module: number }
  | { readonly tag: "resource"; readonly struct: number }
  | { readonly tag: "instantiation"; readonly struct: number; readonly typeArguments: number };

export type AddressSpecifier =
  | { readonly tag: "any" }
  | { readonly tag: "literal"; readonly address: number }
  | { readonly tag: "parameter"; readonly parameter: number; readonly function?: number };

/** A generic thing with its type arguments. */
export interface Instantiation {
  /** Index into the pool of the thing: function handles, struct definitions, field handles, ... */
  readonly of: number;
  /** Index into `signatures`. */
  readonly typeArguments: number;
}

export interface Constant {
  readonly type: SignatureToken;
  /** BCS of the value. */
  readonly data: Uint8Array;
}

export interface Metadata {
  readonly key: Uint8Array;
  readonly value: Uint8Array;
}

export interface FieldDefinition {
  /** Index into `identifiers`. */
  readonly name: number;
  readonly type: SignatureToken;
}

export interface VariantDefinition {
  /** Index into `identifiers`. */
  readonly name: number;
  readonly fields: readonly FieldDefinition[];
}

export type StructLayout =
  | { readonly tag: "native" }
  | { readonly tag: "fields"; readonly fields: readonly FieldDefinition[] }
  | { readonly tag: "variants"; readonly variants: readonly VariantDefinition[] };

export interface StructDefinition {
  /** Index into `structHandles`. */
  readonly handle: number;
  readonly layout: StructLayout;
}

export interface FieldHandle {
  /** Index into `structDefinitions`. */
  readonly owner: number;
  /** Position of the field in its struct. */
  readonly field: number;
}

export interface VariantFieldHandle {
  /** Index into `structDefinitions`. */
  readonly owner: number;
  /** The variants in which the field may be borrowed. */
  readonly variants: readonly number[];
  /** Position of the field in each of these variants. */
  readonly field: number;
}

export interface StructVariantHandle {
  /** Index into `structDefinitions`. */
  readonly owner: number;
  readonly variant: number;
  /** Sui: not in the file, but part of one of `structVariantInstantiations`. */
  readonly implied?: true;
}

/** A variant of a generic enum with type arguments; `of`: struct variant handles. */
export interface VariantInstantiation extends Instantiation {
  /** Sui: index into `enumInstantiations`, which has the type arguments. */
  readonly enumInstantiation?: number;
}

/** Where `VariantSwitch` goes on for each variant of an enum (Sui v7). */
export interface JumpTable {
  /** Index into `structDefinitions`. */
  readonly owner: number;
  /** Instruction by variant. */
  readonly targets: readonly number[];
}

export type Visibility = "private" | "public" | "friend";

export interface FunctionDefinition {
  /** Index into `functionHandles`. */
  readonly handle: number;
  readonly visibility: Visibility;
  readonly entry: boolean;
  /** Indices into `structDefinitions`. */
  readonly acquires: readonly number[];
  /** Undefined where the function is native. */
  readonly code?: Code;
}

/**
 * The instructions of one function, a column per field: instruction `pc` has the opcode `ops[pc]`
 * and the operand `a[pc]`:
 *
 * | operand kind | `a` | `b` |
 * |---|---|---|
 * | branch | the target's pc | |
 * | local, any index | the index | |
 * | u8, u16, u32 | the value | |
 * | u64, u128, u256 | index into `wide` | |
 * | i8 to i256 | as their unsigned namesakes: the two's complement | |
 * | vectorCount | index into `signatures` | the number of elements |
 * | closure, closureInst | the index | index into `wide`: the mask |
 * | jumpTable | index into `jumpTables` | |
 */
export interface Code {
  /** Index into `signatures`: the types of the locals that are not parameters. */
  readonly locals: number;
  readonly ops: Uint8Array;
  readonly a: Uint32Array;
  readonly b: Uint32Array;
  /** Integers too wide for a column. */
  readonly wide: readonly bigint[];
  /** Undefined where the function has none. */
  readonly jumpTables?: readonly JumpTable[];
}

/** The pools that modules and scripts share. */
export interface CompiledPools {
  readonly flavour: Flavour;
  /** Version of the format without its flavour byte. */
  readonly version: number;
  /** The version word as it stands in the file. */
  readonly versionWord: number;
  readonly moduleHandles: readonly ModuleHandle[];
  readonly structHandles: readonly StructHandle[];
  readonly functionHandles: readonly FunctionHandle[];
  /** `of`: function handles. */
  readonly functionInstantiations: readonly Instantiation[];
  readonly signatures: readonly (readonly SignatureToken[])[];
  readonly constants: readonly Constant[];
  readonly identifiers: readonly string[];
  /** Each of 32 bytes. */
  readonly addresses: readonly Uint8Array[];
  readonly metadata: readonly Metadata[];
}

export interface CompiledModule extends CompiledPools {
  readonly kind: "module";
  /** Index into `moduleHandles` of the module itself. */
  readonly self: number;
  /** Structs and enums. In the Sui flavour, where they have tables of their own, structs come first. */
  readonly structDefinitions: readonly StructDefinition[];
  /** `of`: struct definitions. */
  readonly structInstantiations: readonly Instantiation[];
  readonly functionDefinitions: readonly FunctionDefinition[];
  readonly fieldHandles: readonly FieldHandle[];
  /** `of`: field handles. */
  readonly fieldInstantiations: readonly Instantiation[];
  readonly friends: readonly ModuleHandle[];
  readonly variantFieldHandles: readonly VariantFieldHandle[];
  /** `of`: variant field handles. */
  readonly variantFieldInstantiations: readonly Instantiation[];
  readonly structVariantHandles: readonly StructVariantHandle[];
  readonly structVariantInstantiations: readonly VariantInstantiation[];
  /** Sui: enums with type arguments, `of`: struct definitions. Undefined in the Aptos flavour. */
  readonly enumInstantiations?: readonly Instantiation[];
}

export interface CompiledScript extends CompiledPools {
  readonly kind: "script";
  /** Constraints of the type parameters. */
  readonly typeParameters: readonly AbilitySet[];
  /** Index into `signatures`. */
  readonly parameters: number;
  readonly code: Code;
}

/** The address (32 bytes) and the name of a module handle. */
export function moduleId(
  pools: CompiledPools,
  handle: number,
): { address: Uint8Array; name: string } {
  const { address, name } = pools.moduleHandles[handle];
  return { address: pools.addresses[address], name: pools.identifiers[name] };
}
