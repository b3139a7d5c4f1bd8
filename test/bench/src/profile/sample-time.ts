import type { Profiler } from "node:inspector";
import { Session } from "node:inspector/promises";
import type { Loaded } from "../contender.ts";
import { type Counts, countsOf } from "./counts.ts";

const INTERVAL_US = 100;

/** Where the time of warm runs goes, in parts by name. */
export async function sampleTime(loaded: Loaded<unknown>, ms: number): Promise<Counts> {
  const parts = new Map<string, number>();
  for (const { callFrame, hitCount = 0 } of (await sampleRuns(loaded, ms)).nodes) {
    const part = partOf(callFrame.url, callFrame.functionName);
    parts.set(part, (parts.get(part) ?? 0) + hitCount);
  }
  parts.delete("idle");
  return countsOf(parts);
}

/** Samples of V8's profiler in warm runs, as `node --cpu-prof` takes them. */
export async function sampleRuns(loaded: Loaded<unknown>, ms: number): Promise<Profiler.Profile> {
  await repeat(loaded, ms);
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.setSamplingInterval", { interval: INTERVAL_US });
    await session.post("Profiler.start");
    await repeat(loaded, ms);
    return (await session.post("Profiler.stop")).profile;
  } finally {
    session.disconnect();
  }
}

async function repeat(loaded: Loaded<unknown>, ms: number): Promise<void> {
  const end = performance.now() + ms;
  do await loaded.once();
  while (performance.now() < end);
}

/** What the reader of a profile calls a function's place. */
function partOf(url: string, name: string): string {
  if (url.startsWith("wasm:")) return "wasm";
  if (name === "(garbage collector)") return "garbage collector";
  if (name === "(idle)") return "idle";
  if (name === "(program)" || name === "(root)") return "V8";
  const dependency = /node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*node_modules)/.exec(url)?.[1];
  if (dependency !== undefined) return dependency;
  const place = /(?:packages|test)\/([^/]+)\/(?:dist|src)\/(?:([^/]+)\/)?/.exec(url);
  if (place?.[1] === undefined) return name.startsWith("wasm") ? "wasm" : "V8";
  return place[2] === undefined ? place[1] : `${place[1]}/${place[2]}`;
}
