import type { BlockRef, FollowedBlock } from "@dragoman/chain";
import type { AttestedChain } from "./relay-chain.ts";

/** What {@link readFinalBlocks} found. */
export type FinalBlocks =
  | { readonly kind: "blocks"; readonly blocks: readonly FollowedBlock[] }
  /** A node answers from behind: nothing can be said now. */
  | { readonly kind: "behind" }
  /** The chain has another block where a final one was. */
  | { readonly kind: "broken"; readonly expected: BlockRef; readonly found: BlockRef };

/**
 * Final blocks that follow `after` (from `start` if undefined), oldest first, at most `limit`.
 *
 * A node may answer one call from behind the other (a balancer before several nodes), so what it says of a height is believed only when hashes
 * lead from it to the final block, or `finalityDepth` blocks stand on it.
 */
export async function readFinalBlocks(
  chain: AttestedChain,
  after: BlockRef | undefined,
  start: number,
  limit: number,
): Promise<FinalBlocks> {
  const final = await chain.finalized();
  const blocks: FollowedBlock[] = [];
  let last = after;
  const most = limit + chain.finalityDepth;
  const first = after === undefined ? start : after.height + 1;
  for (let height = first; height <= final.height && blocks.length < most; ) {
    const block = await chain.block(height);
    if (block === undefined) {
      height = await heightBehind(chain, height);
      continue;
    }
    height++;
    if (last !== undefined && block.ref.parentHash !== last.hash) {
      return blocks.length === 0 && after !== undefined
        ? await compareWithChain(chain, after)
        : { kind: "behind" };
    }
    blocks.push(block);
    last = block.ref;
  }
  if (last?.hash === final.hash) return { kind: "blocks", blocks };
  if (after !== undefined && after.height === final.height) return compareWithChain(chain, after);
  const count = blocks.length - chain.finalityDepth;
  return count <= 0 ? { kind: "behind" } : { kind: "blocks", blocks: blocks.slice(0, count) };
}

/** A node from behind may still be on a branch that was given up: only a block that is final itself contradicts a final one. */
async function compareWithChain(chain: AttestedChain, expected: BlockRef): Promise<FinalBlocks> {
  const found = await chain.block(expected.height);
  if (found === undefined || found.ref.hash === expected.hash) return { kind: "behind" };
  const isBroken = await isFinalBlock(chain, found.ref);
  return isBroken ? { kind: "broken", expected, found: found.ref } : { kind: "behind" };
}

/** Whether a block that a node gave is beyond reorganisation: hashes lead to the final block, or enough blocks stand on it. */
export async function isFinalBlock(chain: AttestedChain, ref: BlockRef): Promise<boolean> {
  const final = await chain.finalized();
  let last = ref;
  let above = 0;
  for (let height = ref.height + 1; height <= final.height; ) {
    if (above >= chain.finalityDepth) return true;
    const block = await chain.block(height);
    if (block === undefined) {
      height = await heightBehind(chain, height);
      continue;
    }
    height++;
    if (block.ref.parentHash !== last.hash) return false;
    last = block.ref;
    above += 1;
  }
  return last.hash === final.hash || above >= chain.finalityDepth;
}

/** The height to go on with behind `height`, where no block was found. */
async function heightBehind(chain: AttestedChain, height: number): Promise<number> {
  if (chain.nextHeight === undefined) return height + 1;
  return (await chain.nextHeight(height + 1)) ?? Infinity;
}
