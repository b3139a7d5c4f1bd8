import { ByteReader, ByteWriter } from "@dragoman/bytes";

/** A package that another one needs. */
export interface PackageDependency {
  /** 32 bytes. */
  readonly account: Uint8Array;
  readonly name: string;
}

/** What publishing must know of a `0x1::code::PackageMetadata`. */
export interface PackageMetadata {
  readonly name: string;
  /** 0 = arbitrary, 1 = compatible, 2 = immutable. */
  readonly policy: number;
  readonly upgradeNumber: bigint;
  readonly modules: readonly string[];
  readonly dependencies: readonly PackageDependency[];
  readonly bytes: Uint8Array;
  /** Offset of the upgrade number in `bytes`. */
  readonly upgradeNumberAt: number;
}

/** Decodes the BCS of one PackageMetadata. Faults: those of the reader. */
export function decodePackageMetadata(bytes: Uint8Array): PackageMetadata {
  const reader = new ByteReader(bytes);
  const metadata = readPackageMetadata(reader);
  reader.finish();
  return metadata;
}

/** Decodes a `0x1::code::PackageRegistry`. */
export function decodePackageRegistry(bytes: Uint8Array): PackageMetadata[] {
  const reader = new ByteReader(bytes);
  return readList(reader, () => readPackageMetadata(reader));
}

export function encodePackageRegistry(
  packages: readonly Pick<PackageMetadata, "bytes">[],
): Uint8Array {
  const writer = new ByteWriter();
  writer.uleb128(packages.length);
  for (const { bytes } of packages) writer.bytes(bytes);
  return writer.finish();
}

/** The same package with another upgrade number. */
export function withUpgradeNumber(
  metadata: PackageMetadata,
  upgradeNumber: bigint,
): PackageMetadata {
  const bytes = metadata.bytes.slice();
  new DataView(bytes.buffer).setBigUint64(metadata.upgradeNumberAt, upgradeNumber, true);
  return { ...metadata, upgradeNumber, bytes };
}

/** BCS of a package of compatible policy that nobody has upgraded, without sources and dependencies. */
export function encodePackage(name: string, modules: readonly string[]): Uint8Array {
  const writer = new ByteWriter();
  const text = (value: string): void => {
    const bytes = new TextEncoder().encode(value);
    writer.uleb128(bytes.length);
    writer.bytes(bytes);
  };
  text(name);
  writer.u8(1);
  writer.u64(0n);
  text("");
  writer.uleb128(0);
  writer.uleb128(modules.length);
  for (const module of modules) {
    text(module);
    // Source, source map, extension.
    for (let empty = 0; empty < 3; empty++) writer.uleb128(0);
  }
  // Dependencies, extension.
  writer.uleb128(0);
  writer.uleb128(0);
  return writer.finish();
}

function readPackageMetadata(reader: ByteReader): PackageMetadata {
  const start = reader.at;
  const name = readText(reader);
  const policy = reader.u8();
  const upgradeNumberAt = reader.at - start;
  const upgradeNumber = reader.u64();
  readText(reader); // source digest
  skipBytes(reader); // manifest
  const modules = readList(reader, () => {
    const module = readText(reader);
    skipBytes(reader); // source
    skipBytes(reader); // source map
    skipExtension(reader);
    return module;
  });
  const dependencies = readList(reader, () => {
    const account = reader.take(32).slice();
    return { account, name: readText(reader) };
  });
  skipExtension(reader);
  const bytes = reader.bytes.slice(start, reader.at);
  return { name, policy, upgradeNumber, modules, dependencies, bytes, upgradeNumberAt };
}

/** An option of a copyable_any::Any. */
function skipExtension(reader: ByteReader): void {
  if (reader.uleb128(1) === 0) return;
  skipBytes(reader);
  skipBytes(reader);
}

const readText = (reader: ByteReader): string => reader.utf8(reader.uleb128(reader.bytes.length));

function skipBytes(reader: ByteReader): void {
  reader.take(reader.uleb128(reader.bytes.length));
}

function readList<T>(reader: ByteReader, read: () => T): T[] {
  const list: T[] = [];
  for (let count = reader.uleb128(reader.bytes.length); count > 0; count--) list.push(read());
  return list;
}
