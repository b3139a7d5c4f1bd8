import { I32, I64, I256, type ValueType } from "@dragoman/core";
import type { AbilitySet, PrimitiveTag } from "../format/index.ts";
import type { TypeTag } from "./type-tag.ts";

export type MoveKind = PrimitiveTag | "vector" | "struct" | "enum" | "reference" | "function";

/** A value of this type has no IR value of its own: it lies in linear memory, named by its address. */
export const IN_MEMORY = -1;

/** A field and where it lies in its struct. */
export interface LaidField {
  readonly name: string;
  readonly type: MoveType;
  /** Bytes from the beginning of the struct (of the enum, for a field of a variant). */
  readonly offset: number;
}

export interface LaidVariant {
  readonly name: string;
  readonly fields: readonly LaidField[];
}

/** What names a struct or enum: where it is defined, and its type arguments. */
export interface StructName {
  readonly address: Uint8Array;
  readonly module: string;
  readonly name: string;
  readonly typeArguments: readonly MoveType[];
}

/**
 * A type without type parameters, and how its values lie in memory. One object per type of a
 * {@link TypePool}: compare by identity.
 */
export interface MoveType {
  /** Index in the pool. */
  readonly id: number;
  readonly kind: MoveKind;
  /** Bytes of a value, a multiple of `align`: also the distance of neighbours in a vector. */
  readonly size: number;
  readonly align: number;
  /** IR type that carries a value, or {@link IN_MEMORY}. */
  readonly carrier: ValueType | typeof IN_MEMORY;
  /** Width of an integer, 0 for anything else. */
  readonly bits: number;
  /** Whether an integer is signed: it lies in memory and in its carrier as its two's complement of `bits` bits. */
  readonly signed: boolean;
  /** Of a vector its elements, of a reference what it points to. */
  readonly element: MoveType | undefined;
  readonly name: StructName | undefined;
  /** Fields of a struct. */
  readonly fields: readonly LaidField[];
  /** Variants of an enum. */
  readonly variants: readonly LaidVariant[];
  /** No vector inside: copying the bytes copies the value. */
  readonly plain: boolean;
  /** Values are equal exactly if their bytes are: plain, without padding and without variants. */
  readonly dense: boolean;
  /** Nodes and levels of the type as a tree of names: bound everything that walks names. */
  readonly nodes: number;
  readonly nameDepth: number;
  /** Levels of values inside values. */
  readonly depth: number;
  readonly abilities: AbilitySet;
  /** Whether a closure may be inside. */
  readonly holdsClosures: boolean;
  /** Of a function type; undefined for any other. */
  readonly shape: FunctionShape | undefined;
}

/** A parameter or result of a function type; references to both kinds are one {@link MoveType}. */
export interface Passed {
  readonly type: MoveType;
  readonly mode: "value" | "reference" | "mutableReference";
}

/** What closures of a type take and give, and where they come from. */
export interface FunctionShape {
  readonly parameters: readonly Passed[];
  readonly results: readonly Passed[];
  readonly closures: ClosureSource;
}

/** A function with type arguments of which some parameters are captured: what a closure is made of. */
export interface Closure {
  /** Index among the closures of the linkage: what a closure in memory begins with. */
  readonly id: number;
  /** 32 bytes. */
  readonly address: Uint8Array;
  readonly module: string;
  readonly name: string;
  readonly typeArguments: readonly MoveType[];
  /** Bit `i` is set where parameter `i` is captured. */
  readonly mask: bigint;
  /** The captured values and where they lie in a closure. */
  readonly captured: readonly LaidField[];
  /** Bytes of a closure in memory. */
  readonly size: number;
  readonly parameters: readonly Passed[];
  readonly results: readonly Passed[];
  readonly abilities: AbilitySet;
  /** Index of the function's module in the linkage; the highest bit is set where the function has a module lock. */
  readonly moduleWord: number;
}

/** Finds closures by what names them in BCS. */
export interface ClosureSource {
  closureAt(id: number): Closure;
  /**
   * Faults: MoveFault where there is no such function or type, or it has no such parameters.
   */
  closureNamed(
    module: string,
    name: string,
    typeArguments: readonly TypeTag[],
    mask: bigint,
  ): Closure;
}

/**
 * A closure in memory is the address of this: the number of its {@link Closure}, the levels of values in it, what its `moduleWord`
 * says, the captured values.
 * It never changes, so copies share it.
 */
export const CLOSURE = { ID: 0, DEPTH: 4, MODULE: 8, CAPTURED: 16, ALIGN: 8 } as const;

/** Layout of a vector's header; the elements lie at `POINTER`, one `element.size` after another. */
export const VECTOR = { POINTER: 0, LENGTH: 4, CAPACITY: 8, SIZE: 16, ALIGN: 8 } as const;

/** Where an enum keeps the index of its variant, an u32. */
export const ENUM_TAG = 0;

type Shape = readonly [size: number, carrier: ValueType, bits: number];

/** The types without parts. Addresses and signers are 32 bytes, carried as little-endian words. */
export const PRIMITIVE_SHAPES: { readonly [tag in PrimitiveTag]: Shape } = {
  bool: [1, I32, 0],
  u8: [1, I64, 8],
  u16: [2, I64, 16],
  u32: [4, I64, 32],
  u64: [8, I64, 64],
  u128: [16, I256, 128],
  u256: [32, I256, 256],
  address: [32, I256, 0],
  signer: [32, I256, 0],
  i8: [1, I64, 8],
  i16: [2, I64, 16],
  i32: [4, I64, 32],
  i64: [8, I64, 64],
  i128: [16, I256, 128],
  i256: [32, I256, 256],
};

export function isReferenceType(type: MoveType): boolean {
  return type.kind === "reference";
}

/** Whether values travel as addresses of memory: vectors, structs, enums. */
export function isInMemory(type: MoveType): boolean {
  return type.carrier === IN_MEMORY;
}
