import {
  type CellChange,
  Engine,
  type EngineOptions,
  type FrameResult,
  isOk,
  type StateReader,
} from "@dragoman/core";
import { assert, refuse } from "@dragoman/fault";
import type { Frontend, LoadedProgram } from "./frontend.ts";
import type { Message } from "./message.ts";
import type { Vm } from "./portal/payload.ts";
import type { Receipt } from "./receipt.ts";

export interface MachineOptions {
  readonly state: StateReader;
  readonly tier?: EngineOptions["tier"];
  readonly memory?: EngineOptions["memory"];
  readonly observer?: EngineOptions["observer"];
  readonly frontends: ReadonlyMap<Vm, Frontend>;
}

/** Programs of every machine on one journal. Each {@link execute} is a transaction; changes add up until they are taken. */
export class Machine {
  readonly engine: Engine;
  readonly #frontends: ReadonlyMap<Vm, Frontend>;

  constructor({ frontends, ...options }: MachineOptions) {
    this.engine = new Engine(options);
    this.#frontends = frontends;
  }

  /** The frontend of a machine; all three exist. */
  frontend(vm: Vm): Frontend {
    const frontend = this.#frontends.get(vm);
    assert(frontend !== undefined, `a frontend for ${vm}`);
    return frontend;
  }

  /** Decodes and verifies a program. Throws a FaultError that names code and offset. */
  load(vm: Vm, bytes: Uint8Array): LoadedProgram {
    return this.frontend(vm).load(bytes, this.engine.journal);
  }

  /** Writes a program into the state as an installed one; returns its identifier. */
  install(vm: Vm, bytes: Uint8Array, at?: Uint8Array): string {
    return this.frontend(vm).install(bytes, this.engine.journal, at);
  }

  /** Runs one message. Throws a FaultError if the message or its program is refused; a failure of the program is a receipt. */
  execute(message: Message): Receipt {
    const { journal } = this.engine;
    const frontend = this.frontend(message.vm);
    journal.beginTransaction();
    checkMessage(message);
    const request = frontend.request(message, journal);
    const end = this.engine.execute(request);
    const result = frontend.settle?.(request, end, journal) ?? end;
    const ok = isOk(result.outcome);
    const returns = ok ? frontend.returns?.(request, result) : undefined;
    return {
      vm: message.vm,
      ok,
      outcome: result.outcome,
      outcomeName: frontend.outcomeName(result.outcome),
      output: result.output,
      ...(returns === undefined ? {} : { returns }),
      gasUsed: result.gasUsed,
      logs: [...journal.logs],
      ...(ok ? {} : { failure: failureOf(frontend, result) }),
      tier: result.tier,
    };
  }

  /** What all messages so far changed in the state below. */
  changes(): CellChange[] {
    return this.engine.journal.changes();
  }
}

function checkMessage({ code, program, input, args }: Message): void {
  if ((code === undefined) === (program === undefined)) {
    refuse("INVALID_MESSAGE", undefined, "a message has either `code` or `program`");
  }
  if (input !== undefined && args !== undefined) {
    refuse("INVALID_MESSAGE", undefined, "a message has either `input` or `args`");
  }
}

function failureOf(frontend: Frontend, result: FrameResult): NonNullable<Receipt["failure"]> {
  return { code: result.outcome, message: frontend.explain(result), at: result.position };
}
