import {
  BLOCK_HASHES,
  CONSOLIDATION_REQUESTS,
  WITHDRAWAL_REQUESTS,
} from "../system/system-contracts.ts";
import type { AccessListEntry, EvmTransaction } from "../transaction/evm-transaction.ts";

/** Slots of the ring in which EIP-2935 keeps hashes. */
const HASHES_KEPT = 8191;
/** Slots of the contracts of EIP-7002 and EIP-7251 that every block reads: excess, count, head and tail of the queue. */
const QUEUE_SLOTS = [0, 1, 2, 3];

/** What a transaction or call names beforehand: who sends, who receives, the access list. */
export function transactionAccesses(tx: {
  readonly sender?: Uint8Array | undefined;
  readonly to?: Uint8Array | undefined;
  readonly accessList?: readonly AccessListEntry[];
}): AccessListEntry[] {
  const ends = [tx.sender, tx.to].filter((address) => address !== undefined);
  return [...ends.map((address) => ({ address, slots: [] })), ...(tx.accessList ?? [])];
}

/** What a block reads as far as it is known before: the protocol's contracts, the coinbase, what transactions name. */
export function blockAccesses(
  header: { readonly number: number; readonly coinbase: Uint8Array },
  transactions: readonly EvmTransaction[],
): AccessListEntry[] {
  const queues = [WITHDRAWAL_REQUESTS, CONSOLIDATION_REQUESTS].map(({ address }) => ({
    address,
    slots: QUEUE_SLOTS.map(slotBytes),
  }));
  const hashSlot = slotBytes((header.number - 1) % HASHES_KEPT);
  return [
    { address: BLOCK_HASHES.address, slots: [hashSlot] },
    ...queues,
    { address: header.coinbase, slots: [] },
    ...transactions.flatMap(transactionAccesses),
  ];
}

function slotBytes(slot: number): Uint8Array {
  const bytes = new Uint8Array(32);
  new DataView(bytes.buffer).setUint32(28, slot);
  return bytes;
}
