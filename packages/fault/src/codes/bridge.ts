import type { FaultRow } from "./row.ts";

/** Faults of `bridge, chain`. */
export const BRIDGE_FAULTS = [
  [11001, "MALFORMED_PACKET", "the packet's bytes do not decode"],
  [11002, "UNSUPPORTED_CHAIN", "no adapter knows the chain"],
  [11003, "MALFORMED_ADDRESS", "the text is no address of the chain"],
  [11004, "INVALID_ATTESTATION", "the attester does not find what it is asked to attest"],
  [11005, "INVALID_RELAYER_SETTINGS", "the relayer's settings cannot be used"],
  [11006, "INVALID_OPERATOR_VERB", "the transfer cannot be retried or skipped"],
] as const satisfies readonly FaultRow[];
