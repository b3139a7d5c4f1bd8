/** Follows chains and keeps the canonical rows of the market, with finality and undo. */
export {};
