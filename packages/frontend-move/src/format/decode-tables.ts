import type { AbilitySet } from "./abilities.ts";
import { ABILITIES_ALL } from "./abilities.ts";
import { decodeAccesses } from "./decode-access.ts";
import { decodeCode } from "./decode-code.ts";
import { decodeToken } from "./decode-token.ts";
import { type Dialect, type TableName, VERSION_CLOSURES, VERSION_SIGNED } from "./dialect.ts";
import { isIdentifier } from "./identifier.ts";
import { LIMIT } from "./limits.ts";
import type {
  CompiledModule,
  FieldDefinition,
  FunctionAttribute,
  FunctionDefinition,
  FunctionHandle,
  Instantiation,
  ModuleHandle,
  StructDefinition,
  StructHandle,
  StructLayout,
  StructTypeParameter,
  StructVariantHandle,
  VariantDefinition,
  VariantFieldHandle,
  Visibility,
} from "./module.ts";
import type { ModuleReader } from "./module-reader.ts";
import type { SignatureToken } from "./signature-token.ts";

/** What is the same for the whole file, and its count of type nodes so far. */
export interface Decoder {
  readonly dialect: Dialect;
  readonly version: number;
  typeNodes: number;
}

/** A row of the table: `TableRowOf<"constants">` is `Constant`. */
export type TableRowOf<K extends TableName> = K extends keyof SuiRows
  ? SuiRows[K]
  : K extends keyof CompiledModule
    ? CompiledModule[K] extends readonly (infer Row)[]
      ? Row
      : never
    : never;

/** The tables that Sui has for enums, with indices among the enums alone. */
interface SuiRows {
  readonly enumDefinitions: StructDefinition;
  readonly enumInstantiations: Instantiation;
  readonly enumVariantHandles: StructVariantHandle;
  readonly enumVariantInstantiations: EnumVariantInstantiation;
}

/** A variant of an enum instantiation, as Sui's table has it. */
export interface EnumVariantInstantiation {
  readonly enumInstantiation: number;
  readonly variant: number;
}

const decodeInstantiation = (_: Decoder, reader: ModuleReader): Instantiation => ({
  of: reader.uleb(LIMIT.index, "index of what is instantiated"),
  typeArguments: reader.uleb(LIMIT.index, "signature index"),
});

const DECODE_ROW: { [K in TableName]: (decoder: Decoder, reader: ModuleReader) => TableRowOf<K> } =
  {
    moduleHandles: decodeModuleHandle,
    structHandles: decodeStructHandle,
    functionHandles: decodeFunctionHandle,
    functionInstantiations: decodeInstantiation,
    signatures: decodeSignature,
    constants: (decoder, reader) => ({
      type: decodeToken(decoder, reader),
      data: reader.blob(reader.uleb(LIMIT.constantSize, "constant size"), "constant"),
    }),
    identifiers: decodeIdentifier,
    addresses: (_, reader) => reader.blob(32, "address"),
    metadata: (_, reader) => ({
      key: reader.blob(reader.uleb(LIMIT.metadataKeySize, "metadata key size"), "metadata key"),
      value: reader.blob(reader.uleb(LIMIT.metadataValueSize, "metadata size"), "metadata value"),
    }),
    structDefinitions: decodeStructDefinition,
    structInstantiations: decodeInstantiation,
    functionDefinitions: decodeFunctionDefinition,
    fieldHandles: (_, reader) => ({
      owner: reader.uleb(LIMIT.index, "struct index"),
      field: reader.uleb(LIMIT.fieldOffset, "field position"),
    }),
    fieldInstantiations: decodeInstantiation,
    friends: decodeModuleHandle,
    variantFieldHandles: decodeVariantFieldHandle,
    variantFieldInstantiations: decodeInstantiation,
    structVariantHandles: (_, reader) => ({
      owner: reader.uleb(LIMIT.index, "struct index"),
      variant: reader.uleb(LIMIT.variantOffset, "variant"),
    }),
    structVariantInstantiations: decodeInstantiation,
    enumDefinitions: decodeEnumDefinition,
    enumInstantiations: decodeInstantiation,
    enumVariantHandles: (_, reader) => ({
      owner: reader.uleb(LIMIT.index, "enum index"),
      variant: reader.uleb(LIMIT.variantCount, "variant"),
    }),
    enumVariantInstantiations: (_, reader) => ({
      enumInstantiation: reader.uleb(LIMIT.index, "enum instantiation index"),
      variant: reader.uleb(LIMIT.variantCount, "variant"),
    }),
  };

