import { Field } from "@noble/curves/abstract/modular.js";
import { grainGenConstants } from "@noble/curves/abstract/poseidon.js";
import type { Pointer } from "./curve/mcl.ts";
import { bn254 } from "./curve/pairing.ts";
import { SCALAR_BYTES } from "./curve/pairing-curve.ts";
import { ScalarField } from "./curve/scalar-field.ts";

const ROUNDS_FULL = 8;
/** Partial rounds by the number of inputs, from one (circomlib `poseidon.circom`). */
const ROUNDS_PARTIAL = [56, 57, 56, 60, 60, 63, 64, 63, 60, 66, 60, 65];

/** How many inputs {@link poseidon} takes. */
export const POSEIDON_INPUTS_MAX: number = ROUNDS_PARTIAL.length;

/** The permutation of one width in mcl's memory. */
interface Permutation {
  readonly width: number;
  readonly roundsPartial: number;
  /** `width` scalars a round. */
  readonly constants: Pointer;
  readonly matrix: Pointer;
  readonly state: Pointer;
  readonly next: Pointer;
  readonly term: Pointer;
}

let scalars: ScalarField | undefined;
const permutations = new Map<number, Permutation>();

/**
 * Poseidon over the scalars of BN254 with x^5 and the parameters of circom (eprint 2019/458): 32 bytes, big-endian.
 *
 * @param inputs 1 to 12, each 32 bytes, big-endian
 * @returns undefined if an input is not below the order
 */
export function poseidon(inputs: readonly Uint8Array[]): Uint8Array<ArrayBuffer> | undefined {
  scalars ??= new ScalarField(bn254().curve);
  const permutation = permutationOf(scalars, inputs.length + 1);
  const { state } = permutation;
  scalars.set(state, 0n);
  for (const [index, input] of inputs.entries()) {
    if (!scalars.read(state + (index + 1) * SCALAR_BYTES, input, 0, 1)) return undefined;
  }
  return scalars.write(permute(scalars, permutation), 1);
}

/** Permutes the state; answers where the result is. */
function permute({ curve }: ScalarField, permutation: Permutation): Pointer {
  const { width, roundsPartial, constants, matrix, term } = permutation;
  const { mclBnFr_add, mclBnFr_mul } = curve.mcl;
  const size = width * SCALAR_BYTES;
  let { state, next } = permutation;
  const rounds = ROUNDS_FULL + roundsPartial;
  for (let round = 0; round < rounds; round++) {
    const isFull = round < ROUNDS_FULL / 2 || round >= ROUNDS_FULL / 2 + roundsPartial;
    for (let at = 0; at < size; at += SCALAR_BYTES) {
      const value = state + at;
      mclBnFr_add(value, value, constants + round * size + at);
      if (!isFull && at > 0) continue;
      mclBnFr_mul(term, value, value);
      mclBnFr_mul(term, term, term);
      mclBnFr_mul(value, value, term);
    }
    for (let row = 0; row < width; row++) {
      const sum = next + row * SCALAR_BYTES;
      mclBnFr_mul(sum, matrix + row * size, state);
      for (let at = SCALAR_BYTES; at < size; at += SCALAR_BYTES) {
        mclBnFr_mul(term, matrix + row * size + at, state + at);
        mclBnFr_add(sum, sum, term);
      }
    }
    [state, next] = [next, state];
  }
  return state;
}

/** The constants of a width, drawn from the Grain register as the paper's appendix F has it; 0.1 s for the first use of each. */
function permutationOf(field: ScalarField, width: number): Permutation {
  let permutation = permutations.get(width);
  if (permutation === undefined) {
    const roundsPartial = ROUNDS_PARTIAL[width - 2] as number;
    const { mds, roundConstants } = grainGenConstants({
      Fp: Field(field.curve.row.order),
      t: width,
      roundsFull: ROUNDS_FULL,
      roundsPartial,
      sboxPower: 5,
    });
    const store = (values: readonly bigint[]): Pointer => {
      const pointer = field.allocate(values.length);
      for (const [index, value] of values.entries())
        field.set(pointer + index * SCALAR_BYTES, value);
      return pointer;
    };
    permutation = {
      width,
      roundsPartial,
      constants: store(roundConstants.flat()),
      matrix: store(mds.flat()),
      state: field.allocate(width),
      next: field.allocate(width),
      term: field.allocate(1),
    };
    permutations.set(width, permutation);
  }
  return permutation;
}
