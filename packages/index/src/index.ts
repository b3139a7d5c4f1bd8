/** Followed blocks to a read model in SQL, with undo. */
export {};
