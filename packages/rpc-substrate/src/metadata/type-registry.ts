import { encodeHex } from "@dragoman/bytes";
import { assert } from "@dragoman/fault";
import {
  type AnyShape,
  compact,
  type Definition,
  encode,
  enumeration,
  type Fields,
  option,
  PRIMITIVES,
  row,
  sequence,
  struct,
  TEXT,
  U8,
  U32,
  type Value,
} from "@dragoman/ledger-substrate";

/** Number of a type in the registry. */
const TYPE_ID = compact(U32);
const TEXTS = sequence(TEXT);

/** `scale_info::Field`. */
const FIELD = struct("", {
  name: option(TEXT),
  type: TYPE_ID,
  typeName: option(TEXT),
  docs: TEXTS,
});

const VARIANT = struct("", { name: TEXT, fields: sequence(FIELD), index: U8, docs: TEXTS });

const PRIMITIVE = enumeration(
  "",
  Object.fromEntries(PRIMITIVES.map((name, index) => [name, row(index, [])])),
);

/** `scale_info::TypeDef`. */
const TYPE_DEFINITION = enumeration("", {
  Composite: row(0, [sequence(FIELD)]),
  Variant: row(1, [sequence(VARIANT)]),
  Sequence: row(2, [TYPE_ID]),
  Array: row(3, [U32, TYPE_ID]),
  Tuple: row(4, [sequence(TYPE_ID)]),
  Primitive: row(5, [PRIMITIVE]),
  Compact: row(6, [TYPE_ID]),
});

const PARAMETER = struct("", { name: TEXT, type: option(TYPE_ID) });

const TYPE = struct("", {
  path: TEXTS,
  parameters: sequence(PARAMETER),
  definition: TYPE_DEFINITION,
  docs: TEXTS,
});

/** `PortableRegistry`: types and their numbers. */
export const PORTABLE_TYPES = sequence(struct("", { id: TYPE_ID, type: TYPE }));

/** Numbers the types of shapes; equal types have one number. */
export class TypeRegistry {
  readonly #byShape = new Map<AnyShape, number>();
  readonly #byForm = new Map<string, number>();
  readonly #types: Value<typeof TYPE>[] = [];

  get types(): Value<typeof PORTABLE_TYPES> {
    return this.#types.map((type, id) => ({ id, type }));
  }

  /** Number of a shape's type; types that it is made of come first. */
  idOf(shape: AnyShape): number {
    const known = this.#byShape.get(shape);
    if (known !== undefined) return known;
    const type = this.#describe(shape.definition);
    const form = encodeHex(encode(TYPE, type));
    let id = this.#byForm.get(form);
    if (id === undefined) {
      id = this.#types.push(type) - 1;
      this.#byForm.set(form, id);
    }
    this.#byShape.set(shape, id);
    return id;
  }

  #describe(definition: Definition): Value<typeof TYPE> {
    const hasPath = definition.kind === "composite" || definition.kind === "variant";
    const path = hasPath && definition.path !== "" ? definition.path.split("::") : [];
    const parameters = Object.entries((hasPath && definition.parameters) || {});
    return {
      path,
      parameters: parameters.map(([name, of]) => ({ name, type: this.idOf(of) })),
      definition: this.#define(definition),
      docs: [],
    };
  }

  #define(definition: Definition): Value<typeof TYPE_DEFINITION> {
    switch (definition.kind) {
      case "primitive": {
        assert(PRIMITIVES.includes(definition.name), "primitives are listed");
        return { type: "Primitive", value: [{ type: definition.name, value: [] }] };
      }
      case "compact":
        return { type: "Compact", value: [this.idOf(definition.of)] };
      case "sequence":
        return { type: "Sequence", value: [this.idOf(definition.of)] };
      case "array":
        return { type: "Array", value: [definition.length, this.idOf(definition.of)] };
      case "tuple":
        return { type: "Tuple", value: [definition.of.map((of) => this.idOf(of))] };
      case "composite":
        return { type: "Composite", value: [this.#fields(definition.fields)] };
      case "variant": {
        const variants = definition.variants.map(({ name, index, fields, docs }) => ({
          name,
          fields: this.#fields(fields),
          index,
          docs: docs === "" ? [] : [docs],
        }));
        return { type: "Variant", value: [variants] };
      }
    }
  }

  #fields(fields: Fields): Value<typeof FIELD>[] {
    const isList = Array.isArray(fields);
    return Object.entries<AnyShape>(fields as Record<string, AnyShape>).map(([name, shape]) => ({
      name: isList ? undefined : name,
      type: this.idOf(shape),
      typeName: undefined,
      docs: [],
    }));
  }
}
