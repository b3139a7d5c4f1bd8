import { ByteWriter } from "@dragoman/bytes";
import type { CompiledModule } from "../format/module.ts";

/** Key of the metadata in which compilers of the Aptos lineage write attributes. */
const KEY = new TextEncoder().encode("aptos::metadata_v1");
/** Kind of the attribute `#[view]`. */
const VIEW = 1;

/**
 * The module with functions marked `#[view]`: BCS of RuntimeModuleMetadataV1 (error map, attributes of structs, attributes of functions), of
 * which only the last is not empty.
 */
export function markViews(module: CompiledModule, functions: readonly string[]): CompiledModule {
  const writer = new ByteWriter(64);
  writer.uleb128(0);
  writer.uleb128(0);
  writer.uleb128(functions.length);
  // A map's keys are written in ascending order.
  for (const name of [...functions].sort()) {
    writer.uleb128(name.length);
    writer.bytes(new TextEncoder().encode(name));
    writer.uleb128(1);
    writer.u8(VIEW);
    writer.uleb128(0);
  }
  return { ...module, metadata: [...module.metadata, { key: KEY, value: writer.finish() }] };
}
