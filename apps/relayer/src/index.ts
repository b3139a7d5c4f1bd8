/** Carries packets between chains; one process, any number of lanes. */
export { operate, VERBS, type Verb } from "./operate.ts";
export { type ChainConfig, parseConfig, type RelayerConfig, readConfig } from "./relayer-config.ts";
export { runRelayer } from "./run-relayer.ts";
