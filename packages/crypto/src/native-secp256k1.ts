import type { recover as Recover } from "tiny-secp256k1";

let loaded: { readonly recover: typeof Recover } | undefined;
let isSought = false;

/**
 * libsecp256k1 as WebAssembly, ten times as fast as bigints; undefined where there is no Node or no package, which finds its code by the file
 * system. Loaded when it is first wanted, 20 ms.
 */
export function nativeSecp256k1(): typeof loaded {
  if (!isSought) {
    isSought = true;
    const modules = globalThis.process?.getBuiltinModule?.("node:module");
    try {
      loaded = modules?.createRequire(import.meta.url)("tiny-secp256k1");
    } catch {
      // A bundle may stand alone, without the packages that it was made from.
    }
  }
  return loaded;
}
