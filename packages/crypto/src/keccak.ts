import { keccak_256 } from "@noble/hashes/sha3.js";
import { createKeccak } from "hash-wasm";

/** Seven times as fast as the hash in JavaScript; its WebAssembly takes some milliseconds after the start, and a platform may refuse it. */
let compiled: Awaited<ReturnType<typeof createKeccak>> | undefined;
createKeccak(256).then(
  (hasher) => {
    compiled = hasher;
  },
  () => undefined,
);

/** Keccak-256 with the original padding, as Ethereum uses it: 32 bytes. */
export function keccak256(data: Uint8Array): Uint8Array {
  if (compiled === undefined) return keccak_256(data);
  return compiled.init().update(data).digest("binary");
}
