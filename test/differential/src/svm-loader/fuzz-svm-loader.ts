import { Random } from "@dragoman/core/testing";
import { FaultError } from "@dragoman/fault";
import { loadSbpf } from "@dragoman/frontend-sbpf";
import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import { loaderSeeds } from "./loader-seeds.ts";
import { mutateElf } from "./mutate-elf.ts";

/** Programs of a megabyte load in a tenth of this; another process may hold the machine meanwhile, so a slow load is tried again. */
const LOAD_MS_MAX = 1000;
const TRIES = 4;
const HEAP_BYTES_MAX = 2 ** 31;
const HEAP_CHECK_EVERY = 1000;
/** Inputs of which one is given to litesvm too. */
const COMPARE_EVERY = 100;
/** A peer keeps all that it loaded. */
const PEER_LOADS_MAX = 500;
/** Inputs of which one is a large program. */
const LARGE_EVERY = 1000;
const ADDRESS = "4uQeVj5tqViQh7yWWGStvkEG1Zmhx6uasJtWCJziofM";

/** Report of {@link fuzzSvmLoader}, with what became of the inputs. */
export interface LoaderReport extends FuzzReport {
  readonly accepted: number;
  /** Inputs that were given to litesvm too. */
  readonly compared: number;
}

/**
 * Gives damaged ELFs to loader, verifier and analysis, by the rules of deployment and by those of code that is on a chain: each ends in a program or a fault, soon
 * and within bounded memory, and what can be deployed can be loaded. Every hundredth is added to litesvm too, which must accept and refuse the same.
 */
export async function fuzzSvmLoader({
  count,
  seed,
  onProgress,
}: FuzzOptions): Promise<LoaderReport> {
  const { small, large, absent } = await loaderSeeds();
  const { LiteSVM } = await import("litesvm");
  let peer = new LiteSVM();
  const mismatches: { seed: number; why: string }[] = [];
  let [accepted, compared] = [0, 0];
  for (let at = 0; at < count; at++) {
    const random = new Random(seed + at);
    const elf = mutateElf(random, random.pick(random.oneIn(LARGE_EVERY) ? large : small));
    const verdict = tryLoad(elf);
    if (typeof verdict === "string") mismatches.push({ seed: seed + at, why: verdict });
    else if (verdict.accepts) accepted++;
    if (typeof verdict !== "string" && at % COMPARE_EVERY === 0) {
      if (compared++ % PEER_LOADS_MAX === 0) peer = new LiteSVM();
      const refusal = refusalOf(() => peer.addProgram(ADDRESS as never, elf));
      const theirs = refusal === undefined ? "accepts" : `refuses (${refusal})`;
      if ((refusal === undefined) !== verdict.accepts) {
        const ours = verdict.accepts ? "accepted" : `refused (${verdict.why})`;
        mismatches.push({ seed: seed + at, why: `${ours}, litesvm ${theirs}` });
      }
    }
    onProgress?.(at + 1);
    if (at % HEAP_CHECK_EVERY !== 0) continue;
    const { heapUsed } = process.memoryUsage();
    if (heapUsed > HEAP_BYTES_MAX) {
      mismatches.push({ seed: seed + at, why: `${heapUsed} bytes are on the heap` });
    }
  }
  return { cases: count, mismatches, absent, accepted, compared };
}

interface Verdict {
  readonly accepts: boolean;
  /** Why not. */
  readonly why: string;
}

/** Whether the ELF can be loaded, and why not; what is wrong with the loader as text. */
function tryLoad(elf: Uint8Array): Verdict | string {
  const deployed = loadAs(elf, true);
  const loaded = typeof deployed === "string" ? deployed : loadAs(elf, false);
  if (typeof deployed === "string" || typeof loaded === "string") return loaded;
  return deployed.accepts && !loaded.accepts
    ? `can be deployed, and is refused: ${loaded.why}`
    : loaded;
}

function loadAs(elf: Uint8Array, deploy: boolean): Verdict | string {
  let ms = Infinity;
  for (let left = TRIES; left > 0; left--) {
    const begin = performance.now();
    let why = "";
    try {
      loadSbpf(elf, { deploy });
    } catch (error) {
      if (!(error instanceof FaultError)) return `threw ${(error as Error).stack}`;
      why = `${error.fault}`;
    }
    ms = Math.min(ms, performance.now() - begin);
    if (ms <= LOAD_MS_MAX) return { accepts: why === "", why };
  }
  return `took ${ms.toFixed(0)} ms`;
}

function refusalOf(deploy: () => void): string | undefined {
  try {
    deploy();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
