/** Compares the machine with independent implementations. */
export { fuzzEvm } from "./evm/fuzz-evm.ts";
export { fuzzEvmTransactions } from "./evm-transactions/fuzz-evm-transactions.ts";
export type { FuzzOptions, FuzzReport } from "./fuzz.ts";
export { fuzzSvm } from "./svm/fuzz-svm.ts";
