import type { SolanaBlock, SvmLedger } from "@dragoman/ledger-svm";
import { RpcError, refuseParams } from "@dragoman/rpc-server";
import { type Config, numberField } from "./params.ts";
import { SOLANA_ERROR } from "./solana-error.ts";

export type Commitment = "processed" | "confirmed" | "finalized";

/** Old names that clients still send. */
const ALIASES: Readonly<Record<string, Commitment>> = {
  processed: "processed",
  recent: "processed",
  confirmed: "confirmed",
  single: "confirmed",
  singleGossip: "confirmed",
  finalized: "finalized",
  max: "finalized",
  root: "finalized",
};

/** Commitment of a configuration; what a node takes if none is given is `finalized`. */
export function commitmentOf(config: Config, fallback: Commitment = "finalized"): Commitment {
  const { commitment } = config;
  if (commitment === undefined || commitment === null) return fallback;
  const known = typeof commitment === "string" ? ALIASES[commitment] : undefined;
  return known ?? refuseParams(`Invalid params: unknown commitment ${JSON.stringify(commitment)}`);
}

/** Newest block of a commitment: one validator confirms at once, so the head is confirmed. */
export const blockOf = ({ blocks }: SvmLedger, commitment: Commitment): SolanaBlock =>
  commitment === "finalized" ? blocks.finalized : blocks.head;

/** Block on whose state a request is answered. Refuses what `minContextSlot` rules out. */
export function contextBlock(ledger: SvmLedger, config: Config): SolanaBlock {
  const block = blockOf(ledger, commitmentOf(config));
  const least = numberField(config, "minContextSlot");
  if (least !== undefined && block.height < least) {
    throw new RpcError(
      SOLANA_ERROR.MIN_CONTEXT_SLOT_NOT_REACHED,
      "Minimum context slot has not been reached",
      { contextSlot: block.height },
    );
  }
  return block;
}

/** Version that responses name, as a node of the runtime that this one follows. */
export const SOLANA_CORE_VERSION = "4.1.0";

/** A value with the slot of the state that it was read from. */
export const inContext = (block: SolanaBlock, value: unknown): unknown => ({
  context: { apiVersion: SOLANA_CORE_VERSION, slot: block.height },
  value,
});
