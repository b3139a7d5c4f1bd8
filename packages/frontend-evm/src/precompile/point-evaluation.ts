import { equalBytes } from "@dragoman/bytes";
import { kzgToVersionedHash, verifyKzgProof } from "@dragoman/crypto";
import { toBytesBE } from "@dragoman/word";
import { priced } from "./priced.ts";

/** Scalars of a blob, then the order of the scalars of BLS12-381, a word each (EIP-4844). */
const OUTPUT = Uint8Array.from([
  ...toBytesBE(4096n, 32),
  ...toBytesBE(0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001n, 32),
]);

/** Whether a blob's polynomial has a value at a point (EIP-4844): versioned hash, z, y, commitment and proof. */
export const pointEvaluation = priced(
  () => 50_000,
  (input) => {
    if (input.length !== 192) return undefined;
    const commitment = input.subarray(96, 144);
    if (!equalBytes(kzgToVersionedHash(commitment), input.subarray(0, 32))) return undefined;
    const [z, y, proof] = [input.subarray(32, 64), input.subarray(64, 96), input.subarray(144)];
    return verifyKzgProof(commitment, z, y, proof) ? OUTPUT.slice() : undefined;
  },
);
