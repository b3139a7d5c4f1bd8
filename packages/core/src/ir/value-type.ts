/** The three value types of the IR. There is no float, on purpose. */
export const I32 = 0;
export const I64 = 1;
/** A 256-bit word: four little-endian 64-bit limbs. */
export const I256 = 2;

export type ValueType = typeof I32 | typeof I64 | typeof I256;

/** Names as they stand in the text form, indexed by {@link ValueType}. */
export const VALUE_TYPE_NAMES = ["i32", "i64", "i256"] as const;

/** The letter of each type in the signatures of the operation table. */
const LETTERS = "ilw";

/** `"iw"` -> `[I32, I256]`. */
export function signatureTypes(signature: string): readonly ValueType[] {
  return [...signature].map((letter) => LETTERS.indexOf(letter) as ValueType);
}
