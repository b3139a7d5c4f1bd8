import { ByteReader, ByteWriter } from "@dragoman/bytes";

/**
 * A SCALE type: how its values are written and read, and what metadata says of it. Runtime tables, storage, calls, events and metadata are all
 * made of shapes, so they cannot disagree.
 */
export interface Shape<T> {
  readonly definition: Definition;
  write(writer: ByteWriter, value: T): void;
  read(reader: ByteReader): T;
}

/** Any shape. Its methods are bivariant, so every `Shape<T>` is one. */
export type AnyShape = Shape<unknown>;

/** Value of a shape. */
export type Value<S> = S extends Shape<infer T> ? T : never;

/** Named fields, or unnamed ones in order. */
export type Fields = Readonly<Record<string, AnyShape>> | readonly AnyShape[];

/** Values of {@link Fields}. */
export type FieldValues<F extends Fields> = { readonly [K in keyof F]: Value<F[K]> };

export interface VariantDefinition {
  readonly name: string;
  readonly index: number;
  readonly fields: Fields;
  readonly docs: string;
}

/** A type as `scale-info` describes it. */
export type Definition =
  | { readonly kind: "primitive"; readonly name: PrimitiveName }
  | { readonly kind: "compact" | "sequence"; readonly of: AnyShape }
  | { readonly kind: "array"; readonly length: number; readonly of: AnyShape }
  | { readonly kind: "tuple"; readonly of: readonly AnyShape[] }
  | {
      readonly kind: "composite";
      readonly path: string;
      readonly fields: Fields;
      readonly parameters?: Readonly<Record<string, AnyShape>>;
    }
  | {
      readonly kind: "variant";
      readonly path: string;
      readonly variants: readonly VariantDefinition[];
      readonly parameters?: Readonly<Record<string, AnyShape>>;
    };

/** Primitives in the order of `scale_info::TypeDefPrimitive`. */
export const PRIMITIVES = [
  "bool",
  "char",
  "str",
  "u8",
  "u16",
  "u32",
  "u64",
  "u128",
  "u256",
] as const;
export type PrimitiveName = (typeof PRIMITIVES)[number];

export function encode<T>(shape: Shape<T>, value: T): Uint8Array {
  const writer = new ByteWriter();
  shape.write(writer, value);
  return writer.finish();
}

/** Reads bytes that hold one value and nothing else. Throws a FaultError if they do not. */
export function decode<T>(shape: Shape<T>, bytes: Uint8Array): T {
  const reader = new ByteReader(bytes);
  const value = shape.read(reader);
  reader.finish();
  return value;
}

export function writeFields<F extends Fields>(
  writer: ByteWriter,
  fields: F,
  values: FieldValues<F>,
): void {
  for (const [name, shape] of Object.entries<AnyShape>(fields as Record<string, AnyShape>)) {
    shape.write(writer, (values as Record<string, unknown>)[name]);
  }
}

export function readFields<F extends Fields>(reader: ByteReader, fields: F): FieldValues<F> {
  const entries = Object.entries<AnyShape>(fields as Record<string, AnyShape>);
  const values = entries.map(([name, shape]) => [name, shape.read(reader)] as const);
  const isList = Array.isArray(fields);
  return (isList ? values.map(([, value]) => value) : Object.fromEntries(values)) as FieldValues<F>;
}
