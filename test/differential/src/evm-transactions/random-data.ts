import { assemble } from "@dragoman/frontend-evm/asm";
import { generateProgram } from "../evm/generate.ts";
import { precompileInput } from "../evm/precompile-inputs.ts";
import type { Random } from "../evm/random.ts";
import { GENESIS_NUMBER, GENESIS_TIMESTAMP } from "./block-case.ts";

import { PRECOMPILES, TARGETS } from "./random-world.ts";
import { SCRIPTED_CONTRACTS, type ScriptName } from "./scripted-contracts.ts";

const join = (parts: readonly Uint8Array[]): Uint8Array => new Uint8Array(Buffer.concat(parts));
const word = (value: bigint): Uint8Array =>
  new Uint8Array(Buffer.from(value.toString(16).padStart(64, "0"), "hex"));
const words = (random: Random, most: number, make: () => bigint): Uint8Array =>
  join(Array.from({ length: random.below(most + 1) }, () => word(make())));

/** Input for one of the scripted contracts. */
export function scriptInput(random: Random, script: ScriptName): Uint8Array {
  switch (script) {
    case "PRECOMPILE_CALLER": {
      const address = random.pick(PRECOMPILES);
      const gas = random.chance(70) ? 400_000 : random.below(12_000);
      return join([word(address), word(BigInt(gas)), precompileInput(random, address)]);
    }
    case "PROBE":
      return words(random, 5, () => random.pick(TARGETS));
    case "CALLER":
      return callerInput(random);
    case "STORER":
      return words(random, 12, () =>
        random.chance(20) ? (1n << 255n) + BigInt(random.below(3)) : BigInt(random.below(3)),
      );
    case "FACTORY":
      return join([word(BigInt(random.below(3))), initcode(random)]);
    case "PROXY":
      return join([word(random.pick(TARGETS)), random.bytes(random.below(80))]);
    case "BLOCK_READER":
      return words(random, 4, () =>
        BigInt(random.chance(50) ? GENESIS_NUMBER - 2 + random.below(6) : random.below(4)),
      );
    case "SYSTEM_READER":
      return systemInput(random);
  }
}

/** A call of a call of a call: each level is a CALLER or the script that it ends at. */
function callerInput(random: Random): Uint8Array {
  const isNested = random.chance(40);
  const script = random.pick(Object.keys(SCRIPTED_CONTRACTS) as ScriptName[]);
  const to = isNested ? SCRIPTED_CONTRACTS[script].address : random.pick(TARGETS);
  const input = isNested ? scriptInput(random, script) : random.bytes(random.below(70));
  const gas = random.chance(70) ? 150_000n : BigInt(random.below(30_000));
  const value = random.chance(70) ? 0n : BigInt(random.below(8));
  return join([word(BigInt(random.below(4))), word(to), word(gas), word(value), input]);
}

/** Kind, then what to ask: a block's number, a time, or a request with its fields. */
function systemInput(random: Random): Uint8Array {
  const kind = random.below(4);
  const near = (middle: number): bigint => BigInt(middle - 3 + random.below(10));
  const value = random.chance(60) ? 1n : BigInt(random.below(3));
  const tail = [
    () => word(random.chance(80) ? near(GENESIS_NUMBER) : BigInt(random.below(20_000))),
    () => word(random.chance(80) ? near(GENESIS_TIMESTAMP + 12) : 0n),
    () => random.bytes(random.chance(80) ? 56 : random.below(60)),
    () => random.bytes(random.chance(80) ? 96 : random.below(100)),
  ][kind] as () => Uint8Array;
  return join([word(BigInt(kind)), word(value), random.chance(5) ? new Uint8Array(0) : tail()]);
}

/** Initcode: returns code, a random program, a delegation, too much; reverts, or destroys itself. */
export function initcode(random: Random): Uint8Array {
  const kind = random.below(14);
  const simple = SIMPLE_INITCODES[kind];
  if (simple !== undefined) return simple;
  const { code } = generateProgram(random, 4 + random.below(25), TARGETS);
  // Half of them run as initcode, half are what is deployed.
  if (random.chance(40) || code.length > 0xffff) return code;
  return join([
    assemble(`push2 ${code.length} dup1 push 13 push 0 codecopy push 0 return stop stop`).subarray(
      0,
      13,
    ),
    code,
  ]);
}

const SIMPLE_INITCODES: readonly Uint8Array[] = [
  "push 5 push 0 return",
  "push 1 push 1 sstore push 32 push 0 return",
  "caller push 0 mstore push 32 push 0 revert",
  "data 0xfe",
  "push 0xef push 0 mstore8 push 1 push 0 return",
  "push 0xef0100 push 232 shl push 0 mstore push 23 push 0 return",
  "push 24576 push 0 return",
  "push 24577 push 0 return",
  "caller selfdestruct",
  "address selfdestruct",
  // deploys `caller selfdestruct` with a slot and a transient slot set
  "push 1 push 1 sstore push 2 push 1 tstore push 0x33ff push 240 shl push 0 mstore push 2 push 0 return",
].map(assemble);
