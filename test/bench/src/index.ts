/** Runs the machine and its peers on the same work. */
export {};
