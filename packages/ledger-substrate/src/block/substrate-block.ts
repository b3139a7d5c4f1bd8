import { ByteWriter } from "@dragoman/bytes";
import type { CellChange } from "@dragoman/core";
import type { LedgerBlock } from "@dragoman/ledger";
import type { Extrinsic } from "../extrinsic/extrinsic.ts";
import { H256, HEADER, type Header } from "../runtime/primitives.ts";
import type { EventRecord } from "../runtime/runtime.ts";
import { sequence } from "../scale/sequences.ts";
import { encode } from "../scale/shape.ts";
import { blake2b256 } from "../storage/blake2.ts";
import type { StateSum } from "../storage/state-root.ts";
import type { ExtrinsicOutcome } from "./apply-extrinsic.ts";

export interface SubstrateBlock extends LedgerBlock {
  readonly header: Header;
  /** The timestamp's inherent first. */
  readonly extrinsics: readonly Extrinsic[];
  /** One for each extrinsic. */
  readonly outcomes: readonly ExtrinsicOutcome[];
  readonly events: readonly EventRecord[];
  /** What the block changed, by storage key in hex. */
  readonly changes: ReadonlyMap<string, CellChange>;
  readonly stateSum: StateSum;
}

/** Engine identifier of our digest item. */
const ENGINE = new TextEncoder().encode("drgm");

/** The digest: time in seconds as u64 and salt as u32, in an item of our own. */
export function digestOf(timestamp: number, salt: number): Header["digest"] {
  const writer = new ByteWriter();
  writer.u64(BigInt(timestamp));
  writer.u32(salt);
  return { logs: [{ type: "PreRuntime", value: [ENGINE, writer.finish()] }] };
}

const HASHES = sequence(H256);

/** blake2b-256 over the SCALE vector of extrinsic hashes; Substrate has the root of a trie here. */
export const extrinsicsRoot = (extrinsics: readonly Extrinsic[]): Uint8Array =>
  blake2b256(
    encode(
      HASHES,
      extrinsics.map(({ hash }) => hash),
    ),
  );

export const hashHeader = (header: Header): Uint8Array => blake2b256(encode(HEADER, header));
