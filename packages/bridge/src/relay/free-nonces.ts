import type { LaneTransaction } from "../transfer.ts";

/**
 * Nonces that a sender may use next, ascending without end. `included` and `pending` are the chain's next ones, possibly of a node that lags;
 * `floor` is one more than the highest that is known to be used for good. Left out are those of own transactions that have not ended, and those
 * that wait in the node's pool though they are not own; but a gap below an own one is filled first, or that one would never be included.
 */
export function* freeNonces(
  { included, pending }: { readonly included: bigint; readonly pending: bigint },
  floor: bigint,
  open: readonly LaneTransaction[],
  sender: string,
): Generator<bigint, never> {
  const own = new Set<bigint>();
  let highest = -1n;
  for (const { signed } of open) {
    if (signed.sender !== sender || signed.nonce === undefined) continue;
    own.add(signed.nonce);
    if (signed.nonce > highest) highest = signed.nonce;
  }
  for (let nonce = included > floor ? included : floor; ; nonce += 1n) {
    if (!own.has(nonce) && (nonce >= pending || nonce < highest)) yield nonce;
  }
}
