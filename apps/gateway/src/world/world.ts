import { LinearMemory, MemoryState } from "@dragoman/core";
import { refuse } from "@dragoman/fault";
import type { ProgramModel, SimulationModel, SimulationStep } from "@dragoman/schema";
import {
  createMachine,
  formatProgramId,
  type LoadedProgram,
  type Machine,
  type Message,
  parseProgramId,
  type Vm,
} from "@dragoman/vm";
import { PROGRAM_BYTES_MAX, PROGRAMS_MAX, STEPS_MAX } from "./limits.ts";
import { simulate } from "./simulate.ts";
import { Tracer } from "./trace.ts";

export interface Deployment {
  readonly vm: Vm;
  readonly code: Uint8Array;
  /** Where; default: derived from the code. */
  readonly at?: Uint8Array | undefined;
  /** EVM: run the code and install what it returns. */
  readonly construct?: boolean;
  readonly name?: string;
}

/** What the gateway knows: committed cells in memory and the programs in them. Lives as long as the process. */
export class World {
  readonly #state = new MemoryState();
  readonly #memory = new LinearMemory();
  readonly #programs = new Map<string, ProgramModel>();
  /** Bytes of all programs that were ever to be deployed. */
  #bytes = 0;

  /** Installs a program. Faults: those of loading, INVALID_MESSAGE. */
  deploy({ vm, code, at, construct = false, name }: Deployment): ProgramModel {
    this.#bytes += code.length;
    if (this.#programs.size >= PROGRAMS_MAX || this.#bytes > PROGRAM_BYTES_MAX) {
      const why = `this server holds ${PROGRAMS_MAX} programs of ${PROGRAM_BYTES_MAX} bytes at most`;
      refuse("PROGRAM_COUNT_EXCEEDED", undefined, why);
    }
    if (vm === "move" && at !== undefined) {
      refuse("INVALID_MESSAGE", undefined, "a Move module carries its address; leave `at` out");
    }
    const machine = this.#machine();
    const installed = construct ? runCreation(machine, vm, code) : code;
    const id = machine.install(vm, installed, at);
    this.#state.apply(machine.changes());
    const program = { id, vm, name, code: installed };
    this.#programs.set(id, program);
    return program;
  }

  /** The program with an identifier, in any of its spellings. Fault: INVALID_PROGRAM_ID. */
  program(id: string): ProgramModel {
    const program = this.#programs.get(formatProgramId(parseProgramId(id)));
    if (program !== undefined) return program;
    return refuse("INVALID_PROGRAM_ID", undefined, `there is no program ${id.slice(0, 120)}`);
  }

  /** Programs of a machine in the order of their installation. */
  programs(vm: Vm): ProgramModel[] {
    return [...this.#programs.values()].filter((program) => program.vm === vm);
  }

  /** Decodes a program anew, for people to look at. */
  load({ vm, code }: ProgramModel): LoadedProgram {
    return this.#machine().load(vm, code);
  }

  /** Runs steps on one journal over the state; nothing persists. Fault: INVALID_ARGUMENT for their number. */
  simulate(steps: readonly SimulationStep[], traced: boolean): SimulationModel {
    if (steps.length === 0 || steps.length > STEPS_MAX) {
      const why = `a simulation has 1 to ${STEPS_MAX} steps, not ${steps.length}`;
      refuse("INVALID_ARGUMENT", undefined, why, { max: STEPS_MAX, steps: steps.length });
    }
    const tracer = traced ? new Tracer() : undefined;
    const machine = this.#machine(tracer);
    return simulate(machine, steps, (message) => this.#check(message, machine), tracer);
  }

  #machine(tracer?: Tracer): Machine {
    return createMachine({
      state: this.#state,
      memory: this.#memory,
      ...(tracer === undefined ? {} : { observer: tracer.observe }),
    });
  }

  /** Refuses a program that is neither installed nor part of the machine. Fault: INVALID_PROGRAM_ID. */
  #check({ vm, program }: Message, machine: Machine): void {
    if (program === undefined || vm === "move") return;
    if (machine.frontend(vm).installed(program, machine.engine.journal) === undefined) {
      refuse("INVALID_PROGRAM_ID", undefined, `there is no program ${program.slice(0, 120)}`);
    }
  }
}

/** What creation code returns. Fault: INVALID_MESSAGE if it fails. */
function runCreation(machine: Machine, vm: Vm, code: Uint8Array): Uint8Array {
  if (vm !== "evm") {
    refuse("INVALID_MESSAGE", undefined, "only programs of the EVM are constructed");
  }
  const { ok, output, outcome, outcomeName, failure } = machine.execute({ vm, code });
  if (!ok) {
    const at = failure === undefined || failure.at < 0 ? undefined : failure.at;
    const why = `the creation code ended with ${outcomeName}: ${failure?.message ?? "no reason"}`;
    refuse("INVALID_MESSAGE", at, why, { outcome });
  }
  return output;
}
