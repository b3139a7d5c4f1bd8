export { moduleOf, programOf } from "./module.ts";
export { runBothTiers, type TierRun } from "./run-both-tiers.ts";
