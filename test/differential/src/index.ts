/** Compares the machine with independent implementations. */
export {};
