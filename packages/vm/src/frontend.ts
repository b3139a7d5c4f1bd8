import type { CallRequest, Frame, FrameResult, Journal } from "@dragoman/core";
import type { Message } from "./message.ts";
import type { PortalCall, Vm } from "./portal/payload.ts";

/** A program as people look at it. */
export interface LoadedProgram {
  readonly vm: Vm;
  /** Lower-case hex of the code's hash (keccak-256 for the EVM, SHA-256 for SVM, SHA3-256 for Move). */
  readonly codeHash: string;
  readonly size: number;
  /** Disassembly, one line per instruction. */
  listing(): string;
  /** Text form of the lifted IR (exact lift). `fn`: Move, which function of the module, with type arguments in angle brackets. */
  ir(fn?: string): string;
}

/** What the facade needs from a frontend; one implementation per machine. */
export interface Frontend {
  readonly vm: Vm;
  /** Decodes and verifies. Faults name code and offset. */
  load(bytes: Uint8Array, journal: Journal): LoadedProgram;
  /** Writes the program into the journal as an installed one; returns its identifier. */
  install(bytes: Uint8Array, journal: Journal, at?: Uint8Array): string;
  /** Bytes of an installed program. */
  installed(id: string, journal: Journal): Uint8Array | undefined;
  /** The call that a message asks for. Faults: INVALID_MESSAGE, INVALID_CALL_ARGUMENT, those of loading. */
  request(message: Message, journal: Journal): CallRequest;
  /** The call that a portal payload asks for, `sender` being the address derived for the caller. */
  portalRequest(
    call: PortalCall,
    sender: Uint8Array,
    gas: bigint,
    frame: Frame,
    finish: CallRequest["finish"],
  ): CallRequest;
  /** Last word on a message's result: gas by the machine's own rules, closing log lines. */
  settle?(request: CallRequest, result: FrameResult, journal: Journal): FrameResult;
  /** Name of an outcome of this machine's range or of the core's. */
  outcomeName(outcome: number): string;
  /** One sentence on a failure. */
  explain(result: FrameResult): string;
  /** Results in JSON form, if the machine has typed results. */
  returns?(request: CallRequest, result: FrameResult): readonly unknown[];
}
