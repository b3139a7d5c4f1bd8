import { modexp } from "@dragoman/crypto";
import { fromBytesBE, toBytesBE } from "@dragoman/word";
import type { Rules } from "../schedule/patches.ts";
import type { PrecompileResult } from "./precompile.ts";

type Pricing = Rules["modexp"];

/** Largest operand under EIP-7823. */
const OPERAND_MAX = 1024n;

/** MODEXP: three 32-byte lengths, then base, exponent and modulus. */
export function runModexp(
  input: Uint8Array,
  gas: number,
  pricing: Pricing,
): PrecompileResult | undefined {
  if (pricing === "none") return undefined;
  const baseSize = fromBytesBE(slice(input, 0, 32));
  const exponentSize = fromBytesBE(slice(input, 32, 32));
  const modulusSize = fromBytesBE(slice(input, 64, 32));
  if (
    pricing === "eip7883" &&
    (baseSize > OPERAND_MAX || exponentSize > OPERAND_MAX || modulusSize > OPERAND_MAX)
  ) {
    return undefined;
  }
  const headSize = exponentSize < 32n ? Number(exponentSize) : 32;
  const headAt = 96n + baseSize;
  const head =
    headAt < BigInt(input.length) ? fromBytesBE(slice(input, Number(headAt), headSize)) : 0n;
  const cost = price(pricing, baseSize, exponentSize, modulusSize, head);
  if (cost > BigInt(gas)) return undefined;
  if (modulusSize === 0n) return { gas: Number(cost), output: new Uint8Array(0) };
  // What is affordable is small enough for numbers: the price is at least quadratic in the operands, or the exponent's.
  const [b, e, m] = [Number(baseSize), Number(exponentSize), Number(modulusSize)];
  const result = modexp(
    fromBytesBE(slice(input, 96, b)),
    fromBytesBE(slice(input, 96 + b, e)),
    fromBytesBE(slice(input, 96 + b + e, m)),
  );
  return { gas: Number(cost), output: toBytesBE(result, m) };
}

/** Bytes [at, at + length), zero beyond the end of the input. */
function slice(input: Uint8Array, at: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(input.subarray(at, at + length));
  return bytes;
}

function price(
  pricing: Pricing,
  base: bigint,
  exponent: bigint,
  modulus: bigint,
  head: bigint,
): bigint {
  const largest = base > modulus ? base : modulus;
  const headBits = head === 0n ? 0n : BigInt(head.toString(2).length - 1);
  const beyond = exponent > 32n ? exponent - 32n : 0n;
  const words = (largest + 7n) / 8n;
  if (pricing === "eip198") {
    const steps = max(8n * beyond + headBits, 1n);
    return (complexity198(largest) * steps) / 20n;
  }
  if (pricing === "eip2565") {
    const steps = max(8n * beyond + headBits, 1n);
    return max(200n, (words * words * steps) / 3n);
  }
  const steps = max(16n * beyond + headBits, 1n);
  const complexity = largest <= 32n ? 16n : 2n * words * words;
  return max(500n, complexity * steps);
}

function complexity198(size: bigint): bigint {
  if (size <= 64n) return size * size;
  if (size <= 1024n) return (size * size) / 4n + 96n * size - 3072n;
  return (size * size) / 16n + 480n * size - 199680n;
}

const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
