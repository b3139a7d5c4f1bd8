import { assembleModule } from "../asm/assemble.ts";
import { markViews } from "../asm/view-functions.ts";
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
  "event",
  "aptos_hash",
  "timestamp",
  "secp256k1",
  "type_info",
  "table",
  "from_bcs",
  "aptos_coin",
  "coin",
] as const;

export type StdlibName = (typeof STDLIB_NAMES)[number];

/** Functions that may be called for their results alone. */
const VIEWS: { readonly [name in StdlibName]?: readonly string[] } = {
  coin: [
    "balance",
    "decimals",
    "is_account_registered",
    "is_balance_at_least",
    "is_coin_initialized",
    "is_coin_store_frozen",
    "name",
    "supply",
    "symbol",
  ],
  timestamp: ["now_microseconds", "now_seconds"],
};

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
    const assembled = assembleModule(readSource(name), built);
    const views = VIEWS[name];
    const module = views === undefined ? assembled : markViews(assembled, views);
    built.push(module);
    files.set(name, encodeModule(module));
  }
  return files;
}
