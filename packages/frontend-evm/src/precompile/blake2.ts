import { blake2f } from "@dragoman/crypto";
import type { ComputedPrecompile } from "./precompile.ts";

/** BLAKE2b compression (EIP-152): rounds, h, m, t, final flag in 213 bytes; one gas a round. */
export const blake2: ComputedPrecompile = {
  kind: "computed",
  run(input, gas) {
    if (input.length !== 213 || input[212] > 1) return undefined;
    const rounds = ((input[0] << 24) | (input[1] << 16) | (input[2] << 8) | input[3]) >>> 0;
    if (rounds > gas) return undefined;
    const output = blake2f(
      rounds,
      input.subarray(4, 68),
      input.subarray(68, 196),
      input.subarray(196, 212),
      input[212] === 1,
    );
    return { gas: rounds, output };
  },
};
