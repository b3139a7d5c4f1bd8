import { assert } from "@dragoman/fault";
import type { Lease, OutboxWrite } from "../outbox/outbox.ts";
import type { RelayChain } from "../relay-chain.ts";
import { type LaneTransaction, laneOf, type Transfer, transferName } from "../transfer.ts";
import { broadcast } from "./broadcast.ts";
import { judgeStatus, type Verdict } from "./judge-status.ts";
import type { RelayerWorld } from "./relayer-world.ts";
import { afterRefusal, againNow } from "./schedule.ts";
import type { Tuning } from "./tuning.ts";

/** Number of the market's error of a packet that was received, or refunded, already. */
export const ALREADY_RECEIVED = 13;

/** Asks the chain about the lane's open transactions: sends again what it does not know, ends what is final. */
export async function watchTransactions(
  world: RelayerWorld,
  chain: RelayChain,
  lease: Lease,
  open: readonly LaneTransaction[],
  tuning: Tuning,
): Promise<void> {
  const verdicts = await Promise.all(
    open.map(async (transaction): Promise<Verdict> => {
      // A node that does not answer says nothing about the others.
      try {
        return judgeStatus(await chain.status(transaction.signed));
      } catch (error) {
        world.note({ what: "failed", where: chain.id, detail: `${error}` });
        return { kind: "wait" };
      }
    }),
  );
  for (const [i, verdict] of verdicts.entries()) {
    const transaction = open[i]!;
    if (verdict.kind === "broadcast") await broadcast(world, chain, transaction);
    if (verdict.kind === "close") {
      await closeTransaction(world, chain, lease, transaction, verdict, tuning);
    }
  }
}

async function closeTransaction(
  world: RelayerWorld,
  chain: RelayChain,
  lease: Lease,
  transaction: LaneTransaction,
  verdict: Extract<Verdict, { kind: "close" }>,
  tuning: Tuning,
): Promise<void> {
  const { lane, signed, purpose } = transaction;
  const transfer = await world.outbox.transfer(transaction);
  assert(transfer !== undefined, "a transaction is signed for a transfer of the outbox");
  const next = await nextWrite(world, chain, transfer, purpose, verdict, tuning);
  const close: OutboxWrite = { kind: "close", lane, id: signed.id, end: verdict.end };
  await world.outbox.commit(lease, next === undefined ? [close] : [close, next]);
  noteEnd(world, chain, transfer, verdict, next);
}

/** What the end of a transaction means for its transfer; undefined if nothing: it has been turned back or has ended meanwhile. */
async function nextWrite(
  world: RelayerWorld,
  chain: RelayChain,
  transfer: Transfer,
  purpose: LaneTransaction["purpose"],
  { end, marketError, reason }: Extract<Verdict, { kind: "close" }>,
  tuning: Tuning,
): Promise<OutboxWrite | undefined> {
  if (end === "included" && purpose !== "prepare") {
    const phase = purpose === "import" ? "received" : "refunded";
    return { kind: "ended", transfer: { ...transfer, phase } };
  }
  if (laneOf(transfer) !== chain.domain) return undefined;
  if (end !== "failed") return againNow(transfer, reason, world.now());
  if (purpose === "import" && marketError === ALREADY_RECEIVED) {
    if (await isReceived(chain, transfer)) {
      return { kind: "ended", transfer: { ...transfer, phase: "received" } };
    }
  }
  const moment = { now: world.now(), random: world.random() };
  return afterRefusal(transfer, reason, moment, tuning);
}

/** Whether the packet was received, beyond reorganisation. */
export const isReceived = async (chain: RelayChain, transfer: Transfer): Promise<boolean> =>
  (await chain.received(transfer.source, transfer.sequence)).received;

/** Ends of transfers are told when their events are followed, once for each, whoever brought them about. */
function noteEnd(
  world: RelayerWorld,
  { id }: RelayChain,
  transfer: Transfer,
  { end, reason }: Extract<Verdict, { kind: "close" }>,
  next: OutboxWrite | undefined,
): void {
  const base = { where: id, transfer: transferName(transfer), detail: reason };
  if (end === "expired") world.note({ ...base, what: "expired" });
  else if (next?.kind === "schedule") {
    world.note({ ...base, what: next.hold === "dead" ? "dead" : "waiting" });
  }
}
