/** Transfers between markets: packets, attestation, the relayer's state machine and outbox. */
export {};
