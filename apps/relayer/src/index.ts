/** The relayer's process. */
export {};
