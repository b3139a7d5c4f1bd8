import { encodeHex } from "@dragoman/bytes";
import { ripemd160, sha256 } from "@dragoman/crypto";
import type { Machine } from "../program.ts";
import type { Rules } from "../schedule/patches.ts";
import { PRECOMPILE_MAX, type PrecompileName } from "../schedule/precompiles.ts";
import type { Schedule } from "../schedule/schedule.ts";
import { blake2 } from "./blake2.ts";
import {
  blsG1Add,
  blsG1Sum,
  blsG2Add,
  blsG2Sum,
  blsMapG1,
  blsMapG2,
  blsPairing,
} from "./bls12-381.ts";
import { bn254Add, bn254Multiply, bn254Pairing } from "./bn254.ts";
import { runModexp } from "./modexp.ts";
import { p256Verify } from "./p256-verify.ts";
import { pointEvaluation } from "./point-evaluation.ts";
import type { ComputedPrecompile, Precompile } from "./precompile.ts";
import { priced } from "./priced.ts";
import { recover } from "./recover.ts";

/** Precompiles by address: 40 lower-case hex digits. */
export type PrecompileTable = ReadonlyMap<string, Precompile>;

const words = (length: number): number => Math.ceil(length / 32);

function leftPadded(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(32);
  padded.set(bytes, 32 - bytes.length);
  return padded;
}

const ecrecover = priced(() => 3000, recover);
const sha256Priced = priced((input) => 60 + 12 * words(input.length), sha256);
const ripemd160Padded = priced(
  (input) => 600 + 120 * words(input.length),
  (input) => leftPadded(ripemd160(input)),
);
const identity = priced(
  (input) => 15 + 3 * words(input.length),
  (input) => input,
);

/** How each precompile is made for the rules of a fork. */
const PRECOMPILE_BY_NAME: Record<PrecompileName, (rules: Rules) => ComputedPrecompile> = {
  ecrecover: () => ecrecover,
  sha256: () => sha256Priced,
  ripemd160: () => ripemd160Padded,
  identity: () => identity,
  modexp: ({ modexp }) => ({
    kind: "computed",
    run: (input, gas) => runModexp(input, gas, modexp),
  }),
  bn254Add,
  bn254Multiply,
  bn254Pairing,
  blake2f: () => blake2,
  pointEvaluation: () => pointEvaluation,
  blsG1Add: () => blsG1Add,
  blsG1Sum: () => blsG1Sum,
  blsG2Add: () => blsG2Add,
  blsG2Sum: () => blsG2Sum,
  blsPairing: () => blsPairing,
  blsMapG1: () => blsMapG1,
  blsMapG2: () => blsMapG2,
  p256Verify: () => p256Verify,
};

/** The precompiles of a fork by address. */
export function precompilesOf(schedule: Schedule): ReadonlyMap<number, ComputedPrecompile> {
  const { precompiles, rules } = schedule;
  return new Map(
    [...precompiles].map(([address, name]) => [address, PRECOMPILE_BY_NAME[name](rules)]),
  );
}

/** The precompile at an address in the machine's fork, if there is one. */
export function findPrecompile(machine: Machine, address: Uint8Array): Precompile | undefined {
  const number = smallNumber(address);
  const found = number <= PRECOMPILE_MAX ? machine.precompiles.get(number) : undefined;
  if (found !== undefined || machine.extraPrecompiles.size === 0) return found;
  return machine.extraPrecompiles.get(encodeHex(address).slice(2));
}

/** The address as a number if it is below 65,536, else 0, which is no precompile's. */
function smallNumber(address: Uint8Array): number {
  for (let i = 0; i < 18; i++) if (address[i] !== 0) return 0;
  return (address[18] << 8) | address[19];
}
