import type { ComputedPrecompile, PrecompileResult } from "./precompile.ts";

/** A precompile whose price is known before it runs. `compute` answers undefined if the precompile fails. */
export function priced(
  price: (input: Uint8Array) => number,
  compute: (input: Uint8Array) => Uint8Array | undefined,
): ComputedPrecompile {
  return {
    kind: "computed",
    run(input: Uint8Array, gas: number): PrecompileResult | undefined {
      const cost = price(input);
      if (cost > gas) return undefined;
      const output = compute(input);
      return output === undefined ? undefined : { gas: cost, output };
    },
  };
}

/** The first `size` bytes of the input, zeros beyond its end. */
export function extended(input: Uint8Array, size: number): Uint8Array {
  if (input.length >= size) return input.subarray(0, size);
  const bytes = new Uint8Array(size);
  bytes.set(input);
  return bytes;
}

/** A truth as a word. */
export function truthWord(isTrue: boolean): Uint8Array {
  const word = new Uint8Array(32);
  word[31] = isTrue ? 1 : 0;
  return word;
}
