/** Packets, attestations, transfers, the relayer's state machine. */
export {};
