/** EVM bytecode to IR. */
export {};
