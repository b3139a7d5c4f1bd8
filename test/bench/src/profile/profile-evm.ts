import { LinearMemory } from "@dragoman/core";
import { loadOurEvm } from "../ours/evm.ts";
import { type EvmWorkload, evmWorkloads, ownEvmWorkloads } from "../workload/evm.ts";
import { countHostCalls } from "./count-host-calls.ts";
import { countInstructions } from "./count-instructions.ts";
import type { Counts } from "./counts.ts";
import { sampleTime } from "./sample-time.ts";

export interface EvmProfile {
  readonly name: string;
  /** Least time of a warm compiled run, ms. */
  readonly ms: number;
  readonly instructions: Counts;
  readonly hostCalls: Counts;
  /** Samples by part of the machine. */
  readonly time: Counts;
}

/** What each workload of `dragoman bench evm` executes, what it asks the host for, and where its time goes. */
export async function profileEvm(options: {
  readonly cases?: string | undefined;
  readonly ms: number;
  readonly note: (line: string) => void;
}): Promise<EvmProfile[]> {
  const profiles: EvmProfile[] = [];
  for (const workload of [...evmWorkloads(options.cases), ...ownEvmWorkloads()]) {
    const profile = await profileOf(workload, options.ms);
    profiles.push(profile);
    options.note(profileText(profile));
  }
  return profiles;
}

async function profileOf(workload: EvmWorkload, ms: number): Promise<EvmProfile> {
  const instructions = await countInstructions(workload);
  const hostCalls = await countHostCalls(workload);
  const loaded = loadOurEvm(workload, { memory: new LinearMemory() });
  await loaded.answer();
  const time = await sampleTime(loaded, ms);
  let least = Infinity;
  for (let run = 0; run < 20; run++) least = Math.min(least, await loaded.once());
  return { name: workload.name, ms: least, instructions, hostCalls, time };
}

const TOP = 6;

/** One paragraph for people. */
function profileText({ name, ms, instructions, hostCalls, time }: EvmProfile): string {
  const share = (count: number, total: number): string => `${((100 * count) / total).toFixed(0)} %`;
  const shares = ({ byName, total }: Counts): string =>
    byName
      .slice(0, TOP)
      .map(([part, count]) => `${part} ${share(count, total)}`)
      .join(", ");
  const counts = ({ byName }: Counts): string =>
    byName
      .slice(0, TOP)
      .map(([part, count]) => `${part} ${count}`)
      .join(", ") || "none";
  return [
    `${name}: ${ms.toFixed(3)} ms`,
    `  ${instructions.total} instructions: ${shares(instructions)}`,
    `  ${hostCalls.total} host calls: ${counts(hostCalls)}`,
    `  time: ${shares(time)}`,
  ].join("\n");
}
