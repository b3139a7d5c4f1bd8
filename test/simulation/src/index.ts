/** Deterministic simulation of bridge and relayer under seeded faults. */
export { MUTATIONS, type Mutation } from "./mutation.ts";
export { SeededRandom } from "./seeded-random.ts";
export { type SimulationOptions, type SimulationReport, simulate } from "./simulate.ts";
export { World, type WorldOptions } from "./world.ts";
