import type { LogEntry } from "@dragoman/core";
import type { World } from "../account/world.ts";
import type { Rules } from "../schedule/patches.ts";
import type { Step } from "./step.ts";

/** How a frame is opened; by the name of the instruction that does it. */
export type FrameType =
  | "CALL"
  | "CALLCODE"
  | "DELEGATECALL"
  | "STATICCALL"
  | "CREATE"
  | "CREATE2"
  | "SELFDESTRUCT";

/** A frame that begins, or would have begun but for its depth or value. Addresses have 20 bytes. */
export interface FrameEntry {
  readonly type: FrameType;
  /** 0 for the frame of the transaction. */
  readonly depth: number;
  /** Account on whose behalf the opening instruction ran. */
  readonly from: Uint8Array;
  /** Account that was named: of DELEGATECALL and CALLCODE where the code lives; of a creation the new one; of SELFDESTRUCT the heir. */
  readonly to: Uint8Array;
  /** Calldata or initcode. */
  readonly input: Uint8Array;
  /** With the stipend. */
  readonly gas: bigint;
  /** Wei; undefined for STATICCALL, which has none. */
  readonly value: bigint | undefined;
}

/** Why a frame did not end well, in the words of geth (core/vm/errors.go). */
export interface FrameFailure {
  readonly text: string;
  /** The words name the height of an operand stack or the operands of an instruction that nobody saw. */
  readonly isVague?: true;
}

export interface FrameEnd {
  readonly depth: number;
  readonly output: Uint8Array;
  readonly gasUsed: bigint;
  readonly failure: FrameFailure | undefined;
  /** True: what the frame did is undone. A failure before Homestead that only leaves no code undoes nothing. */
  readonly isReverted: boolean;
}

/** A log with its position among the logs of the block. */
export interface TracedLog {
  readonly entry: LogEntry;
  readonly index: number;
}

/** The transaction around the frames. Addresses have 20 bytes. */
export interface TracedTransaction {
  readonly sender: Uint8Array;
  /** Undefined = creation. */
  readonly to: Uint8Array | undefined;
  /** Of the sender, before. */
  readonly nonce: bigint;
  readonly gasLimit: bigint;
  /** Wei a unit of gas. */
  readonly gasPrice: bigint;
  readonly coinbase: Uint8Array;
  /** Signers of its authorizations (EIP-7702). */
  readonly authorities: readonly Uint8Array[];
  /** All precompiles of its fork. */
  readonly precompiles: readonly Uint8Array[];
  readonly rules: Readonly<Rules>;
  /** The accounts as they are now. */
  readonly world: World;
}

/**
 * Sees a transaction run. Events come in the order of execution: `start`, then frames and what happens in them, then `end`. A tracer
 * without `step` costs nothing per instruction, and hears of a frame only when it is certain that it will not be run again.
 */
export interface Tracer {
  /** Nothing was changed yet. */
  start?(transaction: TracedTransaction): void;
  enter?(entry: FrameEntry): void;
  exit?(end: FrameEnd): void;
  log?(log: TracedLog): void;
  /** An instruction that was paid read an account other than by a call, or read or wrote a slot of one. */
  touch?(address: Uint8Array, slot: bigint | undefined): void;
  /** An instruction is about to run, or failed before it could. `step` is valid during the call. */
  step?(step: Step): void;
  /** What the last step of this depth cost, and why it could not be paid if it could not. */
  priced?(depth: number, cost: number, failure: string | undefined, refund: number): void;
  /** Fees are settled. `gasUsed` is that of the receipt. */
  end?(gasUsed: bigint): void;
  /** What a node answers with, ready for JSON. */
  result(): unknown;
}
