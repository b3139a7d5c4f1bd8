import type { Frame } from "../engine/frame.ts";
import type { IrModule } from "../ir/function.ts";
import type { MemoryRegion } from "./memory-region.ts";

/** What a host function answers with. */
export const HOST = {
  /** Results are in the scratch area; go on. */
  CONTINUE: 0,
  /** The frame ends with `frame.outcome`, set by {@link Frame.leave}. */
  LEAVE: 1,
  /** A program is to be called: `frame.call(request)` was made; go on when it has finished. */
  CALL: 2,
} as const;

/**
 * One host function. Arguments stand in the frame's scratch slots (see frame-layout.ts); results are written over them,
 * slot 0 first. The same code serves both tiers. It must be deterministic, and every effect must go to the journal or to
 * linear memory inside the frame, so that the frame can be run again from its checkpoint.
 */
export type HostFunction = (frame: Frame) => number;

/**
 * A module's file (a URL) that exports `liftOptimistic(input): IrModule | undefined`, and its input,
 * which must survive a structured clone.
 */
export interface OptimisticSource {
  readonly url: string;
  readonly input: unknown;
  /** Input of a part of a large module, which is compiled before the whole: functions that no run has reached yet trap in it. */
  readonly first?: unknown;
}

/**
 * A program that the engine can run: what a frontend's `load` gives. `exact` is the reference: metering by instruction,
 * every fault exact. `optimistic` may merge charges and trap bluntly; on any trap, and when its final gas is negative,
 * the frame is run again from its checkpoint in `exact` by the interpreter.
 */
export interface Program {
  /** Short name of the frontend: "evm", "sbpf", "move". */
  readonly vm: string;
  /** Identity for caches: hash of code and schedule. */
  readonly id: string;
  readonly exact: IrModule;
  /**
   * The module to compile, made when the program is hot; undefined = this program stays in the interpreter. Its entry and host
   * table agree with `exact`.
   */
  optimistic(): IrModule | undefined;
  /** What another thread needs to make the same module; absent: the module itself is sent there. */
  readonly source?: OptimisticSource | undefined;
  /** True: a trap takes all the gas of its frame (EVM, sBPF). Default: only what was used. */
  readonly depletes?: boolean;
  /**
   * For tests: what the code of the program may touch of linear memory. Where it is given, both tiers assert every address that
   * an instruction reads or writes, and end the run with an AddressViolation at one outside. Absent: nothing is asserted, at no cost.
   */
  readonly regions?: readonly MemoryRegion[] | undefined;
  /** A note on a frame of this program that did not end ok, for `FrameResult.detail`; asked for when no host left one. */
  describe?(frame: Frame): unknown;
  /**
   * The request that would have opened the frame at `address`, which compiled code of `parent` has laid out and entered without the engine: a
   * host function is called in it. Needed of programs whose code uses `frame.call`, or that such code enters; these must deplete.
   */
  adopt?(parent: Frame, address: number): CallRequest;
  /**
   * True: the program is its first host function, which asks for no call. The engine calls it without a tier between them, unless somebody
   * observes instructions.
   */
  readonly isHost?: boolean;
  /** Implementations, by position in `IrModule.hosts`; one table for both modules. */
  readonly hosts: readonly HostFunction[];
}

/** A request to run a program in a frame of its own. */
export interface CallRequest {
  readonly program: Program;
  /** Gas given to the frame, 0 <= gas < 2^63. */
  readonly gas: bigint;
  /** The frontend's own record of the call (caller, value, accounts, type arguments); reaches `Frame.context`. */
  readonly context: unknown;
  /**
   * Lays out header, guest memory and inputs in `frame`, whose memory holds garbage; sets `frame.end`. May run more than once
   * for one call (again from the checkpoint) and must then do the same.
   */
  prepare(frame: Frame): void;
  /**
   * Runs in the caller's frame when the callee has ended: copies results into the caller's scratch area and memory,
   * gives unused gas back. Answers like a host function. The callee's frame is still readable.
   */
  finish(caller: Frame, callee: Frame): number;
  /** Bytes in front of the frame that belong to the request: inputs that do not lie in its caller's memory. Default 0. */
  readonly reserve?: number;
  /** True: journal changes of the callee are kept whatever its outcome (the caller reverts if it must). Default false. */
  readonly keepOnFailure?: boolean;
}
