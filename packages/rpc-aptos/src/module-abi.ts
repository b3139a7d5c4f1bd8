import { ByteReader } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import {
  abilityNames,
  type CompiledModule,
  type FunctionDefinition,
  moduleId,
  type SignatureToken,
  type StructDefinition,
} from "@dragoman/frontend-move";
import { standardAddress } from "@dragoman/ledger-move";

/** A module's interface as the REST interface describes it (`MoveModule`). */
export function moduleAbi(module: CompiledModule): Record<string, unknown> {
  const { address, name } = moduleId(module, module.self);
  const attributes = viewAttributes(module);
  return {
    address: standardAddress(address),
    name,
    friends: module.friends.map(
      (friend) =>
        `${standardAddress(module.addresses[friend.address]!)}::${module.identifiers[friend.name]}`,
    ),
    exposed_functions: module.functionDefinitions
      .filter(({ visibility, entry }) => visibility !== "private" || entry)
      .map((definition) => functionAbi(module, definition, attributes)),
    structs: module.structDefinitions.map((definition) => structAbi(module, definition)),
  };
}

function functionAbi(
  module: CompiledModule,
  definition: FunctionDefinition,
  views: ReadonlySet<string> | undefined,
): Record<string, unknown> {
  const handle = module.functionHandles[definition.handle]!;
  const name = module.identifiers[handle.name]!;
  const parameters = module.signatures[handle.parameters]!;
  return {
    name,
    visibility: definition.visibility,
    is_entry: definition.entry,
    is_view: views?.has(name) ?? isReadable(module, definition),
    generic_type_params: handle.typeParameters.map((set) => ({ constraints: abilityNames(set) })),
    params: parameters.map((token) => tokenText(module, token)),
    return: module.signatures[handle.returns]!.map((token) => tokenText(module, token)),
  };
}

/**
 * Whether a function of a module without attributes can serve as a view: public, no entry, with results, and without a signer or a mutable
 * reference among its parameters. Compilers that write attributes mark views themselves.
 */
function isReadable(module: CompiledModule, { handle, visibility, entry }: FunctionDefinition) {
  const row = module.functionHandles[handle]!;
  const isValue = ({ tag }: SignatureToken): boolean =>
    tag !== "signer" && tag !== "reference" && tag !== "mutableReference";
  const results = module.signatures[row.returns]!;
  return (
    visibility === "public" &&
    !entry &&
    results.length > 0 &&
    results.every(isValue) &&
    module.signatures[row.parameters]!.every(isValue)
  );
}

const METADATA_KEY = "aptos::metadata_v1";
const VIEW_ATTRIBUTE = 1;

/** Names that the compiler's metadata marks as `#[view]`, none where it does not decode; undefined where the module has no metadata. */
function viewAttributes(module: CompiledModule): ReadonlySet<string> | undefined {
  const entry = module.metadata.find(({ key }) => new TextDecoder().decode(key) === METADATA_KEY);
  if (entry === undefined) return undefined;
  try {
    return readViews(entry.value);
  } catch (error) {
    if (error instanceof FaultError) return new Set();
    throw error;
  }
}

/** Of a RuntimeModuleMetadataV1 (aptos-core `types/src/vm/module_metadata.rs`), the functions that are views. */
function readViews(bytes: Uint8Array): ReadonlySet<string> {
  const reader = new ByteReader(bytes);
  const size = (): number => reader.uleb128(bytes.length);
  const text = (): string => reader.utf8(size());
  const each = (read: () => void): void => {
    for (let count = size(); count > 0; count--) read();
  };
  const views = new Set<string>();
  // error_map: code -> name and description
  each(() => {
    reader.u64();
    text();
    text();
  });
  // struct_attributes: name -> list of kind and arguments
  const attributes = (mark: (kind: number) => void): void =>
    each(() => {
      mark(reader.u8());
      each(text);
    });
  each(() => {
    text();
    attributes(() => {});
  });
  each(() => {
    const name = text();
    attributes((kind) => {
      if (kind === VIEW_ATTRIBUTE) views.add(name);
    });
  });
  return views;
}

function structAbi(
  module: CompiledModule,
  { handle, layout }: StructDefinition,
): Record<string, unknown> {
  const row = module.structHandles[handle]!;
  const fields = layout.tag === "fields" ? layout.fields : [];
  const set = abilityNames(row.abilities);
  return {
    name: module.identifiers[row.name],
    is_native: layout.tag === "native",
    is_event: false,
    is_enum: layout.tag === "variants",
    abilities: set,
    generic_type_params: row.typeParameters.map(({ constraints }) => ({
      constraints: abilityNames(constraints),
    })),
    fields: fields.map(({ name, type }) => ({
      name: module.identifiers[name],
      type: tokenText(module, type),
    })),
  };
}

function tokenText(module: CompiledModule, token: SignatureToken): string {
  switch (token.tag) {
    case "vector":
      return `vector<${tokenText(module, token.inner)}>`;
    case "reference":
      return `&${tokenText(module, token.inner)}`;
    case "mutableReference":
      return `&mut ${tokenText(module, token.inner)}`;
    case "typeParameter":
      return `T${token.index}`;
    case "struct":
      return structText(module, token.handle);
    case "structInstantiation": {
      const inner = token.typeArguments.map((argument) => tokenText(module, argument));
      return `${structText(module, token.handle)}<${inner.join(", ")}>`;
    }
    default:
      return token.tag;
  }
}

function structText(module: CompiledModule, index: number): string {
  const handle = module.structHandles[index]!;
  const { address, name } = moduleId(module, handle.module);
  return `${standardAddress(address)}::${name}::${module.identifiers[handle.name]}`;
}
