/** Runs the machine and its peers on the same work. */
export { type BenchOptions, runBench } from "./bench.ts";
export { type EvmProfile, profileEvm } from "./profile/profile-evm.ts";
export { profileSvm, type SvmProfile } from "./profile/profile-svm.ts";
export { type BenchRow, geometricMean } from "./row.ts";
export { benchTable } from "./table.ts";
export { standardFolder } from "./workload/folder.ts";
