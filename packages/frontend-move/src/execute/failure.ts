import type { MoveStatus } from "../format/index.ts";
import { MOVE_TRAP, statusOfOutcome } from "../lift/outcome.ts";

/** The instruction at which a program failed. */
export interface MovePlace {
  /** `0xA::m`. */
  readonly module: string;
  /** Index into the module's function definitions. */
  readonly function: number;
  /** Index of the instruction. */
  readonly offset: number;
}

/** Why a Move frame failed: what `FrameResult.detail` holds. */
export interface MoveFailure {
  readonly status: MoveStatus;
  /** Number of the status. */
  readonly code: number;
  /** Sub-status of a vector operation. */
  readonly sub: number | undefined;
  /** The program's own code where the status is ABORTED. */
  readonly abortCode: bigint | undefined;
  /** The program's own words where the status is ABORTED and it gave some. */
  readonly message: string | undefined;
  readonly module: string | undefined;
  readonly function: number | undefined;
  readonly offset: number | undefined;
}

export function failureOf(
  outcome: number,
  abortCode: bigint,
  place: MovePlace | undefined,
  message?: string,
): MoveFailure {
  return {
    ...statusOfOutcome(outcome),
    abortCode: outcome === MOVE_TRAP.ABORTED ? abortCode : undefined,
    message: outcome === MOVE_TRAP.ABORTED ? message : undefined,
    module: place?.module,
    function: place?.function,
    offset: place?.offset,
  };
}

/** One sentence: `ABORTED with code 2 in 0xacc::bank, function 3, instruction 7`. */
export function failureSentence(failure: MoveFailure): string {
  const { status, sub, abortCode, message, module, ...place } = failure;
  const words = message === undefined ? "" : `: ${message}`;
  const code = abortCode === undefined ? "" : ` with code ${abortCode}`;
  const detail = sub === undefined ? "" : ` (${sub})`;
  const where =
    module === undefined
      ? ""
      : ` in ${module}, function ${place.function}, instruction ${place.offset}`;
  return `${status}${detail}${code}${where}${words}`;
}
