import { encodeHex } from "@dragoman/bytes";
import type { SubstrateLedger } from "@dragoman/ledger-substrate";

/**
 * Follows an extrinsic from the pool to its final block, as `author_extrinsicUpdate` tells of it: ready, future, inBlock, retracted, finalized,
 * invalid, usurped. The result ends it.
 */
export function watchExtrinsic(
  ledger: SubstrateLedger,
  hash: Uint8Array,
  send: (status: unknown) => void,
): () => void {
  const name = encodeHex(hash);
  let isOver = false;
  const end = (): void => {
    isOver = true;
    endPool();
    endBlocks();
  };
  const settle = (status: unknown): void => {
    send(status);
    end();
  };
  const look = (): void => {
    const placed = ledger.find(hash);
    if (placed === undefined || placed.block.height > ledger.blocks.finalized.height) return;
    settle({ finalized: encodeHex(placed.block.hash) });
  };
  const endPool = ledger.pool.subscribe((event) => {
    if (isOver || encodeHex(event.hash) !== name) return;
    if (event.kind === "ready" || event.kind === "future") send(event.kind);
    else if (event.kind === "usurped") settle({ usurped: encodeHex(event.by!) });
    else settle(event.kind);
  });
  const endBlocks = ledger.blocks.subscribe((event) => {
    if (isOver) return;
    if (event.kind === "reorg") {
      const lost = event.removed.find(({ extrinsics }) =>
        extrinsics.some((extrinsic) => encodeHex(extrinsic.hash) === name),
      );
      if (lost !== undefined) send({ retracted: encodeHex(lost.hash) });
      return;
    }
    const isHere = event.block.extrinsics.some((extrinsic) => encodeHex(extrinsic.hash) === name);
    if (isHere) send({ inBlock: encodeHex(event.block.hash) });
    look();
  });
  return end;
}