/** Reads the rows of one table; `reader` spans exactly the table. */
export function decodeTable<K extends TableName>(
  decoder: Decoder,
  name: K,
  reader: ModuleReader,
): TableRowOf<K>[] {
  const rows: TableRowOf<K>[] = [];
  const decodeRow = DECODE_ROW[name];
  while (reader.position < reader.end) {
    if (rows.length > LIMIT.index) {
      reader.refuse("MALFORMED", `the table ${name} has more rows than an index can reach`);
    }
    rows.push(decodeRow(decoder, reader));
  }
  return rows;
}

function decodeModuleHandle(_: Decoder, reader: ModuleReader): ModuleHandle {
  return {
    address: reader.uleb(LIMIT.index, "address index"),
    name: reader.uleb(LIMIT.index, "identifier index"),
  };
}

function decodeAbilitySet(reader: ModuleReader): AbilitySet {
  return reader.uleb(ABILITIES_ALL, "ability set");
}

/** The constraints of a function's or script's type parameters. */
export function decodeAbilitySets(reader: ModuleReader): AbilitySet[] {
  const count = reader.uleb(LIMIT.typeParameterCount, "type parameter count");
  const sets: AbilitySet[] = [];
  for (let i = 0; i < count; i++) sets.push(decodeAbilitySet(reader));
  return sets;
}

function decodeStructHandle(_: Decoder, reader: ModuleReader): StructHandle {
  const module = reader.uleb(LIMIT.index, "module handle index");
  const name = reader.uleb(LIMIT.index, "identifier index");
  const abilities = decodeAbilitySet(reader);
  const count = reader.uleb(LIMIT.typeParameterCount, "type parameter count");
  const typeParameters: StructTypeParameter[] = [];
  for (let i = 0; i < count; i++) {
    const constraints = decodeAbilitySet(reader);
    typeParameters.push({ constraints, phantom: reader.uleb(1, "phantom flag") === 1 });
  }
  return { module, name, abilities, typeParameters };
}

function decodeFunctionHandle(decoder: Decoder, reader: ModuleReader): FunctionHandle {
  const { dialect, version } = decoder;
  const handle = {
    module: reader.uleb(LIMIT.index, "module handle index"),
    name: reader.uleb(LIMIT.index, "identifier index"),
    parameters: reader.uleb(LIMIT.index, "signature index"),
    returns: reader.uleb(LIMIT.index, "signature index"),
    typeParameters: decodeAbilitySets(reader),
  };
  if (dialect.flavour !== "aptos" || version < 7) return handle;
  const accesses = decodeAccesses(reader);
  const attributes = version >= VERSION_CLOSURES ? decodeAttributes(reader) : [];
  return {
    ...handle,
    ...(accesses === undefined ? {} : { accesses }),
    ...(attributes.length === 0 ? {} : { attributes }),
  };
}

/** Codes of the attributes of a function handle. */
export const ATTRIBUTE_CODE: Record<FunctionAttribute, number> = { persistent: 1, moduleLock: 2 };

function decodeAttributes(reader: ModuleReader): FunctionAttribute[] {
  const count = reader.uleb(LIMIT.attributeCount, "attribute count");
  const attributes: FunctionAttribute[] = [];
  for (let i = 0; i < count; i++) {
    const code = reader.u8();
    const names = Object.keys(ATTRIBUTE_CODE) as FunctionAttribute[];
    const name = names.find((candidate) => ATTRIBUTE_CODE[candidate] === code);
    if (name === undefined) return reader.refuse("MALFORMED", `no attribute has the code ${code}`);
    attributes.push(name);
  }
  return attributes;
}

function decodeSignature(decoder: Decoder, reader: ModuleReader): SignatureToken[] {
  const count = reader.uleb(LIMIT.signatureSize, "signature size");
  const tokens: SignatureToken[] = [];
  for (let i = 0; i < count; i++) tokens.push(decodeToken(decoder, reader));
  return tokens;
}

function decodeIdentifier({ dialect, version }: Decoder, reader: ModuleReader): string {
  const isAptos = dialect.flavour === "aptos";
  const sizeMax = isAptos ? LIMIT.identifierSize : LIMIT.suiIdentifierSize;
  const size = reader.uleb(sizeMax, "identifier size");
  const start = reader.position;
  const text = LATIN.decode(reader.blob(size, "identifier"));
  if (!isIdentifier(text, isAptos && version >= VERSION_SIGNED)) {
    reader.position = start;
    reader.refuse("MALFORMED", "an identifier has characters that no identifier may have");
  }
  return text;
}

