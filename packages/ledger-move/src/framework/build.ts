import { type CompiledModule, encodeModule } from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";

/** The modules in an order in which each follows what it imports. */
export const FRAMEWORK_NAMES = [
  "create_signer",
  "chain_id",
  "account",
  "object",
  "fungible_asset",
  "primary_fungible_store",
  "code",
  "aptos_account",
  "resource_account",
  "transaction_fee",
  "nonce_validation",
  "transaction_validation",
  "genesis",
] as const;

export type FrameworkName = (typeof FRAMEWORK_NAMES)[number];

/** One built module: base64 of its file, and the SHA-256 of the text that it was built from. */
export type FrameworkRow = readonly [name: FrameworkName, sourceHash: string, base64: string];

/**
 * Assembles the framework over the standard library.
 *
 * @param readSource gives the text of `<name>.mvir`.
 */
export function buildFramework(
  stdlib: readonly CompiledModule[],
  readSource: (name: FrameworkName) => string,
): Map<FrameworkName, Uint8Array> {
  const built = [...stdlib];
  const files = new Map<FrameworkName, Uint8Array>();
  for (const name of FRAMEWORK_NAMES) {
    const module = assembleModule(readSource(name), built);
    built.push(module);
    files.set(name, encodeModule(module));
  }
  return files;
}
