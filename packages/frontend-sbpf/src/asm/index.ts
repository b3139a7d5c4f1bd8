/** The assembler, disassembler and linker. */
export { type Assembly, assemble } from "./assemble.ts";
export { type DisassembleOptions, disassemble, disassembleAt } from "./disassemble.ts";
export { link, rodataAddressV0, TEXT_ADDRESS_V0 } from "./link.ts";
export { type Operand, parseAssembly, type Statement } from "./parse.ts";
