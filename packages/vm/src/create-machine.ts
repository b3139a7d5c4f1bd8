import { type EngineOptions, MemoryState, type StateReader } from "@dragoman/core";
import type { Frontend } from "./frontend.ts";
import { EvmFrontend } from "./frontends/evm.ts";
import { MoveFrontend } from "./frontends/move.ts";
import { Machine } from "./machine.ts";
import type { Vm } from "./portal/payload.ts";
import { Portal } from "./portal/portal.ts";

export interface CreateMachineOptions {
  /** Default: an empty state. */
  readonly state?: StateReader;
  readonly tier?: EngineOptions["tier"];
  readonly memory?: EngineOptions["memory"];
  readonly observer?: EngineOptions["observer"];
}

/** A machine with all frontends and the portal between them. */
export function createMachine(options: CreateMachineOptions = {}): Machine {
  const frontends = new Map<Vm, Frontend>();
  const portal = new Portal(frontends);
  frontends.set("evm", new EvmFrontend(portal));
  frontends.set("move", new MoveFrontend(portal));
  return new Machine({ ...options, state: options.state ?? new MemoryState(), frontends });
}
