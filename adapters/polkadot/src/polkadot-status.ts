import { encodeHex } from "@dragoman/bytes";
import type { SignedTransaction, TransactionStatus } from "@dragoman/chain";
import { evmMarketError } from "@dragoman/protocol";
import { accountOf } from "./account-address.ts";
import { callContract } from "./contract-call.ts";
import type { NodeBlock, PolkadotNode } from "./polkadot-node.ts";

const UNKNOWN: TransactionStatus = { state: "unknown" };

/** What has become of a transaction: its block is found by the sender's number, which it raised. */
export async function polkadotStatus(
  node: PolkadotNode,
  signed: SignedTransaction,
): Promise<TransactionStatus> {
  const { id, bytes, sender, validUntil } = signed;
  const account = accountOf(sender);
  const number = Number(signed.nonce);
  const [head, final] = await Promise.all([
    node.headHash().then((hash) => node.refOf(hash)),
    node.finalizedHash().then((hash) => node.refOf(hash)),
  ]);
  if ((await node.nonceAt(account, head.hash)) > number) {
    const height = await heightOfNonce(node, account, number, head.height);
    const block = height === undefined ? undefined : await node.block(height);
    if (block === undefined) return UNKNOWN;
    const index = block.extrinsics.findIndex(({ hash }) => hash === id);
    if (index >= 0) return await placedStatus(node, block, index, account, final.height);
    if (block.ref.height > final.height) return UNKNOWN;
    return { state: "expired", reason: `nonce ${number} has been used by another transaction` };
  }
  const pending = await node.ask<string[]>("author_pendingExtrinsics");
  if (pending.includes(encodeHex(bytes))) return { state: "pending" };
  if (validUntil !== undefined && "height" in validUntil && final.height >= validUntil.height) {
    return { state: "expired", reason: `it was valid until block ${validUntil.height}` };
  }
  return UNKNOWN;
}

/** Height of the block that took the account's transaction of this number; undefined if the chain changes meanwhile. */
async function heightOfNonce(
  node: PolkadotNode,
  account: Uint8Array,
  number: number,
  head: number,
): Promise<number | undefined> {
  let isGone = false;
  const isBefore = async (height: number): Promise<boolean> => {
    const hash = await node.hashAt(height);
    if (hash === undefined) isGone = true;
    return hash !== undefined && (await node.nonceAt(account, hash)) <= number;
  };
  let after = head;
  let before = 0;
  for (let step = 1; after - step > 0; step *= 2) {
    if (await isBefore(after - step)) {
      before = after - step;
      break;
    }
    after -= step;
  }
  while (after - before > 1) {
    const middle = (after + before) >> 1;
    if (await isBefore(middle)) before = middle;
    else after = middle;
  }
  return isGone ? undefined : after;
}

async function placedStatus(
  node: PolkadotNode,
  { ref, extrinsics, events }: NodeBlock,
  index: number,
  origin: Uint8Array,
  finalHeight: number,
): Promise<TransactionStatus> {
  const place = {
    block: ref,
    finality: ref.height <= finalHeight ? "FINAL" : "LATEST",
  } as const;
  const { system } = node.api.events;
  for (const { phase, event } of events) {
    if (!phase.isApplyExtrinsic || phase.asApplyExtrinsic.toNumber() !== index) continue;
    if (!system!.ExtrinsicFailed!.is(event)) continue;
    const [error] = event.data as unknown as [Parameters<PolkadotNode["describe"]>[0]];
    const marketError = await replay(node, extrinsics[index]!.bytes, origin, ref);
    return {
      state: "failed",
      ...place,
      reason: marketError === undefined ? node.describe(error) : `market error ${marketError}`,
      ...(marketError === undefined ? {} : { marketError }),
    };
  }
  return { state: "included", ...place };
}

/** The market's error of a failed call, by running it again on the block's state and its parent's: events do not say it. */
async function replay(
  node: PolkadotNode,
  bytes: string,
  origin: Uint8Array,
  block: NodeBlock["ref"],
): Promise<number | undefined> {
  const { method } = node.api.registry.createType("Extrinsic", bytes);
  if (method.section !== "revive" || method.method !== "call") return undefined;
  const [dest, , , , data] = method.args;
  for (const at of [block.hash, block.parentHash]) {
    const call = { origin, dest: dest!.toHex(), data: Uint8Array.from(data!.toU8a(true)), at };
    const answer = await callContract(node, call);
    if (!answer.ok) return evmMarketError(answer.output);
  }
  return undefined;
}
