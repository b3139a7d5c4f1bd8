import { type EngineOptions, LinearMemory, MemoryState, type StateReader } from "@dragoman/core";
import type { Frontend } from "./frontend.ts";
import { EvmFrontend } from "./frontends/evm.ts";
import { MoveFrontend } from "./frontends/move.ts";
import { SvmFrontend } from "./frontends/svm.ts";
import { Machine } from "./machine.ts";
import type { Vm } from "./portal/payload.ts";
import { Portal } from "./portal/portal.ts";

export interface CreateMachineOptions {
  /** Default: an empty state. */
  readonly state?: StateReader;
  readonly tier?: EngineOptions["tier"];
  readonly memory?: LinearMemory;
  readonly observer?: EngineOptions["observer"];
}

let shared: ReadonlyMap<Vm, Frontend> | undefined;

/** The three frontends and the portal between them. They hold programs and no state, so all machines of a process share them. */
function frontends(): ReadonlyMap<Vm, Frontend> {
  if (shared === undefined) {
    const map = new Map<Vm, Frontend>();
    const portal = new Portal(map);
    map.set("evm", new EvmFrontend(portal));
    map.set("svm", new SvmFrontend(portal));
    map.set("move", new MoveFrontend(portal));
    shared = map;
  }
  return shared;
}

let memory: LinearMemory | undefined;

/**
 * A machine with all frontends and the portal between them. Machines share one linear memory unless they bring their own: a message
 * runs to its end before another begins, and compiled programs stay linked.
 */
export function createMachine(options: CreateMachineOptions = {}): Machine {
  memory ??= new LinearMemory();
  const state = options.state ?? new MemoryState();
  return new Machine({ memory, ...options, state, frontends: frontends() });
}
