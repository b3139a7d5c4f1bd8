/** The assembler and disassembler. */
export { assembleModule, assembleScript, assembleUnit } from "./assemble.ts";
export { moduleKey } from "./unit-scope.ts";
