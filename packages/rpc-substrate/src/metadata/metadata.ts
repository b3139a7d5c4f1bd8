import { ByteWriter } from "@dragoman/bytes";
import {
  type AnyShape,
  BYTES,
  compact,
  EVENTS,
  EXTRINSIC_VERSION,
  encode,
  enumeration,
  HASHERS,
  MULTI_ADDRESS,
  MULTI_SIGNATURE,
  option,
  PALLET_SHAPES,
  PALLETS,
  type Pallet,
  RUNTIME_CALL,
  RUNTIME_ERROR,
  RUNTIME_EVENT,
  row,
  type Shape,
  SIGNED_EXTENSIONS,
  type StorageItem,
  sequence,
  struct,
  TEXT,
  tuple,
  U8,
  U32,
  type Value,
} from "@dragoman/ledger-substrate";
import type { RuntimeApi } from "../runtime-api/runtime-api.ts";
import { PORTABLE_TYPES, TypeRegistry } from "./type-registry.ts";

/** Versions that {@link encodeMetadata} writes. */
export const METADATA_VERSIONS = [14, 15] as const;
export type MetadataVersion = (typeof METADATA_VERSIONS)[number];

/** "meta", little-endian. */
const MAGIC = 0x6174656d;

const TYPE_ID = compact(U32);
const TEXTS = sequence(TEXT);
const HASHER = enumeration(
  "",
  Object.fromEntries(Object.entries(HASHERS).map(([name, index]) => [name, row(index, [])])),
);
const STORAGE_ENTRY = struct("", {
  name: TEXT,
  modifier: enumeration("", { Optional: row(0, []), Default: row(1, []) }),
  type: enumeration("", {
    Plain: row(0, [TYPE_ID]),
    Map: row(1, { hashers: sequence(HASHER), key: TYPE_ID, value: TYPE_ID }),
  }),
  fallback: BYTES,
  docs: TEXTS,
});
const PALLET_FIELDS = {
  name: TEXT,
  storage: option(struct("", { prefix: TEXT, items: sequence(STORAGE_ENTRY) })),
  calls: option(TYPE_ID),
  events: option(TYPE_ID),
  constants: sequence(struct("", { name: TEXT, type: TYPE_ID, value: BYTES, docs: TEXTS })),
  errors: option(TYPE_ID),
  index: U8,
};
const EXTENSIONS = sequence(struct("", { identifier: TEXT, type: TYPE_ID, implicit: TYPE_ID }));

/** `RuntimeMetadataV14`. */
const V14 = struct("", {
  types: PORTABLE_TYPES,
  pallets: sequence(struct("", PALLET_FIELDS)),
  extrinsic: struct("", { type: TYPE_ID, version: U8, extensions: EXTENSIONS }),
  type: TYPE_ID,
});

const API_METHOD = struct("", {
  name: TEXT,
  inputs: sequence(struct("", { name: TEXT, type: TYPE_ID })),
  output: TYPE_ID,
  docs: TEXTS,
});

/** `RuntimeMetadataV15`. */
const V15 = struct("", {
  types: PORTABLE_TYPES,
  pallets: sequence(struct("", { ...PALLET_FIELDS, docs: TEXTS })),
  extrinsic: struct("", {
    version: U8,
    address: TYPE_ID,
    call: TYPE_ID,
    signature: TYPE_ID,
    extra: TYPE_ID,
    extensions: EXTENSIONS,
  }),
  type: TYPE_ID,
  apis: sequence(struct("", { name: TEXT, methods: sequence(API_METHOD), docs: TEXTS })),
  outerEnums: struct("", { call: TYPE_ID, event: TYPE_ID, error: TYPE_ID }),
  custom: sequence(tuple(TEXT, TYPE_ID, BYTES)),
});

const EXTRA = tuple(...SIGNED_EXTENSIONS.map(({ extra }) => extra));
const RUNTIME = struct("dragoman_runtime::Runtime", []);

