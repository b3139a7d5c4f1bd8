import { encodeHex } from "@dragoman/bytes";
import { precompileInput } from "./precompile-inputs.ts";
import type { Random } from "./random.ts";

/** Precompiles of Osaka. */
const CHEAP = [1n, 2n, 3n, 4n, 5n, 6n, 7n, 9n, 0xbn, 0xdn, 0x100n];
/** An oracle takes tens of milliseconds for one of these. */
const SLOW = [8n, 0xan, 0xcn, 0xen, 0xfn, 0x10n, 0x11n];

/**
 * Assembly text that writes an input to memory from 0 on and calls a precompile with it; leaves the word 0 or 1. Results lie where the
 * input was.
 */
export function precompileCallText(random: Random): string {
  const address = random.pick(random.chance(94) ? CHEAP : SLOW);
  const input = precompileInput(random, address).slice(0, INPUT_MAX);
  const writes: string[] = [];
  for (let at = 0; at < input.length; at += 32) {
    const word = new Uint8Array(32);
    word.set(input.subarray(at, at + 32));
    writes.push(`push32 ${encodeHex(word)} push ${at} mstore`);
  }
  const gas = random.chance(80) ? 150_000 : random.below(8_000);
  const call = random.pick(["staticcall", "staticcall", "call", "delegatecall", "callcode"]);
  const value = call === "call" || call === "callcode" ? `push ${random.below(2)}` : "";
  const output = `push ${random.below(130)} push ${random.below(64)}`;
  return `${writes.join(" ")} ${output} push ${input.length} push 0 ${value} push ${address} push ${gas} ${call}`;
}

/** Bytes of input that are written out as instructions. */
const INPUT_MAX = 800;
