import { refuse } from "@dragoman/fault";
import { LeaseLost, type Outbox, type OutboxWrite } from "../outbox/outbox.ts";
import type { RelayChain } from "../relay-chain.ts";
import { laneOf, type Transfer, type TransferKey, transferName } from "../transfer.ts";

const LEASE = "operator";
const LEASE_MS = 5000;

/** Lets the relayer try a transfer again at once, with all its attempts. Fault: INVALID_OPERATOR_VERB if there is none or it has ended. */
export async function retryTransfer(
  outbox: Outbox,
  operator: string,
  key: TransferKey,
  now: number,
): Promise<void> {
  const { phase, hold } = await openTransfer(outbox, key);
  const rest = { hold: "none", attempt: 0, delayMs: 0, nextAttemptAt: now, reason: "" } as const;
  await commitOnce(outbox, operator, now, {
    kind: "schedule",
    key,
    from: { phase, hold },
    phase,
    ...rest,
  });
}

/** Keeps the relayer from a transfer until it is retried. Fault: INVALID_OPERATOR_VERB if there is none or it has ended. */
export async function skipTransfer(
  outbox: Outbox,
  operator: string,
  key: TransferKey,
  now: number,
): Promise<void> {
  const { phase, hold, attempt, delayMs, nextAttemptAt } = await openTransfer(outbox, key);
  const rest = { hold: "skipped", attempt, delayMs, nextAttemptAt, reason: "operator" } as const;
  await commitOnce(outbox, operator, now, {
    kind: "schedule",
    key,
    from: { phase, hold },
    phase,
    ...rest,
  });
}

/** Follows a halted chain again, from the block that is now where the relayer had got. */
export async function resumeChain(
  outbox: Outbox,
  operator: string,
  chain: RelayChain,
  now: number,
): Promise<void> {
  const cursor = await outbox.cursor(chain.domain);
  const block = cursor && (await chain.block(cursor.block.height));
  if (block === undefined) {
    refuse("INVALID_OPERATOR_VERB", undefined, `${chain.id} has no block to go on from`);
  }
  const next = { domain: chain.domain, block: block.ref };
  await commitOnce(outbox, operator, now, { kind: "cursor", cursor: next });
}

async function openTransfer(outbox: Outbox, key: TransferKey): Promise<Transfer> {
  const transfer = await outbox.transfer(key);
  const name = transferName(key);
  if (transfer === undefined) refuse("INVALID_OPERATOR_VERB", undefined, `no transfer ${name}`);
  if (laneOf(transfer) === undefined) {
    refuse("INVALID_OPERATOR_VERB", undefined, `transfer ${name} was ${transfer.phase}`);
  }
  return transfer;
}

/** One operator at a time: rejects with {@link LeaseLost} while another is at it. */
async function commitOnce(
  outbox: Outbox,
  operator: string,
  now: number,
  write: OutboxWrite,
): Promise<void> {
  const lease = await outbox.lease(LEASE, operator, now, LEASE_MS);
  if (lease === undefined) throw new LeaseLost({ name: LEASE, holder: operator, token: 0 });
  await outbox.commit(lease, [write]);
  await outbox.release(lease);
}
