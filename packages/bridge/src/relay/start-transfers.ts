import { ChainError, type MarketAction } from "@dragoman/chain";
import { assert, Bug } from "@dragoman/fault";
import { collectAttestations } from "../attestation/collect-attestations.ts";
import type { Lease, OutboxWrite } from "../outbox/outbox.ts";
import type { RelayEnd } from "../relay-chain.ts";
import { type LaneTransaction, type Transfer, transferName } from "../transfer.ts";
import { broadcast } from "./broadcast.ts";
import { freeNonces } from "./free-nonces.ts";
import type { RelayerWorld } from "./relayer-world.ts";
import { afterRefusal, afterSilence, type Moment } from "./schedule.ts";
import type { Tuning } from "./tuning.ts";
import { ALREADY_RECEIVED, isReceived } from "./watch-transactions.ts";

/** What became of a due transfer: a transaction to store and send, or a change. */
type Started =
  | { readonly kind: "sign"; readonly transaction: LaneTransaction }
  | Extract<OutboxWrite, { readonly kind: "schedule" | "ended" }>;

type Action = Extract<MarketAction, { readonly type: "importPacket" | "refundPacket" }>;

/**
 * Starts the next step of the lane's due transfers: attestation, a trial run, signature. All signed bytes and the nonces they use are stored in
 * one commit, and only then sent.
 */
export async function startTransfers(
  world: RelayerWorld,
  end: RelayEnd,
  lease: Lease,
  open: readonly LaneTransaction[],
  tuning: Tuning,
): Promise<void> {
  const { chain, signer } = end;
  const room = tuning.inFlightMax - open.length;
  if (room <= 0) return;
  const horizonMs = 2 * tuning.backoffMaxMs;
  const due = await world.outbox.due(chain.domain, world.now(), horizonMs, room);
  if (due.length === 0) return;
  const attested = await Promise.all(due.map((transfer) => attest(world, transfer, tuning)));
  const nonces = await chain.nonces(signer.address);
  const floor = await world.outbox.nonceFloor(chain.domain, signer.address);
  const free = nonces && freeNonces(nonces, floor, open, signer.address);
  let nonce = free?.next().value;
  const started: Started[] = [];
  for (const [i, transfer] of due.entries()) {
    const action = attested[i]!;
    if ("kind" in action) {
      started.push(action);
      continue;
    }
    const next = await startTransfer(world, end, transfer, action, nonce, tuning);
    started.push(next);
    if (next.kind === "sign") nonce = free?.next().value;
  }
  await world.outbox.commit(lease, started);
  for (const write of started) {
    noteStart(world, end, write);
    if (write.kind === "sign") await broadcast(world, chain, write.transaction);
  }
}

/** The action with its signatures, or a wait for them. */
async function attest(
  world: RelayerWorld,
  transfer: Transfer,
  tuning: Tuning,
): Promise<Action | Started> {
  const { phase, packet, sentAt } = transfer;
  assert(sentAt !== undefined, "what is due was seen when it was sent");
  const isImport = phase === "import";
  const purpose = isImport ? "receive" : "refund";
  const request = { purpose, packet, height: sentAt.height } as const;
  const patience = world.sleep(tuning.patienceMs);
  const collected = await collectAttestations(world.quorum, request, patience);
  if (!collected.ok) return afterSilence(transfer, collected.reason, momentOf(world), tuning);
  const { signatures } = collected;
  return { type: isImport ? "importPacket" : "refundPacket", packet, signatures };
}

/** Tries the action on the chain's head, and signs it if the market would take it. */
async function startTransfer(
  world: RelayerWorld,
  { chain, signer }: RelayEnd,
  transfer: Transfer,
  action: Action,
  nonce: bigint | undefined,
  tuning: Tuning,
): Promise<Started> {
  // Whatever is thrown for one transfer must not keep the lane's others.
  try {
    const trial = await chain.simulate(action, signer.address);
    if (!trial.ok) {
      const wasReceived =
        action.type === "importPacket" &&
        trial.marketError === ALREADY_RECEIVED &&
        (await isReceived(chain, transfer));
      return wasReceived
        ? { kind: "ended", transfer: { ...transfer, phase: "received" } }
        : afterRefusal(transfer, trial.reason, momentOf(world), tuning);
    }
    const options = nonce === undefined ? {} : { nonce };
    const built = await chain.build(action, signer.address, options);
    const unsigned = built[0];
    assert(unsigned !== undefined, "an action takes a transaction at least");
    const signature = await signer.sign(unsigned);
    const signed = chain.join(unsigned, signature, signer.address);
    assert(signed.nonce === nonce, "a transaction has the nonce that was reserved for it");
    const { source, sequence } = transfer;
    const isAction = built.length === 1;
    const way = action.type === "importPacket" ? "import" : "refund";
    const purpose = isAction ? way : "prepare";
    return {
      kind: "sign",
      transaction: { source, sequence, lane: chain.domain, purpose, signed },
    };
  } catch (error) {
    if (error instanceof Bug) throw error;
    const reason = error instanceof Error ? error.message : `${error}`;
    const isSilence = error instanceof ChainError && error.kind !== "refused";
    const wait = isSilence ? afterSilence : afterRefusal;
    return wait(transfer, reason, momentOf(world), tuning);
  }
}

const momentOf = (world: RelayerWorld): Moment => ({ now: world.now(), random: world.random() });

function noteStart(world: RelayerWorld, { chain }: RelayEnd, write: Started): void {
  const where = chain.id;
  if (write.kind === "sign") {
    const { transaction } = write;
    const transfer = transferName(transaction);
    world.note({ what: "signed", where, transfer, detail: transaction.signed.id });
  } else if (write.kind === "schedule") {
    const { key, hold, reason } = write;
    const what = hold === "dead" ? "dead" : "waiting";
    world.note({ what, where, transfer: transferName(key), detail: reason });
  }
}
