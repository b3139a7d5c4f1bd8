/** Checks the house rules. */
export {};
