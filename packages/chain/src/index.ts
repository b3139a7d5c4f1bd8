/** A chain as the outside sees it: blocks, finality, market events, submission. */
export {};
