import { verifyP256 } from "@dragoman/crypto";
import { fromBytesBE } from "@dragoman/word";
import { priced, truthWord } from "./priced.ts";

const NOTHING = new Uint8Array(0);

/** Verifies a signature over P-256 (EIP-7951): hash, r, s, x and y of the key. Nothing if it is none; it never fails. */
export const p256Verify = priced(
  () => 6900,
  (input) => {
    if (input.length !== 160) return NOTHING;
    const number = (index: number) => fromBytesBE(input.subarray(index * 32, index * 32 + 32));
    const isValid = verifyP256(number(0), number(1), number(2), number(3), number(4));
    return isValid ? truthWord(true) : NOTHING;
  },
);
