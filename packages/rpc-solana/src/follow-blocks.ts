import type { SolanaBlock, SvmLedger } from "@dragoman/ledger-svm";
import { blockOf, type Commitment } from "./commitment.ts";

/** Hears every block when it reaches a commitment, in order; the result ends it. */
export function followBlocks(
  ledger: SvmLedger,
  commitment: Commitment,
  listener: (block: SolanaBlock) => void,
): () => void {
  const { blocks } = ledger;
  if (commitment !== "finalized") {
    return blocks.subscribe((event) => {
      if (event.kind === "block") listener(event.block);
    });
  }
  let last = blocks.finalized.height;
  return blocks.subscribe(() => {
    const { height } = blocks.finalized;
    // A snapshot that was restored can lie before what was final.
    last = Math.min(last, height);
    while (last < height) {
      last += 1;
      listener(blocks.at(last)!);
    }
  });
}

/** Hears every change of what is newest at a commitment, reorganisations too. */
export function followHead(
  ledger: SvmLedger,
  commitment: Commitment,
  listener: (block: SolanaBlock) => void,
): () => void {
  let last = blockOf(ledger, commitment);
  return ledger.blocks.subscribe(() => {
    const block = blockOf(ledger, commitment);
    if (block === last) return;
    last = block;
    listener(block);
  });
}
