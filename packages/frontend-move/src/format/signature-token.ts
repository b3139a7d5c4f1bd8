import type { AbilitySet } from "./abilities.ts";

/**
 * A type as a signature writes it: a tree whose leaves are primitive types, type parameters and
 * structs. Struct types point into the struct handles of the module that holds the token.
 */
export type SignatureToken =
  | { readonly tag: PrimitiveTag }
  | { readonly tag: "vector"; readonly inner: SignatureToken }
  | { readonly tag: "reference"; readonly inner: SignatureToken }
  | { readonly tag: "mutableReference"; readonly inner: SignatureToken }
  | { readonly tag: "struct"; readonly handle: number }
  | {
      readonly tag: "structInstantiation";
      readonly handle: number;
      /** Never empty: a struct without type arguments is a `struct` token. */
      readonly typeArguments: readonly SignatureToken[];
    }
  | { readonly tag: "typeParameter"; readonly index: number }
  | FunctionToken;

/** The type of closures (Aptos v8). Parameters and results may be references. */
export interface FunctionToken {
  readonly tag: "function";
  readonly parameters: readonly SignatureToken[];
  readonly results: readonly SignatureToken[];
  readonly abilities: AbilitySet;
}

export type TokenTag = SignatureToken["tag"];

/** The leaves without operands: code of the binary format, name, first version that has it. */
export const PRIMITIVE_TOKENS = [
  [0x01, "bool", 1],
  [0x02, "u8", 1],
  [0x03, "u64", 1],
  [0x04, "u128", 1],
  [0x05, "address", 1],
  [0x0c, "signer", 1],
  [0x0d, "u16", 6],
  [0x0e, "u32", 6],
  [0x0f, "u256", 6],
  [0x11, "i8", 9],
  [0x12, "i16", 9],
  [0x13, "i32", 9],
  [0x14, "i64", 9],
  [0x15, "i128", 9],
  [0x16, "i256", 9],
] as const satisfies readonly (readonly [code: number, tag: string, since: number])[];

export type PrimitiveTag = (typeof PRIMITIVE_TOKENS)[number][1];

/** The codes of the tokens that have operands. */
export const TOKEN_CODE = {
  reference: 0x06,
  mutableReference: 0x07,
  struct: 0x08,
  typeParameter: 0x09,
  vector: 0x0a,
  structInstantiation: 0x0b,
  function: 0x10,
} as const;

/** One object per primitive type: `BASIC.u8` and so on. */
export const BASIC: { readonly [tag in PrimitiveTag]: { readonly tag: tag } } = {
  bool: { tag: "bool" },
  u8: { tag: "u8" },
  u16: { tag: "u16" },
  u32: { tag: "u32" },
  u64: { tag: "u64" },
  u128: { tag: "u128" },
  u256: { tag: "u256" },
  address: { tag: "address" },
  signer: { tag: "signer" },
  i8: { tag: "i8" },
  i16: { tag: "i16" },
  i32: { tag: "i32" },
  i64: { tag: "i64" },
  i128: { tag: "i128" },
  i256: { tag: "i256" },
};

/** Width in bits of an integer type, signed or not; 0 of any other. */
export function integerBits(tag: TokenTag): number {
  return /^[ui]\d/.test(tag) ? Number(tag.slice(1)) : 0;
}

/** Whether the type is one of i8 to i256. */
export function isSigned(tag: TokenTag): boolean {
  return /^i\d/.test(tag);
}

/** The types directly inside a type, in the order of the binary format. */
export function innerTokens(token: SignatureToken): readonly SignatureToken[] {
  switch (token.tag) {
    case "vector":
    case "reference":
    case "mutableReference":
      return [token.inner];
    case "structInstantiation":
      return token.typeArguments;
    case "function":
      return [...token.parameters, ...token.results];
    default:
      return [];
  }
}

/** Whether a type parameter is inside. */
export function mentionsTypeParameter(token: SignatureToken): boolean {
  return token.tag === "typeParameter" || innerTokens(token).some(mentionsTypeParameter);
}

/** Whether the token is `&T` or `&mut T`. */
export function isReference(
  token: SignatureToken,
): token is Extract<SignatureToken, { tag: "reference" | "mutableReference" }> {
  return token.tag === "reference" || token.tag === "mutableReference";
}

/** Whether two tokens of the same module are the same type. Bounded by the smaller tree. */
export function sameToken(x: SignatureToken, y: SignatureToken): boolean {
  if (x === y) return true;
  switch (x.tag) {
    case "vector":
    case "reference":
    case "mutableReference":
      return y.tag === x.tag && sameToken(x.inner, y.inner);
    case "struct":
      return y.tag === "struct" && x.handle === y.handle;
    case "typeParameter":
      return y.tag === "typeParameter" && x.index === y.index;
    case "structInstantiation":
      return (
        y.tag === "structInstantiation" &&
        x.handle === y.handle &&
        x.typeArguments.length === y.typeArguments.length &&
        x.typeArguments.every((argument, i) => sameToken(argument, y.typeArguments[i]))
      );
    case "function":
      return (
        y.tag === "function" &&
        x.abilities === y.abilities &&
        x.parameters.length === y.parameters.length &&
        x.results.length === y.results.length &&
        x.parameters.every((parameter, i) => sameToken(parameter, y.parameters[i])) &&
        x.results.every((result, i) => sameToken(result, y.results[i]))
      );
    default:
      return y.tag === x.tag;
  }
}
