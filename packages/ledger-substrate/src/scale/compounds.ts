import { assert, refuse } from "@dragoman/fault";
import {
  type AnyShape,
  type Fields,
  type FieldValues,
  readFields,
  type Shape,
  type VariantDefinition,
  writeFields,
} from "./shape.ts";

type Parameters = Readonly<Record<string, AnyShape>>;

/** A struct. `path`: its Rust path, by which clients know special types. */
export function struct<const F extends Fields>(
  path: string,
  fields: F,
  parameters: Parameters = {},
): Shape<FieldValues<F>> {
  return {
    definition: { kind: "composite", path, fields, parameters },
    write: (writer, value) => writeFields(writer, fields, value),
    read: (reader) => readFields(reader, fields),
  };
}

/** A struct of one unnamed field whose value is that of the field. */
export function newtype<T>(path: string, of: Shape<T>): Shape<T> {
  return {
    definition: { kind: "composite", path, fields: [of] },
    write: (writer, value) => of.write(writer, value),
    read: (reader) => of.read(reader),
  };
}

/** One variant of an enumeration. */
export interface Row<F extends Fields = Fields> {
  readonly index: number;
  readonly fields: F;
  readonly docs: string;
}

/** A variant: its number on the wire, its fields, what it is. */
export const row = <const F extends Fields>(index: number, fields: F, docs = ""): Row<F> => ({
  index,
  fields,
  docs,
});

export type Rows = Readonly<Record<string, Row>>;

/** Value of an enumeration: the name of a variant and its fields. */
export type VariantValue<R extends Rows> = {
  readonly [K in keyof R & string]: {
    readonly type: K;
    readonly value: FieldValues<R[K]["fields"]>;
  };
}[keyof R & string];

/** A Rust enum. Unknown numbers are refused with MALFORMED_SCALE. */
export function enumeration<const R extends Rows>(
  path: string,
  rows: R,
  parameters: Parameters = {},
): Shape<VariantValue<R>> {
  const variants: VariantDefinition[] = Object.entries(rows).map(([name, item]) => ({
    name,
    ...item,
  }));
  const byName = new Map(variants.map((variant) => [variant.name, variant]));
  const byIndex = new Map(variants.map((variant) => [variant.index, variant]));
  assert(byIndex.size === variants.length, `variants of ${path} have numbers of their own`);
  return {
    definition: { kind: "variant", path, variants, parameters },
    write(writer, { type, value }) {
      const variant = byName.get(type);
      assert(variant !== undefined, `${path} has the variant ${type}`);
      writer.u8(variant.index);
      writeFields(writer, variant.fields, value as FieldValues<Fields>);
    },
    read(reader) {
      const { at } = reader;
      const index = reader.u8();
      const variant = byIndex.get(index);
      if (variant === undefined) {
        return refuse("MALFORMED_SCALE", at, `${path} has no variant ${index}`);
      }
      const value = readFields(reader, variant.fields);
      return { type: variant.name, value } as VariantValue<R>;
    },
  };
}

/** `Option<T>`. */
export function option<T>(of: Shape<T>): Shape<T | undefined> {
  const variants = [
    { name: "None", index: 0, fields: [], docs: "" },
    { name: "Some", index: 1, fields: [of], docs: "" },
  ];
  return {
    definition: { kind: "variant", path: "Option", variants, parameters: { T: of } },
    write(writer, value) {
      writer.u8(value === undefined ? 0 : 1);
      if (value !== undefined) of.write(writer, value);
    },
    read(reader) {
      const { at } = reader;
      const byte = reader.u8();
      if (byte > 1) refuse("MALFORMED_SCALE", at, `Option has no variant ${byte}`);
      return byte === 0 ? undefined : of.read(reader);
    },
  };
}

/** `Result<T, E>`. */
export const result = <T, E>(
  ok: Shape<T>,
  err: Shape<E>,
): Shape<
  | { readonly type: "Ok"; readonly value: readonly [T] }
  | { readonly type: "Err"; readonly value: readonly [E] }
> => enumeration("Result", { Ok: row(0, [ok]), Err: row(1, [err]) }, { T: ok, E: err });

/** The value `Ok(value)` of a `Result`. */
export const ok = <T>(value: T): { readonly type: "Ok"; readonly value: readonly [T] } => ({
  type: "Ok",
  value: [value],
});

/** The value `Err(error)` of a `Result`. */
export const err = <E>(error: E): { readonly type: "Err"; readonly value: readonly [E] } => ({
  type: "Err",
  value: [error],
});
