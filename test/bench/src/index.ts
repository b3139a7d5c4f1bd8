/** Runs the machine and its peers on the same work. */
export { type BenchRow, geometricMean } from "./row.ts";
