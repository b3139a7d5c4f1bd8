import type { RelayChain } from "../relay-chain.ts";
import { type LaneTransaction, transferName } from "../transfer.ts";
import type { RelayerWorld } from "./relayer-world.ts";

/** Sends stored bytes. A node that refuses them or does not answer is asked again by the next pass: the bytes stay as they are. */
export async function broadcast(
  world: RelayerWorld,
  chain: RelayChain,
  transaction: LaneTransaction,
): Promise<void> {
  const transfer = transferName(transaction);
  try {
    await chain.submit(transaction.signed);
    world.note({ what: "broadcast", where: chain.id, transfer, detail: transaction.signed.id });
  } catch (error) {
    const detail = error instanceof Error ? error.message : `${error}`;
    world.note({ what: "failed", where: chain.id, transfer, detail });
  }
}
