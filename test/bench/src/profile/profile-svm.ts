import type { Profiler } from "node:inspector";
import { refuse } from "@dragoman/fault";
import { isAbsent, type Loaded } from "../contender.ts";
import { openOurWire } from "../ours/svm-wire.ts";
import { wireWorkloads } from "../workload/svm-wire.ts";
import { type Counts, countsOf } from "./counts.ts";
import { sampleRuns } from "./sample-time.ts";

export interface SvmProfile {
  readonly name: string;
  /** Least time of a warm transaction, µs. */
  readonly us: number;
  /** Samples by phase. */
  readonly phases: Counts;
}

/** Phases of a transaction by the functions that begin them, and a part of their file's name: a sample counts for the innermost. */
const PHASES: readonly (readonly [phase: string, file: string, ...functions: string[]])[] = [
  ["message decoded", "transaction-input", "readTransaction"],
  ["signatures", "signed-transaction", "hasValidSignatures"],
  ["checks", "ledger-svm", "#admit", "messageAccounts"],
  ["fee", "ledger-svm", "feesOf", "payFee"],
  ["accounts loaded", "ledger-svm", "loadAccounts", "#loadError"],
  ["program found", "runtime/programs", "find"],
  ["instruction opened", "runtime/invoke", "openInvocation"],
  ["memory laid out", "runtime/frame-memory", "layOutMemory", "setInput"],
  ["input written", "runtime/serialize", "inputBytes", "serializeInput"],
  ["accounts taken over", "runtime/deserialize", "deserializeInput"],
  ["logs", "", "logTo", "logUnits", "LogLine"],
  ["logs", "log-collector", "add"],
  ["native program", "runtime/native", ""],
  ["rent", "bank", "#rentError", "#purge"],
  ["journal begun", "journal", "beginTransaction"],
  ["engine", "engine/engine", "execute"],
  ["instructions", "run-instructions", "runInstructions"],
  ["bank", "bank", "execute"],
  ["kept for undo", "account-store", "keep"],
  ["receipt", "lite-svm", "transactionRecord", "sendTransaction"],
];

/** Where the time of whole Solana transactions goes. */
export async function profileSvm(options: {
  readonly ms: number;
  readonly note: (line: string) => void;
}): Promise<SvmProfile[]> {
  const ours = await openOurWire();
  if (isAbsent(ours)) refuse("INVALID_COMMAND", undefined, ours.absent);
  const profiles: SvmProfile[] = [];
  for (const workload of wireWorkloads()) {
    const loaded = await ours.load(workload);
    await loaded.answer();
    const profile = await profileOf(workload.name, loaded, options.ms);
    profiles.push(profile);
    options.note(profileText(profile));
  }
  return profiles;
}

async function profileOf(name: string, loaded: Loaded<unknown>, ms: number): Promise<SvmProfile> {
  const { nodes } = await sampleRuns(loaded, ms);
  const phases = new Map<string, number>();
  const parents = new Map(
    nodes.flatMap((node) => (node.children ?? []).map((child) => [child, node] as const)),
  );
  for (const node of nodes) {
    const phase = phaseOf(node, parents);
    if (phase !== undefined) phases.set(phase, (phases.get(phase) ?? 0) + (node.hitCount ?? 0));
  }
  let least = Infinity;
  const end = performance.now() + ms;
  while (performance.now() < end) least = Math.min(least, await loaded.once());
  return { name, us: 1000 * least, phases: countsOf(phases) };
}

type Node = Profiler.ProfileNode;

/** Undefined: it belongs to no transaction. */
function phaseOf(start: Node, parents: ReadonlyMap<number, Node>): string | undefined {
  if (start.callFrame.functionName === "(garbage collector)") return "garbage collector";
  let phase: string | undefined;
  for (let node: Node | undefined = start; node !== undefined; node = parents.get(node.id)) {
    const { functionName, url } = node.callFrame;
    if (functionName === "sendTransaction") return phase ?? "receipt";
    phase ??= url.startsWith("wasm:") && node === start ? codeOf(node, parents) : undefined;
    phase ??= PHASES.find(
      ([, file, ...functions]) => functions.includes(functionName) && url.includes(file),
    )?.[0];
  }
  return undefined;
}

/** WebAssembly is the guest's program, or what checks signatures. */
function codeOf(start: Node, parents: ReadonlyMap<number, Node>): string {
  for (let node: Node | undefined = start; node !== undefined; node = parents.get(node.id)) {
    if (node.callFrame.functionName === "hasValidSignatures") return "signatures";
  }
  return "guest's code";
}

/** A table for people: µs of each phase of a transaction. */
function profileText({ name, us, phases: { total, byName } }: SvmProfile): string {
  const lines = byName.map(
    ([phase, samples]) => `${((us * samples) / total).toFixed(2).padStart(8)} µs  ${phase}`,
  );
  return [`${name}: ${us.toFixed(1)} µs`, ...lines].join("\n");
}
