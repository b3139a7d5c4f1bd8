/** Move modules to IR. */
export {};
