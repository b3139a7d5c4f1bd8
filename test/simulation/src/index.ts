/** Deterministic simulation of bridge, relayer and index under seeded faults. */
export {};
