export { type FuzzOptions, type FuzzReport, fuzzCore } from "./fuzz-core.ts";
export { moduleOf, programOf } from "./module.ts";
export { Random } from "./random.ts";
export { RANDOM_HOSTS, randomRequest } from "./random-hosts.ts";
export { randomModule, randomProgram } from "./random-ir.ts";
export { runBothTiers, type TierRun, type Variants } from "./run-both-tiers.ts";
export { verifyLifted } from "./verify-lifted.ts";