/** Every byte is a character, so what is no ASCII stays visible to the check of identifiers. */
const LATIN = new TextDecoder("latin1");

function decodeStructDefinition(decoder: Decoder, reader: ModuleReader): StructDefinition {
  const handle = reader.uleb(LIMIT.index, "struct handle index");
  return { handle, layout: decodeLayout(decoder, reader) };
}

function decodeLayout(decoder: Decoder, reader: ModuleReader): StructLayout {
  const flag = reader.u8();
  if (flag === 1) return { tag: "native" };
  if (flag === 2) return { tag: "fields", fields: decodeFields(decoder, reader) };
  if (flag !== 3 || decoder.dialect.flavour !== "aptos") {
    reader.refuse("UNKNOWN_NATIVE_STRUCT_FLAG", `no struct has the flag ${flag}`);
  }
  if (decoder.version < 7) reader.refuse("MALFORMED", `version ${decoder.version} has no enums`);
  return { tag: "variants", variants: decodeVariants(decoder, reader) };
}

function decodeVariants(decoder: Decoder, reader: ModuleReader): VariantDefinition[] {
  const count = reader.uleb(LIMIT.variantCount, "variant count");
  const variants: VariantDefinition[] = [];
  for (let i = 0; i < count; i++) {
    const name = reader.uleb(LIMIT.index, "identifier index");
    variants.push({ name, fields: decodeFields(decoder, reader) });
  }
  return variants;
}

/** The flag of an enum of Sui: its variants follow. */
export const ENUM_DECLARED = 1;

function decodeEnumDefinition(decoder: Decoder, reader: ModuleReader): StructDefinition {
  const handle = reader.uleb(LIMIT.index, "datatype handle index");
  const flag = reader.u8();
  if (flag !== ENUM_DECLARED) {
    reader.refuse("UNKNOWN_ENUM_FLAG", `no enum has the flag ${flag}`);
  }
  const variants = decodeVariants(decoder, reader);
  if (variants.length === 0) reader.refuse("MALFORMED", "an enum has at least one variant");
  return { handle, layout: { tag: "variants", variants } };
}

function decodeFields(decoder: Decoder, reader: ModuleReader): FieldDefinition[] {
  const count = reader.uleb(LIMIT.fieldCount, "field count");
  const fields: FieldDefinition[] = [];
  for (let i = 0; i < count; i++) {
    const name = reader.uleb(LIMIT.index, "identifier index");
    fields.push({ name, type: decodeToken(decoder, reader) });
  }
  return fields;
}

function decodeVariantFieldHandle(_: Decoder, reader: ModuleReader): VariantFieldHandle {
  const owner = reader.uleb(LIMIT.index, "struct index");
  const field = reader.uleb(LIMIT.fieldOffset, "field position");
  const count = reader.uleb(LIMIT.variantCount, "variant count");
  const variants: number[] = [];
  for (let i = 0; i < count; i++) variants.push(reader.uleb(LIMIT.variantOffset, "variant"));
  return { owner, variants, field };
}

/** Bytes of the visibility; 2 was the script visibility of versions before 5. */
export const VISIBILITY_CODE: Record<Visibility, number> = { private: 0, public: 1, friend: 3 };
export const FLAG_NATIVE = 0x2;
export const FLAG_ENTRY = 0x4;

function decodeFunctionDefinition(decoder: Decoder, reader: ModuleReader): FunctionDefinition {
  const handle = reader.uleb(LIMIT.index, "function handle index");
  const visibilityCode = reader.u8();
  const visibility = (Object.keys(VISIBILITY_CODE) as Visibility[]).find(
    (name) => VISIBILITY_CODE[name] === visibilityCode,
  );
  if (visibility === undefined) {
    return reader.refuse("MALFORMED", `no visibility has the code ${visibilityCode}`);
  }
  const flags = reader.u8();
  const acquires: number[] = [];
  const count = reader.uleb(LIMIT.acquiresCount, "acquires count");
  for (let i = 0; i < count; i++) acquires.push(reader.uleb(LIMIT.index, "struct index"));
  const entry = (flags & FLAG_ENTRY) !== 0;
  const native = (flags & FLAG_NATIVE) !== 0;
  const definition = native
    ? { handle, visibility, entry, acquires }
    : { handle, visibility, entry, acquires, code: decodeCode(decoder, reader) };
  if ((flags & ~(FLAG_ENTRY | FLAG_NATIVE)) !== 0) {
    reader.refuse("INVALID_FLAG_BITS", `the function flags ${flags} have unknown bits`);
  }
  return definition;
}
