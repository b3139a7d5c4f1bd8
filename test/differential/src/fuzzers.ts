import type { FuzzOptions, FuzzReport } from "./fuzz.ts";

export type Fuzzer = (options: FuzzOptions) => FuzzReport | Promise<FuzzReport>;

/** Every fuzzer by its name on the command line; its oracle is loaded when it is asked for. */
export const FUZZERS: Readonly<Record<string, () => Promise<Fuzzer>>> = {
  evm: async () => (await import("./evm/fuzz-evm.ts")).fuzzEvm,
  "evm-tiers": async () => (await import("./evm/fuzz-tiers.ts")).fuzzEvmTiers,
  "evm-transactions": async () =>
    (await import("./evm-transactions/fuzz-evm-transactions.ts")).fuzzEvmTransactions,
  svm: async () => (await import("./svm/fuzz-svm.ts")).fuzzSvm,
  "svm-loader": async () => (await import("./svm-loader/fuzz-svm-loader.ts")).fuzzSvmLoader,
  "svm-syscalls": async () => (await import("./svm-syscalls/fuzz-svm-syscalls.ts")).fuzzSvmSyscalls,
  "svm-transactions": async () => (await import("./svm/fuzz-transactions.ts")).fuzzTransactions,
  move: async () => (await import("./move/fuzz-move.ts")).fuzzMove,
  "move-mutants": async () => (await import("./move/fuzz-mutants.ts")).fuzzMoveMutants,
  "move-decoder": async () => (await import("@dragoman/frontend-move/testing")).fuzzMoveDecoder,
  decoders: async () => (await import("./decoders/fuzz-decoders.ts")).fuzzDecoders,
  market: async () => (await import("./market/fuzz-market.ts")).fuzzMarket,
  core: async () => (await import("@dragoman/core/testing")).fuzzCore,
};

export async function loadFuzzer(name: string): Promise<Fuzzer> {
  return (FUZZERS[name] as () => Promise<Fuzzer>)();
}
