import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import {
  Attester,
  PostgresOutbox,
  Relayer,
  type RelayerNote,
  recoverAttester,
} from "@dragoman/bridge";
import { ChainError } from "@dragoman/chain";
import { openDatabase } from "@dragoman/store";
import { NoteLog } from "./note-log.ts";
import { type OpenChain, openChain } from "./open-chain.ts";
import type { ChainConfig, RelayerConfig } from "./relayer-config.ts";

const RECONNECT_MS = 1000;

/**
 * Runs a relayer until `signal`: resolves when what was under way has ended and everything is closed. `ready` is called once all chains have
 * answered; chains that do not yet are waited for. Faults: INVALID_RELAYER_SETTINGS, INVALID_DATABASE.
 */
export async function runRelayer(
  config: RelayerConfig,
  signal: AbortSignal,
  log: (line: string) => void,
  ready: () => void,
): Promise<void> {
  setMaxListeners(0, signal);
  const database = await openDatabase(config.database, log);
  try {
    const outbox = await PostgresOutbox.open(database);
    const ends = await Promise.all(config.chains.map((chain) => openPatiently(chain, signal, log)));
    const open = ends.filter((end) => end !== undefined);
    if (open.length === config.chains.length) {
      ready();
      await relay(config, outbox, open, signal, log);
    }
    await Promise.all(open.map(({ chain }) => chain.close()));
  } finally {
    await database.close();
  }
}

async function relay(
  config: RelayerConfig,
  outbox: PostgresOutbox,
  ends: readonly OpenChain[],
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<void> {
  const chains = ends.map(({ chain }) => chain);
  const attesters = config.attesters.map((key) => new Attester(key, chains));
  const notes = new NoteLog(log, Date.now);
  const relayer = new Relayer(
    {
      now: Date.now,
      random: Math.random,
      sleep: (ms) => sleep(ms, signal),
      note: (note: RelayerNote) => notes.write(note),
      ends,
      outbox,
      quorum: { attesters, threshold: config.threshold, recover: recoverAttester },
    },
    config.tuning,
    randomUUID(),
  );
  signal.addEventListener("abort", () => relayer.stop(), { once: true });
  if (signal.aborted) relayer.stop();
  await relayer.run();
}

/** Waits for a chain that does not answer; undefined if the process is to end before it does. */
async function openPatiently(
  config: ChainConfig,
  signal: AbortSignal,
  log: (line: string) => void,
): Promise<OpenChain | undefined> {
  let last = "";
  while (!signal.aborted) {
    try {
      return await openChain(config);
    } catch (error) {
      if (!(error instanceof ChainError)) throw error;
      if (error.message !== last) log(`waiting ${config.rpcUrl} ${error.message}`);
      last = error.message;
      await sleep(RECONNECT_MS, signal);
    }
  }
  return undefined;
}

/** Resolves after `ms`, at once when the process is to end. */
function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", end);
      resolve();
    };
    const timer = setTimeout(end, ms);
    signal.addEventListener("abort", end, { once: true });
  });
}
