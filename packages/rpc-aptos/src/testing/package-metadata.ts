import { Serializer } from "@aptos-labs/ts-sdk";

/** BCS of a PackageMetadata, as compilers write it. */
export function packageMetadata(name: string, modules: readonly string[], policy = 1): Uint8Array {
  const writer = new Serializer();
  writer.serializeStr(name);
  writer.serializeU8(policy);
  writer.serializeU64(0);
  writer.serializeStr("");
  writer.serializeBytes(new Uint8Array());
  writer.serializeU32AsUleb128(modules.length);
  for (const module of modules) {
    writer.serializeStr(module);
    writer.serializeBytes(new Uint8Array());
    writer.serializeBytes(new Uint8Array());
    writer.serializeU32AsUleb128(0);
  }
  writer.serializeU32AsUleb128(0);
  writer.serializeU32AsUleb128(0);
  return writer.toUint8Array();
}
