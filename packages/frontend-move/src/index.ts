/** Move modules to IR. */
export * from "./format/index.ts";
export * from "./stdlib/index.ts";
