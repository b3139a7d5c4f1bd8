import { Engine, type FrameResult, HOST, LinearMemory, type StateReader } from "@dragoman/core";
import { assert } from "@dragoman/fault";
import {
  type JsonValue,
  type MoveFailure,
  type MoveMessage,
  type MovePrograms,
  moveMessage,
  movePrograms,
} from "@dragoman/frontend-move";
import { frameworkFiles } from "../framework/framework.ts";
import { requestPublish } from "./publish-request.ts";

/** Internal gas units of what the chain itself calls: enough for anything it does. */
const SYSTEM_GAS = 1_000_000_000n;

/** The address and the signer of an account have one form, so the answer is the argument. */
const createSigner = (): number => HOST.CONTINUE;

/** Runs Move code of one chain: its programs, and the linear memory that all its engines share. */
export class MoveMachine {
  readonly programs: MovePrograms = movePrograms(
    new Map([
      ["0x1::create_signer::create_signer", createSigner],
      ["0x1::code::request_publish", requestPublish],
    ]),
    new Map([...frameworkFiles()].map(([name, bytes]) => [`0x1::${name}`, bytes])),
  );
  /** Number of the chain, which code may ask for. */
  readonly chainId: number;
  /** The linear memory of all its engines. */
  readonly memory = new LinearMemory();

  constructor(chainId: number) {
    this.chainId = chainId;
  }

  /** An engine with a new journal over `state`. Engines of one machine run one after the other. */
  engine(state: StateReader): Engine {
    return new Engine({ state, memory: this.memory });
  }

  /** Runs a message to its end. Faults: those of `moveMessage`. */
  run(engine: Engine, message: MoveMessage): MoveRun {
    const request = moveMessage(this.programs, engine.journal, message);
    return { request, result: engine.execute(request) };
  }

  /**
   * Calls a function of the framework, private ones too, with the framework's own signer. False if it fails: its effects are undone then.
   */
  callFramework(
    engine: Engine,
    name: `${string}::${string}`,
    args: readonly (Uint8Array | JsonValue)[],
  ): boolean {
    const [module, fn] = name.split("::") as [string, string];
    const { result } = this.run(engine, {
      module: `0x1::${module}`,
      function: fn,
      args,
      sender: FRAMEWORK_ADDRESS,
      gas: SYSTEM_GAS,
      anyVisibility: true,
    });
    return result.outcome === 0;
  }

  /** Calls a function of the framework that cannot fail. */
  callSurely(
    engine: Engine,
    name: `${string}::${string}`,
    args: readonly (Uint8Array | JsonValue)[],
  ): void {
    assert(this.callFramework(engine, name, args), `0x1::${name} succeeds`);
  }
}

/** A message that has run. */
export interface MoveRun {
  readonly request: ReturnType<typeof moveMessage>;
  readonly result: FrameResult;
}

/** Why a run failed. */
export const failureOf = ({ result }: MoveRun): MoveFailure => result.detail as MoveFailure;

/** 0x1. */
export const FRAMEWORK_ADDRESS: Uint8Array = Uint8Array.from({ length: 32 }, (_, index) =>
  index === 31 ? 1 : 0,
);
