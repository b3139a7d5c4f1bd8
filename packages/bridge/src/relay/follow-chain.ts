import { readFinalBlocks } from "../final-blocks.ts";
import type { Lease, OutboxWrite } from "../outbox/outbox.ts";
import type { RelayChain } from "../relay-chain.ts";
import { transferName } from "../transfer.ts";
import { deriveWrites } from "./derive-writes.ts";
import type { RelayerWorld } from "./relayer-world.ts";
import { turnedBack } from "./schedule.ts";
import type { Tuning } from "./tuning.ts";

const LATE_MAX = 100;

/**
 * Takes over what new final blocks of a chain say, together with how far it got; then turns back what the chain can no longer receive. True if
 * there is more at once.
 */
export async function followChain(
  world: RelayerWorld,
  chain: RelayChain,
  lease: Lease,
  tuning: Tuning,
): Promise<boolean> {
  const { outbox } = world;
  const cursor = await outbox.cursor(chain.domain);
  if (cursor?.halted !== undefined) return false;
  const { startHeight, blocksPerPass } = tuning;
  const found = await readFinalBlocks(chain, cursor?.block, startHeight, blocksPerPass);
  if (found.kind === "broken" && cursor !== undefined) {
    const { height, hash } = found.expected;
    const halted = `final block ${height} was ${hash} and is ${found.found.hash}`;
    await outbox.commit(lease, [{ kind: "cursor", cursor: { ...cursor, halted } }]);
    world.note({ what: "halted", where: chain.id, detail: halted });
    return false;
  }
  const blocks = found.kind === "blocks" ? found.blocks : [];
  const known = new Set(world.ends.map((end) => end.chain.domain));
  const writes = blocks.flatMap((block) => deriveWrites(chain.domain, block, world.now(), known));
  const block = blocks[blocks.length - 1]?.ref ?? cursor?.block;
  if (block === undefined) return false;
  if (blocks.length > 0) {
    const step: OutboxWrite = { kind: "cursor", cursor: { domain: chain.domain, block } };
    await outbox.commit(lease, [...writes, step]);
    noteEvents(world, chain, writes);
  }
  await turnBack(world, chain, lease, block.timestamp);
  return blocks.length >= blocksPerPass;
}

function noteEvents(world: RelayerWorld, { id }: RelayChain, writes: readonly OutboxWrite[]): void {
  for (const write of writes) {
    if (write.kind !== "sent" && write.kind !== "ended") continue;
    const { transfer } = write;
    const isRefund = transfer.phase === "refunded";
    const what = write.kind === "sent" ? "sent" : isRefund ? "refunded" : "received";
    world.note({ what, where: id, transfer: transferName(transfer) });
  }
}

/** All final blocks up to `timestamp` have been taken over, so what was not received by then never will be. */
async function turnBack(
  world: RelayerWorld,
  chain: RelayChain,
  lease: Lease,
  timestamp: number,
): Promise<void> {
  const late = await world.outbox.late(chain.domain, timestamp, LATE_MAX);
  if (late.length === 0) return;
  const reason = `not received by ${timestamp}`;
  await world.outbox.commit(
    lease,
    late.map((transfer) => turnedBack(transfer, reason, world.now())),
  );
  for (const transfer of late) {
    world.note({ what: "late", where: chain.id, transfer: transferName(transfer) });
  }
}
