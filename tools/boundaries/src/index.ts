/** Checks layers, cycles and undeclared imports. */
export {};
