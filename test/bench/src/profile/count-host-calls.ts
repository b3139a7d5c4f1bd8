import { type HostFunction, LinearMemory } from "@dragoman/core";
import { findFork, loadEvm } from "@dragoman/frontend-evm";
import { loadOurEvm } from "../ours/evm.ts";
import type { EvmWorkload } from "../workload/evm.ts";
import { type Counts, countsOf } from "./counts.ts";

/**
 * Host functions that one compiled run enters, by name: what it could not do within WebAssembly. The table's entries are replaced by
 * counting ones while it runs; nothing else of this process may use them then.
 */
export async function countHostCalls(workload: EvmWorkload): Promise<Counts> {
  const loaded = loadOurEvm(workload, { memory: new LinearMemory() });
  // The first run compiles, and what it guesses wrong is run again.
  await loaded.answer();
  const [code] = workload.accounts.values();
  const fork = findFork(workload.fork);
  if (code === undefined) return countsOf([]);
  const program = loadEvm(code, fork === undefined ? {} : { fork });
  const table = program.hosts as HostFunction[];
  const counts = new Float64Array(table.length);
  const originals = [...table];
  originals.forEach((run, index) => {
    table[index] = (frame) => {
      counts[index] = (counts[index] ?? 0) + 1;
      return run(frame);
    };
  });
  try {
    await loaded.answer();
  } finally {
    originals.forEach((run, index) => {
      table[index] = run;
    });
  }
  return countsOf(program.exact.hosts.map(({ name }, index) => [name, counts[index] ?? 0]));
}
