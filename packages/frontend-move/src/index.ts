/** Move modules to IR. */
export * from "./format/index.ts";
