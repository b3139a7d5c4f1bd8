/** Our own modules at address 0x1. */
export type { StdlibName } from "./build.ts";
export { stdlibFiles, stdlibModules } from "./stdlib.ts";
