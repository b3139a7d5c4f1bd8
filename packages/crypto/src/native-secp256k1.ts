import type { recover as Recover } from "tiny-secp256k1";

let loaded: { readonly recover: typeof Recover } | undefined;
let isSought = false;

/**
 * libsecp256k1 as WebAssembly, ten times as fast as bigints; undefined where there is no Node, as its package finds its code by the file
 * system. Loaded when it is first wanted, 20 ms.
 */
export function nativeSecp256k1(): typeof loaded {
  if (!isSought) {
    isSought = true;
    const modules = globalThis.process?.getBuiltinModule?.("node:module");
    if (modules !== undefined) loaded = modules.createRequire(import.meta.url)("tiny-secp256k1");
  }
  return loaded;
}
