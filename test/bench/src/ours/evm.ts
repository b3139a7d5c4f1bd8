import {
  Engine,
  type EngineOptions,
  isOk,
  isRevert,
  LinearMemory,
  MemoryState,
} from "@dragoman/core";
import { refuse } from "@dragoman/fault";
import {
  type Environment,
  evmRequest,
  type ForkName,
  findFork,
  worldOf,
  writeAccount,
} from "@dragoman/frontend-evm";
import type { Contender, Loaded } from "../contender.ts";
import type { EvmAnswer, EvmWorkload } from "../workload/evm.ts";
import { addressBytes, hex } from "../workload/evm.ts";
import { OURS } from "./name.ts";

/** This machine, compiled. Each execution is a transaction of its own that is taken back. */
export const openOurEvm = (): Promise<Contender<EvmWorkload, EvmAnswer>> => open(true);

/** The same, computing each Keccak-256 anew. */
export const openForgetfulEvm = (): Promise<Contender<EvmWorkload, EvmAnswer>> => open(false);

async function open(remembersDigests: boolean): Promise<Contender<EvmWorkload, EvmAnswer>> {
  const memory = new LinearMemory(undefined, undefined, remembersDigests);
  const load = async (workload: EvmWorkload) => loadOurEvm(workload, { memory });
  return { ...OURS, load, close: async () => {} };
}

/** A workload on an engine of its own, compiled unless `options` say otherwise. */
export function loadOurEvm(
  workload: EvmWorkload,
  options: Omit<EngineOptions, "state">,
): Loaded<EvmAnswer> {
  const fork = forkOf(workload.fork);
  const engine = new Engine({ tier: "compile", ...options, state: stateOf(workload) });
  const { journal } = engine;
  const world = worldOf(journal);
  const from = addressBytes(workload.from);
  const to = addressBytes(workload.to);
  const environment: Partial<Environment> = { gasLimit: 1n << 40n };
  const { calldata: input, gasLimit: gas } = workload;
  const run = () => {
    journal.beginTransaction();
    world.warm(world.account(from));
    world.warm(world.account(to));
    const before = journal.checkpoint();
    const result = engine.execute(evmRequest(journal, { from, to, input, gas, fork, environment }));
    journal.revert(before, false);
    return result;
  };
  return {
    once: () => {
      const begin = performance.now();
      run();
      return performance.now() - begin;
    },
    answer: async () => {
      const { outcome, output, gasUsed } = run();
      const kind = isOk(outcome) ? "ok" : isRevert(outcome) ? "revert" : "trap";
      return { outcome: kind, returnValue: hex(output), gas: gasUsed };
    },
  };
}

function forkOf(text: string): ForkName {
  const fork = findFork(text);
  if (fork === undefined) refuse("MALFORMED_CASE", undefined, `there is no fork ${text}`);
  return fork;
}

/** Committed cells of the workload's accounts. */
function stateOf(workload: EvmWorkload): MemoryState {
  const state = new MemoryState();
  const { journal } = new Engine({ state, memory: new LinearMemory(0, 1 << 21) });
  for (const [address, code] of workload.accounts) {
    const storage = workload.storage.get(address) ?? [];
    const balance = workload.balances.get(address) ?? 0n;
    writeAccount(journal, addressBytes(address), { code, storage, balance });
  }
  writeAccount(journal, addressBytes(workload.from), { balance: 10n ** 24n });
  state.apply(journal.changes());
  return state;
}
