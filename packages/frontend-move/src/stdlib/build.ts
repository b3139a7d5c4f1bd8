import { assembleModule } from "../asm/assemble.ts";
import { encodeModule } from "../format/encode.ts";
import type { CompiledModule } from "../format/module.ts";

/** The modules in an order in which each follows what it imports. */
export const STDLIB_NAMES = [
  "vector",
  "bcs",
  "hash",
  "signer",
  "error",
  "option",
  "string",
  "ascii",
  "type_name",
] as const;

export type StdlibName = (typeof STDLIB_NAMES)[number];

/** One built module: base64 of its file, and the SHA-256 of the text that it was built from. */
export type StdlibRow = readonly [name: StdlibName, sourceHash: string, base64: string];

/**
 * Assembles the standard library.
 *
 * @param readSource gives the text of `<name>.mvir`.
 */
export function buildStdlib(readSource: (name: StdlibName) => string): Map<StdlibName, Uint8Array> {
  const built: CompiledModule[] = [];
  const files = new Map<StdlibName, Uint8Array>();
  for (const name of STDLIB_NAMES) {
    const module = assembleModule(readSource(name), built);
    built.push(module);
    files.set(name, encodeModule(module));
  }
  return files;
}