/** The type by which metadata V14 tells the parts of extrinsics. */
export const UNCHECKED_EXTRINSIC = struct(
  "sp_runtime::generic::unchecked_extrinsic::UncheckedExtrinsic",
  [BYTES],
  { Address: MULTI_ADDRESS, Call: RUNTIME_CALL, Signature: MULTI_SIGNATURE, Extra: EXTRA },
);

/** The runtime's metadata, derived from its tables: magic, version, content. */
export function encodeMetadata(version: MetadataVersion, apis: readonly RuntimeApi[]): Uint8Array {
  const registry = new TypeRegistry();
  const id = (shape: AnyShape): number => registry.idOf(shape);
  const pallets = Object.values(PALLETS).map((pallet) => ({
    ...describePallet(registry, pallet),
    docs: [],
  }));
  const extensions = SIGNED_EXTENSIONS.map(({ identifier, extra, implicit }) => ({
    identifier,
    type: id(extra),
    implicit: id(implicit),
  }));
  const shape = (version === 14 ? V14 : V15) as Shape<unknown>;
  const content = {
    pallets,
    type: id(RUNTIME),
    ...(version === 14
      ? { extrinsic: { type: id(UNCHECKED_EXTRINSIC), version: EXTRINSIC_VERSION, extensions } }
      : {
          extrinsic: {
            version: EXTRINSIC_VERSION,
            address: id(MULTI_ADDRESS),
            call: id(RUNTIME_CALL),
            signature: id(MULTI_SIGNATURE),
            extra: id(EXTRA),
            extensions,
          },
          apis: apis.map((api) => describeApi(registry, api)),
          outerEnums: {
            call: id(RUNTIME_CALL),
            event: id(RUNTIME_EVENT),
            error: id(RUNTIME_ERROR),
          },
          custom: [],
        }),
  };
  const writer = new ByteWriter(1 << 16);
  writer.u32(MAGIC);
  writer.u8(version);
  shape.write(writer, { ...content, types: registry.types });
  return writer.finish();
}

function describePallet(registry: TypeRegistry, pallet: Pallet): object {
  const { calls, events, errors } = PALLET_SHAPES[pallet.name as keyof typeof PALLET_SHAPES];
  const id = (shape: AnyShape | undefined): number | undefined => shape && registry.idOf(shape);
  const items: [string, StorageItem][] = Object.entries(pallet.storage);
  if (pallet.name === "System") items.push(["Events", EVENTS]);
  return {
    name: pallet.name,
    storage:
      items.length === 0
        ? undefined
        : {
            prefix: pallet.name,
            items: items.map(([name, item]) => describeStorage(registry, name, item)),
          },
    calls: id(calls),
    events: id(events),
    constants: Object.entries(pallet.constants).map(([name, { shape, value, docs }]) => ({
      name,
      type: registry.idOf(shape),
      value: encode(shape, value),
      docs: [docs],
    })),
    errors: id(errors),
    index: pallet.index,
  };
}

function describeStorage(
  registry: TypeRegistry,
  name: string,
  { keys, hashers, value, fallback, docs }: StorageItem,
): Value<typeof STORAGE_ENTRY> {
  const valueId = registry.idOf(value);
  const key = keys.length === 1 ? keys[0]! : tuple(...keys);
  return {
    name,
    modifier: { type: fallback === undefined ? "Optional" : "Default", value: [] },
    type:
      keys.length === 0
        ? { type: "Plain", value: [valueId] }
        : {
            type: "Map",
            value: {
              hashers: hashers.map((type) => ({ type, value: [] as const })),
              key: registry.idOf(key),
              value: valueId,
            },
          },
    // The encoding of None stands for what is absent.
    fallback: fallback ?? Uint8Array.of(0),
    docs: [docs],
  };
}

function describeApi(registry: TypeRegistry, { name, methods }: RuntimeApi): object {
  return {
    name,
    methods: Object.entries(methods).map(([method, { inputs, output, docs }]) => ({
      name: method,
      inputs: Object.entries(inputs).map(([input, shape]) => ({
        name: input,
        type: registry.idOf(shape),
      })),
      output: registry.idOf(output),
      docs: [docs],
    })),
    docs: [],
  };
}
