import { assert } from "@dragoman/fault";
import type { LedgerBlock } from "./block.ts";
import type { BlockChain, ChainSnapshot } from "./block-chain.ts";
import type { LedgerInput } from "./ledger.ts";

/** Which input made each block of a ledger, so that going back to a snapshot can be told in inputs: a log has no snapshots. */
export class BlockOrigins<B extends LedgerBlock> {
  readonly #inputs = new WeakMap<B, LedgerInput>();

  record(block: B, input: LedgerInput): void {
    this.#inputs.set(block, input);
  }

  /** Inputs that lead from the chain as it is to a snapshot of it: blocks undone, final ones too, and blocks made again. */
  inputsTo(blocks: BlockChain<B>, snapshot: ChainSnapshot<B>): readonly LedgerInput[] {
    const now = [...blocks.blocks()];
    const then = snapshot.links.map(({ block }) => block);
    let common = 0;
    while (common < now.length && now[common] === then[common]) common++;
    const depth = now.length - common;
    const made = then.slice(common).map((block) => {
      const input = this.#inputs.get(block);
      assert(input !== undefined, "a block behind the genesis was made by an input");
      return input;
    });
    return depth > 0 ? [{ kind: "reorg", depth }, ...made] : made;
  }
}
