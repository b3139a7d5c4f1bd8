import type { ByteWriter } from "@dragoman/bytes";
import { assert } from "@dragoman/fault";
import type { AbilitySet } from "./abilities.ts";
import {
  ATTRIBUTE_CODE,
  ENUM_DECLARED,
  FLAG_ENTRY,
  FLAG_NATIVE,
  type TableRowOf,
  VISIBILITY_CODE,
} from "./decode-tables.ts";
import { type Dialect, type TableName, VERSION_CLOSURES } from "./dialect.ts";
import { encodeAccesses } from "./encode-access.ts";
import { encodeCode } from "./encode-code.ts";
import type {
  FieldDefinition,
  FunctionDefinition,
  FunctionHandle,
  Instantiation,
  ModuleHandle,
  StructDefinition,
  StructHandle,
  VariantDefinition,
  VariantFieldHandle,
} from "./module.ts";
import {
  innerTokens,
  PRIMITIVE_TOKENS,
  type SignatureToken,
  TOKEN_CODE,
} from "./signature-token.ts";

/** What is the same for the whole file. */
export interface Encoder {
  readonly dialect: Dialect;
  readonly version: number;
  /** Sui: structs before the first enum. */
  readonly structCount: number;
}

type EncodeRow<K extends TableName> = (
  out: ByteWriter,
  row: TableRowOf<K>,
  encoder: Encoder,
) => void;

const ENCODE_ROW: { [K in TableName]: EncodeRow<K> } = {
  moduleHandles: encodeModuleHandle,
  structHandles: encodeStructHandle,
  functionHandles: encodeFunctionHandle,
  functionInstantiations: encodeInstantiation,
  signatures: encodeSignature,
  constants: (out, { type, data }) => {
    encodeToken(out, type);
    encodeBlob(out, data);
  },
  identifiers: (out, text) =>
    encodeBlob(
      out,
      Uint8Array.from(text, (c) => c.charCodeAt(0)),
    ),
  addresses: (out, address) => out.bytes(address),
  metadata: (out, { key, value }) => {
    encodeBlob(out, key);
    encodeBlob(out, value);
  },
  structDefinitions: encodeStructDefinition,
  structInstantiations: encodeInstantiation,
  functionDefinitions: encodeFunctionDefinition,
  fieldHandles: (out, { owner, field }) => {
    out.uleb128(owner);
    out.uleb128(field);
  },
  fieldInstantiations: encodeInstantiation,
  friends: encodeModuleHandle,
  variantFieldHandles: encodeVariantFieldHandle,
  variantFieldInstantiations: encodeInstantiation,
  structVariantHandles: (out, { owner, variant }) => {
    out.uleb128(owner);
    out.uleb128(variant);
  },
  structVariantInstantiations: encodeInstantiation,
  enumDefinitions: encodeEnumDefinition,
  enumInstantiations: encodeInstantiation,
  enumVariantHandles: (out, { owner, variant }) => {
    out.uleb128(owner);
    out.uleb128(variant);
  },
  enumVariantInstantiations: (out, { enumInstantiation, variant }) => {
    out.uleb128(enumInstantiation);
    out.uleb128(variant);
  },
};

/** Writes the rows of one table. */
export function encodeTable<K extends TableName>(
  out: ByteWriter,
  name: K,
  rows: readonly TableRowOf<K>[],
  encoder: Encoder,
): void {
  const encodeRow: EncodeRow<K> = ENCODE_ROW[name];
  for (const row of rows) encodeRow(out, row, encoder);
}

function encodeBlob(out: ByteWriter, bytes: Uint8Array): void {
  out.uleb128(bytes.length);
  out.bytes(bytes);
}

function encodeModuleHandle(out: ByteWriter, { address, name }: ModuleHandle): void {
  out.uleb128(address);
  out.uleb128(name);
}

function encodeInstantiation(out: ByteWriter, row: Instantiation): void {
  out.uleb128(row.of);
  out.uleb128(row.typeArguments);
}

/** The constraints of a function's or script's type parameters. */
export function encodeAbilitySets(out: ByteWriter, sets: readonly AbilitySet[]): void {
  out.uleb128(sets.length);
  for (const set of sets) out.uleb128(set);
}

function encodeStructHandle(out: ByteWriter, handle: StructHandle): void {
  out.uleb128(handle.module);
  out.uleb128(handle.name);
  out.uleb128(handle.abilities);
  out.uleb128(handle.typeParameters.length);
  for (const { constraints, phantom } of handle.typeParameters) {
    out.uleb128(constraints);
    out.uleb128(phantom ? 1 : 0);
  }
}

