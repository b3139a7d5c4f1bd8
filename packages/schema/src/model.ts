import type { CellChange, LogEntry } from "@dragoman/core";
import type { Vm } from "@dragoman/vm";

/** What resolvers of `Machine` start from. */
export interface MachineModel {
  readonly vm: Vm;
}

/** What resolvers of `Program` start from. */
export interface ProgramModel {
  readonly id: string;
  readonly vm: Vm;
  /** Name of an example; undefined for deployed programs. */
  readonly name: string | undefined;
  readonly code: Uint8Array;
}

/** What resolvers of `Simulation` start from. */
export interface SimulationModel {
  readonly ok: boolean;
  readonly steps: readonly StepModel[];
  readonly stateDiff: readonly CellChange[];
}

/** What resolvers of `Step` start from. */
export interface StepModel {
  readonly vm: Vm;
  readonly outcome: string;
  readonly output: Uint8Array;
  readonly returns: readonly unknown[] | undefined;
  readonly gasUsed: bigint;
  readonly logs: readonly LogEntry[];
  readonly fault: FaultModel | undefined;
  readonly trace: readonly TraceEntry[];
}

export interface FaultModel {
  readonly code: string;
  readonly number: number;
  readonly message: string;
  readonly at: number | undefined;
}

/** One executed instruction. */
export interface TraceEntry {
  /** Depth in the tree of calls; the step's own program has 0. */
  readonly depth: number;
  readonly vm: Vm;
  /** Move: module and function. */
  readonly fn?: string;
  readonly pc: number;
  readonly op: string;
  /** Gas left before the instruction. */
  readonly gas: number;
}

export type EventModel = LogEntry;
export type CellModel = CellChange;
