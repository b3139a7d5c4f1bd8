import type { BlockRef } from "@dragoman/chain";

/** A mined block's reference. */
export function refOf(block: {
  readonly number: bigint | null;
  readonly hash: string | null;
  readonly parentHash: string;
  readonly timestamp: bigint;
}): BlockRef {
  return {
    height: Number(block.number),
    hash: block.hash ?? "",
    parentHash: block.parentHash,
    timestamp: Number(block.timestamp),
  };
}
