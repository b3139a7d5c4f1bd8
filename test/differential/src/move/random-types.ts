import type { Random } from "@dragoman/core/testing";

/** A type of a random program, and how the text writes it. */
export type RandomType =
  | { readonly kind: "bool" | "address" }
  | { readonly kind: "integer"; readonly bits: number }
  | { readonly kind: "vector"; readonly element: RandomType }
  | { readonly kind: "struct"; readonly name: string; readonly fields: readonly RandomType[] }
  | { readonly kind: "box"; readonly inner: RandomType }
  | { readonly kind: "enum"; readonly name: string; readonly variants: readonly RandomType[][] };

export const BITS = [8, 16, 32, 64, 128, 256] as const;
export const BOOL: RandomType = { kind: "bool" };
export const U64: RandomType = { kind: "integer", bits: 64 };
export const U8: RandomType = { kind: "integer", bits: 8 };

/** The type as it stands in a signature. */
export function typeText(type: RandomType): string {
  switch (type.kind) {
    case "integer":
      return `u${type.bits}`;
    case "vector":
      return `vector<${typeText(type.element)}>`;
    case "box":
      return `Self.Box<${typeText(type.inner)}>`;
    case "struct":
    case "enum":
      return `Self.${type.name}`;
    default:
      return type.kind;
  }
}

export const sameType = (a: RandomType, b: RandomType): boolean => typeText(a) === typeText(b);

/** The declared types of a module, and everything built from them that its functions use. */
export interface RandomTypes {
  readonly declarations: string;
  readonly structs: readonly Extract<RandomType, { kind: "struct" }>[];
  readonly enums: readonly Extract<RandomType, { kind: "enum" }>[];
  /** What locals, parameters and results are made of. */
  readonly all: readonly RandomType[];
  /** Fields of the resource `R`. */
  readonly resource: readonly RandomType[];
}

function scalar(random: Random): RandomType {
  if (random.oneIn(5)) return BOOL;
  if (random.oneIn(8)) return { kind: "address" };
  return { kind: "integer", bits: random.pick(BITS) };
}

function composite(random: Random, known: readonly RandomType[], depth: number): RandomType {
  if (depth > 0 && random.oneIn(3)) {
    return { kind: "vector", element: composite(random, known, depth - 1) };
  }
  if (depth > 0 && random.oneIn(6)) {
    return { kind: "box", inner: composite(random, known, depth - 1) };
  }
  return known.length > 0 && random.oneIn(2) ? random.pick(known) : scalar(random);
}

function fieldList(fields: readonly RandomType[]): string {
  return fields.map((type, index) => `f${index}: ${typeText(type)}`).join(", ");
}

/** A few structs and enums, each made of scalars, vectors and those before it. */
export function randomTypes(random: Random): RandomTypes {
  const known: RandomType[] = [];
  const structs: Extract<RandomType, { kind: "struct" }>[] = [];
  const enums: Extract<RandomType, { kind: "enum" }>[] = [];
  const lines = ["struct Box<T> has copy, drop, store { f0: T, f1: u8 }"];
  const abilities = "has copy, drop, store";
  const several = (most: number) =>
    Array.from({ length: random.between(1, most) }, () => composite(random, known, 2));
  for (let index = 0; index < random.between(1, 3); index++) {
    const fields = several(4);
    const type = { kind: "struct" as const, name: `S${index}`, fields };
    lines.push(`struct S${index} ${abilities} { ${fieldList(fields)} }`);
    structs.push(type);
    known.push(type);
  }
  for (let index = 0; index < random.below(3); index++) {
    const variants = Array.from({ length: random.between(1, 3) }, () => several(2));
    const type = { kind: "enum" as const, name: `E${index}`, variants };
    const texts = variants.map((fields, at) => `V${at} { ${fieldList(fields)} }`);
    lines.push(`enum E${index} ${abilities} { ${texts.join(", ")} }`);
    enums.push(type);
    known.push(type);
  }
  const resource = several(3);
  lines.push(`struct R has key, drop { ${fieldList(resource)} }`);
  const all = [
    U64,
    U8,
    BOOL,
    { kind: "vector" as const, element: U64 },
    ...known,
    ...Array.from({ length: 6 }, () => composite(random, known, 2)),
  ];
  return { declarations: lines.join("\n"), structs, enums, all, resource };
}
