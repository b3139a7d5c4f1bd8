/** Compares the machine with independent implementations. */
export { type FuzzOptions, type FuzzReport, fuzzEvm } from "./evm/fuzz-evm.ts";
export { fuzzSvm } from "./svm/fuzz-svm.ts";
