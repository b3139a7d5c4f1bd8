/** The assembler and disassembler. */
export {};
