/** Runs conformance packs. */
export {};
