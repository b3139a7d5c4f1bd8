import { bn254, checkPairing } from "@dragoman/crypto";
import type { Rules } from "../schedule/patches.ts";
import type { ComputedPrecompile } from "./precompile.ts";
import { extended, priced, truthWord } from "./priced.ts";

/** Bytes of a point of G1 and of a pair for the pairing. */
const POINT = 64;
const PAIR = 192;

/** Sum of two points (EIP-196). */
export const bn254Add = ({ bn254: [price] }: Rules): ComputedPrecompile =>
  priced(
    () => price,
    (input) => {
      const points = extended(input, 2 * POINT);
      return bn254().g1.add(points.subarray(0, POINT), points.subarray(POINT));
    },
  );

/** A point times a scalar (EIP-196). */
export const bn254Multiply = ({ bn254: [, price] }: Rules): ComputedPrecompile =>
  priced(
    () => price,
    (input) => {
      const operands = extended(input, POINT + 32);
      return bn254().g1.multiply(operands.subarray(0, POINT), operands.subarray(POINT));
    },
  );

/** Whether a product of pairings is one (EIP-197). */
export const bn254Pairing = ({ bn254: [, , base, perPair] }: Rules): ComputedPrecompile =>
  priced(
    (input) => base + perPair * Math.floor(input.length / PAIR),
    (input) => {
      if (input.length % PAIR !== 0) return undefined;
      const isOne = checkPairing(bn254(), input);
      return isOne === undefined ? undefined : truthWord(isOne);
    },
  );