function encodeFunctionHandle(out: ByteWriter, handle: FunctionHandle, encoder: Encoder): void {
  const { dialect, version } = encoder;
  out.uleb128(handle.module);
  out.uleb128(handle.name);
  out.uleb128(handle.parameters);
  out.uleb128(handle.returns);
  encodeAbilitySets(out, handle.typeParameters);
  if (dialect.flavour !== "aptos" || version < 7) return;
  encodeAccesses(out, handle.accesses);
  if (version < VERSION_CLOSURES) return;
  const attributes = handle.attributes ?? [];
  out.uleb128(attributes.length);
  for (const attribute of attributes) out.u8(ATTRIBUTE_CODE[attribute]);
}

function encodeSignature(out: ByteWriter, tokens: readonly SignatureToken[]): void {
  out.uleb128(tokens.length);
  for (const token of tokens) encodeToken(out, token);
}

const PRIMITIVE_CODE = new Map<string, number>(PRIMITIVE_TOKENS.map(([code, tag]) => [tag, code]));

function encodeToken(out: ByteWriter, token: SignatureToken): void {
  switch (token.tag) {
    case "vector":
    case "reference":
    case "mutableReference":
      out.u8(TOKEN_CODE[token.tag]);
      encodeToken(out, token.inner);
      return;
    case "struct":
      out.u8(TOKEN_CODE.struct);
      out.uleb128(token.handle);
      return;
    case "typeParameter":
      out.u8(TOKEN_CODE.typeParameter);
      out.uleb128(token.index);
      return;
    case "structInstantiation":
      out.u8(TOKEN_CODE.structInstantiation);
      out.uleb128(token.handle);
      out.uleb128(token.typeArguments.length);
      for (const argument of token.typeArguments) encodeToken(out, argument);
      return;
    case "function":
      out.u8(TOKEN_CODE.function);
      out.uleb128(token.abilities);
      out.uleb128(token.parameters.length);
      out.uleb128(token.results.length);
      for (const inner of innerTokens(token)) encodeToken(out, inner);
      return;
    default:
      out.u8(PRIMITIVE_CODE.get(token.tag) as number);
  }
}

function encodeFields(out: ByteWriter, fields: readonly FieldDefinition[]): void {
  out.uleb128(fields.length);
  for (const { name, type } of fields) {
    out.uleb128(name);
    encodeToken(out, type);
  }
}

function encodeStructDefinition(out: ByteWriter, { handle, layout }: StructDefinition): void {
  out.uleb128(handle);
  switch (layout.tag) {
    case "native":
      out.u8(1);
      return;
    case "fields":
      out.u8(2);
      encodeFields(out, layout.fields);
      return;
    case "variants":
      out.u8(3);
      encodeVariants(out, layout.variants);
  }
}

function encodeVariants(out: ByteWriter, variants: readonly VariantDefinition[]): void {
  out.uleb128(variants.length);
  for (const { name, fields } of variants) {
    out.uleb128(name);
    encodeFields(out, fields);
  }
}

/** An enum of Sui; a struct cannot stand behind the first enum. */
function encodeEnumDefinition(out: ByteWriter, { handle, layout }: StructDefinition): void {
  assert(layout.tag === "variants", "structs come before enums in the Sui flavour");
  out.uleb128(handle);
  out.u8(ENUM_DECLARED);
  encodeVariants(out, layout.variants);
}

function encodeVariantFieldHandle(out: ByteWriter, handle: VariantFieldHandle): void {
  out.uleb128(handle.owner);
  out.uleb128(handle.field);
  out.uleb128(handle.variants.length);
  for (const variant of handle.variants) out.uleb128(variant);
}

function encodeFunctionDefinition(
  out: ByteWriter,
  definition: FunctionDefinition,
  encoder: Encoder,
): void {
  const { handle, visibility, entry, acquires, code } = definition;
  out.uleb128(handle);
  out.u8(VISIBILITY_CODE[visibility]);
  out.u8((entry ? FLAG_ENTRY : 0) | (code === undefined ? FLAG_NATIVE : 0));
  out.uleb128(acquires.length);
  for (const struct of acquires) out.uleb128(struct);
  if (code !== undefined) encodeCode(out, code, encoder);
}
