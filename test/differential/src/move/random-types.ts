import type { Random } from "@dragoman/core/testing";
import type { Dialect } from "./dialect.ts";

/** A type of a random program, and how the text writes it. */
export type RandomType =
  | { readonly kind: "bool" | "address" }
  | { readonly kind: "integer" | "signed"; readonly bits: number }
  | { readonly kind: "vector"; readonly element: RandomType }
  | { readonly kind: "struct"; readonly name: string; readonly fields: readonly RandomType[] }
  | { readonly kind: "box"; readonly inner: RandomType }
  | { readonly kind: "enum"; readonly name: string; readonly variants: readonly RandomType[][] }
  | RandomFunctionType;

/** Closures that take `&signer`, values, mutable references, in this order. */
export interface RandomFunctionType extends Shape {
  readonly kind: "function";
  /** Types that its first function may use: those that contain no closure of this type. */
  readonly usable: readonly RandomType[];
}

/** What a function takes after the signer, and what it gives. */
export interface Shape {
  readonly parameters: readonly RandomType[];
  /** Parameters behind the values: `&mut T`. */
  readonly borrowed: readonly RandomType[];
  readonly results: readonly RandomType[];
}

export const BITS = [8, 16, 32, 64, 128, 256] as const;
export const BOOL: RandomType = { kind: "bool" };
export const U64: RandomType = { kind: "integer", bits: 64 };
export const U8: RandomType = { kind: "integer", bits: 8 };

/** The type as it stands in a signature. */
export function typeText(type: RandomType): string {
  switch (type.kind) {
    case "integer":
      return `u${type.bits}`;
    case "signed":
      return `i${type.bits}`;
    case "function": {
      const values = ["&signer", ...type.parameters.map(parameterText)];
      const taken = [...values, ...type.borrowed.map((inner) => `&mut ${typeText(inner)}`)];
      const given = type.results.map(typeText).join(", ");
      return `|${taken.join(", ")}|(${given}) has copy + drop + store`;
    }
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

/** Parentheses keep the bars of a closure's parameter apart from those around it. */
function parameterText(type: RandomType): string {
  return type.kind === "function" ? `(${typeText(type)})` : typeText(type);
}

export const sameType = (a: RandomType, b: RandomType): boolean => typeText(a) === typeText(b);

/** True if a value of the type may have a closure in it. */
export function holdsClosure(type: RandomType): boolean {
  switch (type.kind) {
    case "function":
      return true;
    case "vector":
      return holdsClosure(type.element);
    case "box":
      return holdsClosure(type.inner);
    case "struct":
      return type.fields.some(holdsClosure);
    case "enum":
      return type.variants.some((fields) => fields.some(holdsClosure));
    default:
      return false;
  }
}

/** The declared types of a module, and everything built from them that its functions use. */
export interface RandomTypes {
  readonly dialect: Dialect;
  readonly declarations: string;
  readonly functions: readonly RandomFunctionType[];
  /** What locals, parameters and results are made of. */
  readonly all: readonly RandomType[];
  /** Fields of the resource `R`. */
  readonly resource: readonly RandomType[];
}

const ABILITIES = "has copy, drop, store";

/** Draws types, each made of scalars, vectors and those drawn before it. */
class TypeDraw {
  readonly #random: Random;
  readonly #dialect: Dialect;
  readonly known: RandomType[] = [];
  readonly functions: RandomFunctionType[] = [];
  readonly lines = [`struct Box<T> ${ABILITIES} { f0: T, f1: u8 }`];

  constructor(random: Random, dialect: Dialect) {
    this.#random = random;
    this.#dialect = dialect;
  }

  #scalar(): RandomType {
    const random = this.#random;
    if (random.oneIn(5)) return BOOL;
    if (random.oneIn(8)) return { kind: "address" };
    const kind = this.#dialect.signed && random.oneIn(3) ? "signed" : "integer";
    return { kind, bits: random.pick(BITS) };
  }

  composite(depth: number): RandomType {
    const random = this.#random;
    if (depth > 0 && random.oneIn(3)) {
      return { kind: "vector", element: this.composite(depth - 1) };
    }
    if (depth > 0 && random.oneIn(6)) return { kind: "box", inner: this.composite(depth - 1) };
    return this.known.length > 0 && random.oneIn(2) ? random.pick(this.known) : this.#scalar();
  }

  several(least: number, most: number): RandomType[] {
    return Array.from({ length: this.#random.between(least, most) }, () => this.composite(2));
  }

  struct(name: string): void {
    const fields = this.several(1, 4);
    this.lines.push(`struct ${name} ${ABILITIES} { ${fieldList(fields)} }`);
    this.known.push({ kind: "struct", name, fields });
  }

  enum(name: string): void {
    const count = this.#random.between(1, 3);
    const variants = Array.from({ length: count }, () => this.several(1, 2));
    const texts = variants.map((fields, at) => `V${at} { ${fieldList(fields)} }`);
    this.lines.push(`enum ${name} ${ABILITIES} { ${texts.join(", ")} }`);
    this.known.push({ kind: "enum", name, variants });
  }

  function(): void {
    const usable = [U64, U8, BOOL, ...this.known, ...this.several(2, 4)];
    const parameters = this.several(0, 2);
    const borrowed = this.several(0, 1);
    const results = this.several(1, 2);
    const type = { kind: "function" as const, parameters, borrowed, results, usable };
    this.functions.push(type);
    this.known.push(type);
  }
}

function fieldList(fields: readonly RandomType[]): string {
  return fields.map((type, index) => `f${index}: ${typeText(type)}`).join(", ");
}

/** A few structs and enums, and types of closures where the dialect has them. */
export function randomTypes(random: Random, dialect: Dialect): RandomTypes {
  const draw = new TypeDraw(random, dialect);
  if (dialect.closures) draw.function();
  for (let index = random.below(3); index >= 0; index--) draw.struct(`S${index}`);
  const enums = dialect.switches ? random.between(1, 3) : random.below(3);
  for (let index = 0; index < enums; index++) draw.enum(`E${index}`);
  if (dialect.closures && random.oneIn(2)) draw.function();
  const resource = draw.several(1, 3);
  if (dialect.globals) draw.lines.push(`struct R has key, drop { ${fieldList(resource)} }`);
  const signed: RandomType[] = dialect.signed ? [{ kind: "signed", bits: random.pick(BITS) }] : [];
  const numbers: RandomType = { kind: "vector", element: U64 };
  const all = [U64, U8, BOOL, numbers, ...signed, ...draw.known, ...draw.several(6, 6)];
  const { functions } = draw;
  return { dialect, declarations: draw.lines.join("\n"), functions, all, resource };
}
