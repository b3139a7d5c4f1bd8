/** Bounded readers and writers, hex, base58, LEB128. */
export {};
