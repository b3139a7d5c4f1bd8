import { ByteWriter } from "@dragoman/bytes";
import {
  ABILITY,
  type Ability,
  type AbilitySet,
  abilityNames,
  MoveFault,
  PRIMITIVE_TOKENS,
  type PrimitiveTag,
} from "../format/index.ts";
import { formatAddress, parseAddress } from "../load/module-name.ts";
import type { FunctionShape, MoveType, Passed } from "./move-type.ts";

/** A type as users write it: names that no module has confirmed yet. */
export type TypeTag =
  | { readonly tag: PrimitiveTag }
  | { readonly tag: "vector"; readonly inner: TypeTag }
  | {
      readonly tag: "function";
      readonly parameters: readonly PassedTag[];
      readonly results: readonly PassedTag[];
      readonly abilities: AbilitySet;
    }
  | {
      readonly tag: "struct";
      readonly address: Uint8Array;
      readonly module: string;
      readonly name: string;
      readonly typeArguments: readonly TypeTag[];
    };

/** A parameter or result of a function type. */
export interface PassedTag {
  readonly mode: Passed["mode"];
  readonly tag: TypeTag;
}

const PRIMITIVES = new Set<string>(PRIMITIVE_TOKENS.map(([, tag]) => tag));
/** Nesting of type arguments that a text may have. */
const TAG_DEPTH_MAX = 32;

/**
 * `vector<0x1::option::Option<u64>>` and the like.
 *
 * Faults: MoveFault TYPE_RESOLUTION_FAILURE where the text is no type.
 */
export function parseTypeTag(text: string): TypeTag {
  const words = text.match(/[A-Za-z_$][\w$]*|0x[0-9A-Fa-f]+|::|[<>,|()&+]|\S/g) ?? [];
  let at = 0;
  const malformed = (): never => {
    const sentence = `${JSON.stringify(text)} is no type`;
    throw new MoveFault("TYPE_RESOLUTION_FAILURE", {}, sentence);
  };
  const expect = (word: string): void => {
    if (words[at++] !== word) malformed();
  };
  const list = (depth: number): TypeTag[] => {
    expect("<");
    const tags = [tag(depth + 1)];
    for (; words[at] === ","; tags.push(tag(depth + 1))) at++;
    expect(">");
    return tags;
  };
  const identifier = (): string => {
    const word = words[at++];
    return word !== undefined && /^[A-Za-z_$]/.test(word) ? word : malformed();
  };
  const passed = (depth: number): PassedTag => {
    if (words[at] !== "&") return { mode: "value", tag: tag(depth) };
    at++;
    const mode = words[at] === "mut" ? "mutableReference" : "reference";
    if (mode === "mutableReference") at++;
    return { mode, tag: tag(depth) };
  };
  const passedUntil = (last: string, depth: number): PassedTag[] => {
    const tags: PassedTag[] = [];
    for (; words[at] !== last; ) {
      if (tags.length > 0) expect(",");
      tags.push(passed(depth + 1));
    }
    at++;
    return tags;
  };
  const abilities = (): AbilitySet => {
    let set = 0;
    if (words[at] !== "has") return set;
    do {
      at++;
      const word = words[at++] ?? "";
      set |= Object.hasOwn(ABILITY, word) ? ABILITY[word as Ability] : malformed();
    } while (words[at] === "+");
    return set;
  };
  const tag = (depth: number): TypeTag => {
    if (depth > TAG_DEPTH_MAX) malformed();
    const word = words[at++] ?? "";
    if (word === "|") {
      const parameters = passedUntil("|", depth);
      expect("(");
      const results = passedUntil(")", depth);
      return { tag: "function", parameters, results, abilities: abilities() };
    }
    if (PRIMITIVES.has(word)) return { tag: word as PrimitiveTag };
    if (word === "vector") {
      const [inner, ...more] = list(depth);
      return more.length === 0 ? { tag: "vector", inner } : malformed();
    }
    if (!word.startsWith("0x")) malformed();
    expect("::");
    const module = identifier();
    expect("::");
    const name = identifier();
    const typeArguments = words[at] === "<" ? list(depth) : [];
    return { tag: "struct", address: parseAddress(word), module, name, typeArguments };
  };
  const parsed = tag(0);
  return at === words.length ? parsed : malformed();
}

