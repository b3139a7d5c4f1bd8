/** Blocks on a state: head, finality, reorganisation, snapshots, subscribers. */
export {};
