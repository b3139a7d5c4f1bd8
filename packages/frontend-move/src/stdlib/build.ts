import { assembleModule } from "../asm/assemble.ts";
import { markViews } from "../asm/view-functions.ts";
import { encodeModule } from "../format/encode.ts";
import type { CompiledModule } from "../format/module.ts";

/** The modules in an order in which each follows what it imports. */
export const STDLIB_NAMES = [
  "vector",
  "option",
  "mem",
  "cmp",
  "bcs",
  "hash",
  "signer",
  "error",
  "string",
  "ascii",
  "acl",
  "bit_vector",
  "features",
  "type_name",
  "guid",
  "event",
  "aptos_hash",
  "timestamp",
  "secp256k1",
  "type_info",
  "table",
  "table_with_length",
  "from_bcs",
  "bcs_stream",
  "any",
  "copyable_any",
  "string_utils",
  "debug",
  "util",
  "system_addresses",
  "comparator",
  "capability",
  "fixed_point32",
  "fixed_point64",
  "math64",
  "math128",
  "math_fixed",
  "math_fixed64",
  "simple_map",
  "smart_table",
  "big_vector",
  "smart_vector",
  "ordered_map",
  "big_ordered_map",
  "pool_u64",
  "pool_u64_unbound",
  "ed25519",
  "multi_ed25519",
  "bls12381",
  "crypto_algebra",
  "bn254_algebra",
  "bls12381_algebra",
  "ristretto255",
  "aggregator_v2",
  "transaction_context",
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
