import { encodeHex } from "@dragoman/bytes";
import { ripemd160, sha256 } from "@dragoman/crypto";
import type { Machine } from "../program.ts";
import { blake2 } from "./blake2.ts";
import { runModexp } from "./modexp.ts";
import type { ComputedPrecompile, Precompile, PrecompileResult } from "./precompile.ts";
import { recover } from "./recover.ts";

/** Precompiles by address: 40 lower-case hex digits. */
export type PrecompileTable = ReadonlyMap<string, Precompile>;

const words = (length: number): number => Math.ceil(length / 32);

/** A precompile whose price is known before it runs. */
function computed(
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

function leftPadded(bytes: Uint8Array): Uint8Array {
  const padded = new Uint8Array(32);
  padded.set(bytes, 32 - bytes.length);
  return padded;
}

const ECRECOVER = computed(() => 3000, recover);
const SHA256 = computed((input) => 60 + 12 * words(input.length), sha256);
const RIPEMD160 = computed(
  (input) => 600 + 120 * words(input.length),
  (input) => leftPadded(ripemd160(input)),
);
const IDENTITY = computed(
  (input) => 15 + 3 * words(input.length),
  (input) => input,
);

/** A precompile of the fork that is not implemented: it fails rather than answers wrongly. */
export const UNSUPPORTED: ComputedPrecompile = { kind: "computed", run: () => undefined };

/** The precompile at an address in the machine's fork, if there is one. */
export function findPrecompile(machine: Machine, address: Uint8Array): Precompile | undefined {
  const number = smallNumber(address);
  const { rules } = machine.schedule;
  if (number > 0 && number <= rules.precompiles) {
    switch (number) {
      case 1:
        return ECRECOVER;
      case 2:
        return SHA256;
      case 3:
        return RIPEMD160;
      case 4:
        return IDENTITY;
      case 5:
        return { kind: "computed", run: (input, gas) => runModexp(input, gas, rules.modexp) };
      case 9:
        return blake2;
      default:
        return UNSUPPORTED;
    }
  }
  if (machine.extraPrecompiles.size === 0) return undefined;
  return machine.extraPrecompiles.get(encodeHex(address).slice(2));
}

/** The address as a number if it is below 256, else 0. */
function smallNumber(address: Uint8Array): number {
  for (let i = 0; i < 19; i++) if (address[i] !== 0) return 0;
  return address[19];
}
