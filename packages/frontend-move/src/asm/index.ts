/** The assembler and disassembler. */
export { assembleModule, assembleScript, assembleUnit } from "./assemble.ts";
export { printUnit } from "./print.ts";
export { moduleKey } from "./unit-scope.ts";
export { markViews } from "./view-functions.ts";
