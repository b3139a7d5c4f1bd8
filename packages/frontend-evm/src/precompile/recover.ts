import { keccak256, recoverSecp256k1 } from "@dragoman/crypto";
import { fromBytesBE } from "@dragoman/word";

const NONE = new Uint8Array(0);

/** ECRECOVER: hash, v (27 or 28), r, s of 32 bytes each to a left-padded address; nothing if there is no such signer. */
export function recover(input: Uint8Array): Uint8Array {
  const padded = new Uint8Array(128);
  padded.set(input.subarray(0, 128));
  for (let i = 32; i < 63; i++) if (padded[i] !== 0) return NONE;
  const v = padded[63];
  if (v !== 27 && v !== 28) return NONE;
  const key = recoverSecp256k1(
    padded.subarray(0, 32),
    fromBytesBE(padded.subarray(64, 96)),
    fromBytesBE(padded.subarray(96, 128)),
    v - 27,
  );
  if (key === undefined) return NONE;
  const output = new Uint8Array(32);
  output.set(keccak256(key).subarray(12), 12);
  return output;
}
