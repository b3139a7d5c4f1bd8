import { option } from "./scale/compounds.ts";
import { BYTES, sequence, tuple } from "./scale/sequences.ts";
import { decode, encode, type Value } from "./scale/shape.ts";

const DECREE = sequence(tuple(BYTES, option(BYTES)));

/** Raw storage entries that a developer sets; undefined removes. */
export type SubstrateDecree = Value<typeof DECREE>;

export const encodeDecree = (decree: SubstrateDecree): Uint8Array => encode(DECREE, decree);

/** Throws a FaultError if the bytes are no decree. */
export const decodeDecree = (bytes: Uint8Array): SubstrateDecree => decode(DECREE, bytes);
