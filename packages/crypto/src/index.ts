/** Hashes and curves the machines need. */
export {};
