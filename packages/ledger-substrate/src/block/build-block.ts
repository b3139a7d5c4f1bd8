import { encodeHex } from "@dragoman/bytes";
import { checkExtrinsic, type KnownSignatures } from "../extrinsic/check-extrinsic.ts";
import { type Extrinsic, inherent } from "../extrinsic/extrinsic.ts";
import type { ValidityError } from "../extrinsic/transaction-validity.ts";
import {
  BASE_EXTRINSIC_WEIGHT,
  BLOCK_HASH_COUNT,
  MAX_BLOCK_LENGTH,
  MAX_BLOCK_WEIGHT,
} from "../runtime/parameters.ts";
import { addChanges, stateRoot } from "../storage/state-root.ts";
import type { ReadStorage } from "../storage/storage.ts";
import { applyExtrinsic, type ExtrinsicOutcome } from "./apply-extrinsic.ts";
import { weightOf } from "./dispatch.ts";
import { Execution } from "./execution.ts";
import { digestOf, extrinsicsRoot, hashHeader, type SubstrateBlock } from "./substrate-block.ts";

export interface BlockRecipe {
  readonly parent: SubstrateBlock;
  readonly genesisHash: Uint8Array;
  readonly timestamp: number;
  readonly salt: number;
  /** Candidates; an extrinsic may stand behind one that it has to follow. */
  readonly candidates: readonly Extrinsic[];
  /** Raw storage that is written by decree, before the candidates run. */
  readonly decrees: readonly (readonly [key: Uint8Array, value: Uint8Array | undefined])[];
}

export interface BuiltBlock {
  readonly block: SubstrateBlock;
  /** Candidates that can never be in a block on this one. */
  readonly refused: readonly { readonly extrinsic: Extrinsic; readonly why: ValidityError }[];
}

/** An execution at the beginning of the block that follows `parent`: what its extrinsics are checked on. */
export function openBlock(
  below: ReadStorage,
  parent: SubstrateBlock,
  timestamp: number,
): Execution {
  const number = parent.height + 1;
  const execution = new Execution(below, { number, parentHash: parent.hash, timestamp });
  const { storage } = execution;
  storage.put("System", "Number", [], number);
  storage.put("System", "ParentHash", [], parent.hash);
  storage.put("System", "BlockHash", [parent.height], parent.hash);
  if (parent.height >= BLOCK_HASH_COUNT) {
    storage.put("System", "BlockHash", [parent.height - BLOCK_HASH_COUNT], undefined);
  }
  return execution;
}

/** Makes the block of those candidates that can be in it, as one pass of what is left after another allows. */
export function buildBlock(
  below: ReadStorage,
  recipe: BlockRecipe,
  known: KnownSignatures,
): BuiltBlock {
  const { parent, timestamp, salt, genesisHash } = recipe;
  const execution = openBlock(below, parent, timestamp);
  const digest = digestOf(timestamp, salt);
  execution.storage.put("System", "Digest", [], digest);
  const first = inherent({
    type: "Timestamp",
    value: [{ type: "set", value: { now: BigInt(timestamp) * 1000n } }],
  });
  const extrinsics = [first];
  const outcomes: ExtrinsicOutcome[] = [applyExtrinsic(execution, first, 0)];
  for (const [key, value] of recipe.decrees) execution.storage.writeRaw(key, value);
  const refused: { extrinsic: Extrinsic; why: ValidityError }[] = [];
  const room = new BlockRoom();
  let left = recipe.candidates;
  for (let progress = true; progress; ) {
    progress = false;
    left = left.filter((extrinsic) => {
      const why = checkExtrinsic(execution, extrinsic, genesisHash, known);
      if (why === "Future") return true;
      if (why !== undefined) {
        refused.push({ extrinsic, why });
        return false;
      }
      if (!room.take(extrinsic)) return true;
      outcomes.push(applyExtrinsic(execution, extrinsic, extrinsics.length));
      extrinsics.push(extrinsic);
      progress = true;
      return false;
    });
  }
  const { storage } = execution;
  const none = { ref_time: 0n, proof_size: 0n };
  const used = { ref_time: room.weight, proof_size: 0n };
  storage.put("System", "BlockWeight", [], { normal: used, operational: none, mandatory: none });
  const changes = execution.seal();
  const stateSum = addChanges(parent.stateSum, changes);
  const header = {
    parent_hash: parent.hash,
    number: parent.height + 1,
    state_root: stateRoot(stateSum),
    extrinsics_root: extrinsicsRoot(extrinsics),
    digest,
  };
  const block: SubstrateBlock = {
    height: header.number,
    hash: hashHeader(header),
    parentHash: parent.hash,
    timestamp,
    header,
    extrinsics,
    outcomes,
    events: execution.events,
    changes: new Map(changes.map((change) => [encodeHex(change.key), change])),
    stateSum,
  };
  return { block, refused };
}

/** Weight and length that a block has left. */
class BlockRoom {
  weight = 0n;
  #length = 0;

  /** Takes the extrinsic's part, if it fits. A block of one extrinsic takes any that is valid. */
  take({ call, bytes }: Extrinsic): boolean {
    const weight = this.weight + weightOf(call) + BASE_EXTRINSIC_WEIGHT;
    const length = this.#length + bytes.length;
    const fits = weight <= MAX_BLOCK_WEIGHT && length <= MAX_BLOCK_LENGTH;
    if (!fits && this.weight > 0n) return false;
    this.weight = weight;
    this.#length = length;
    return true;
  }
}
