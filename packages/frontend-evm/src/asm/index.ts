/** Assembler and disassembler of EVM bytecode. */
export { assemble } from "./assemble.ts";
export { disassemble, formatListing, type ListingLine } from "./disassemble.ts";
