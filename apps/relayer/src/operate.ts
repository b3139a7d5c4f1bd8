import { randomUUID } from "node:crypto";
import {
  type Outbox,
  PostgresOutbox,
  resumeChain,
  retryTransfer,
  skipTransfer,
  type Transfer,
  type TransferKey,
  transferName,
} from "@dragoman/bridge";
import { refuse } from "@dragoman/fault";
import { openDatabase } from "@dragoman/store";
import { openChain } from "./open-chain.ts";
import type { RelayerConfig } from "./relayer-config.ts";

/** What an operator may want of a relayer's database, whether the relayer runs or not. */
export const VERBS = ["list", "retry", "skip", "resume"] as const;
export type Verb = (typeof VERBS)[number];

const LIST_MAX = 1000;

/**
 * Does a verb. `list`: transfers that have not ended; `retry` and `skip` of a packet `source/sequence`; `resume` of a domain whose chain was
 * halted. Faults: INVALID_OPERATOR_VERB, INVALID_DATABASE.
 */
export async function operate(
  config: RelayerConfig,
  verb: Verb,
  subject: string,
  log: (line: string) => void,
): Promise<void> {
  const database = await openDatabase(config.database, log);
  try {
    const outbox = await PostgresOutbox.open(database);
    const operator = randomUUID();
    if (verb === "list") await list(outbox, log);
    else if (verb === "retry") await retryTransfer(outbox, operator, keyOf(subject), Date.now());
    else if (verb === "skip") await skipTransfer(outbox, operator, keyOf(subject), Date.now());
    else await resume(config, outbox, operator, subject);
  } finally {
    await database.close();
  }
}

async function list(outbox: Outbox, log: (line: string) => void): Promise<void> {
  for (const phase of ["import", "refund"] as const) {
    for (const transfer of await outbox.transfers({ phase }, LIST_MAX)) log(lineOf(transfer));
  }
}

function lineOf(transfer: Transfer): string {
  const { phase, hold, attempt, nextAttemptAt, reason } = transfer;
  const when = new Date(nextAttemptAt).toISOString();
  const state = hold === "none" ? `attempt ${attempt + 1} at ${when}` : hold;
  return [transferName(transfer), phase, state, reason].filter((part) => part !== "").join(" ");
}

async function resume(
  config: RelayerConfig,
  outbox: Outbox,
  operator: string,
  subject: string,
): Promise<void> {
  const chain = config.chains.find(({ domain }) => `${domain}` === subject);
  if (chain === undefined) {
    return refuse("INVALID_OPERATOR_VERB", undefined, `no chain has domain ${subject}`);
  }
  const open = await openChain(chain);
  await resumeChain(outbox, operator, open.chain, Date.now());
  await open.chain.close();
}

function keyOf(subject: string): TransferKey {
  const parts = /^(\d{1,10})\/(\d{1,20})$/.exec(subject);
  if (parts === null) {
    const why = `${JSON.stringify(subject)} is no packet; they are source/sequence, as 1/7`;
    return refuse("INVALID_OPERATOR_VERB", undefined, why);
  }
  return { source: Number(parts[1]), sequence: BigInt(parts[2]!) };
}