/** `0x1::option::Option<u64>`; `address` says how an address is written. */
export function formatType(type: MoveType, address = formatAddress): string {
  const { name, element } = type;
  if (name !== undefined) {
    const { module, typeArguments } = name;
    const inner = typeArguments.map((argument) => formatType(argument, address)).join(", ");
    const suffix = inner === "" ? "" : `<${inner}>`;
    return `${address(name.address)}::${module}::${name.name}${suffix}`;
  }
  if (type.shape !== undefined) return formatFunction(type, type.shape, address);
  if (element === undefined) return type.kind;
  return type.kind === "vector"
    ? `vector<${formatType(element, address)}>`
    : `&${formatType(element, address)}`;
}

/** `|u64, &mut bool|(u8) has copy + drop`. */
function formatFunction(
  { abilities }: MoveType,
  { parameters, results }: FunctionShape,
  address: (bytes: Uint8Array) => string,
): string {
  const list = (types: readonly Passed[]) =>
    types.map(({ type, mode }) => {
      if (mode === "value") return formatType(type, address);
      const inner = formatType(type.element as MoveType, address);
      return mode === "reference" ? `&${inner}` : `&mut ${inner}`;
    });
  const names = abilityNames(abilities).join(" + ");
  const suffix = names === "" ? "" : ` has ${names}`;
  return `|${list(parameters).join(", ")}|(${list(results).join(", ")})${suffix}`;
}

/** Variant numbers of the BCS form of a TypeTag (move-core-types `language_storage`). */
const TAG_CODES: { readonly [tag in PrimitiveTag]: number } = {
  bool: 0,
  u8: 1,
  u64: 2,
  u128: 3,
  address: 4,
  signer: 5,
  u16: 8,
  u32: 9,
  u256: 10,
  i8: 12,
  i16: 13,
  i32: 14,
  i64: 15,
  i128: 16,
  i256: 17,
};
/** Variant numbers of the other TypeTags. */
export const TAG_VECTOR = 6;
export const TAG_STRUCT = 7;
export const TAG_FUNCTION = 11;
/** Variant numbers of the BCS form of a parameter or result of a function type. */
export const PASSED_CODES = { reference: 0, mutableReference: 1, value: 2 } as const;

/** The primitive type of a TypeTag's variant number; undefined where it is none of them. */
export function primitiveOfCode(code: number): PrimitiveTag | undefined {
  return (Object.keys(TAG_CODES) as PrimitiveTag[]).find((tag) => TAG_CODES[tag] === code);
}

/** BCS of the StructTag of a struct or enum: what keys a resource. */
export function structTagBytes(type: MoveType): Uint8Array {
  const writer = new ByteWriter(96);
  writeStructTag(writer, type);
  return writer.finish();
}

function writeStructTag(writer: ByteWriter, type: MoveType): void {
  const { address, module, name, typeArguments } = type.name!;
  writer.bytes(address);
  writeText(writer, module);
  writeText(writer, name);
  writer.uleb128(typeArguments.length);
  for (const argument of typeArguments) writeTypeTag(writer, argument);
}

/** Writes the BCS of the TypeTag of a type. */
export function writeTypeTag(writer: ByteWriter, type: MoveType): void {
  if (type.name !== undefined) {
    writer.u8(TAG_STRUCT);
    writeStructTag(writer, type);
  } else if (type.kind === "vector") {
    writer.u8(TAG_VECTOR);
    writeTypeTag(writer, type.element!);
  } else if (type.shape !== undefined) {
    writer.u8(TAG_FUNCTION);
    writePassed(writer, type.shape.parameters);
    writePassed(writer, type.shape.results);
    writer.u8(type.abilities);
  } else {
    writer.u8(TAG_CODES[type.kind as PrimitiveTag]);
  }
}

function writePassed(writer: ByteWriter, types: readonly Passed[]): void {
  writer.uleb128(types.length);
  for (const { type, mode } of types) {
    writer.u8(PASSED_CODES[mode]);
    writeTypeTag(writer, mode === "value" ? type : (type.element as MoveType));
  }
}

/** Identifiers are ASCII: the binary format allows nothing else. */
export function writeText(writer: ByteWriter, text: string): void {
  writer.uleb128(text.length);
  writer.bytes(Uint8Array.from(text, (char) => char.charCodeAt(0)));
}
