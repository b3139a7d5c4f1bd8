import { MOVE_STATUS, type MoveStatus } from "./status.ts";

/** Where a refused file is wrong; only what is known is there. */
export interface FaultPlace {
  /** Byte of the file. */
  readonly offset?: number;
  /** Index into the function definitions. */
  readonly function?: number;
  /** Instruction of that function. */
  readonly pc?: number;
  /** A pool, and the index in it. */
  readonly table?: string;
  readonly index?: number;
}

/**
 * Input that is refused: a malformed file, a module that does not verify, text that does not
 * assemble. `status` is the Move status, `code` its number; `sentence` says what is wrong.
 */
export class MoveFault extends Error {
  override readonly name = "MoveFault";
  readonly status: MoveStatus;
  readonly code: number;
  readonly sentence: string;
  readonly place: FaultPlace;

  constructor(status: MoveStatus, place: FaultPlace, sentence: string) {
    super(`${status}: ${sentence}${wherePhrase(place)}`);
    this.status = status;
    this.code = MOVE_STATUS[status];
    this.sentence = sentence;
    this.place = place;
  }
}

function wherePhrase(place: FaultPlace): string {
  const parts: string[] = [];
  if (place.table !== undefined) parts.push(`${place.table} ${place.index ?? ""}`.trim());
  if (place.function !== undefined) parts.push(`function ${place.function}`);
  if (place.pc !== undefined) parts.push(`instruction ${place.pc}`);
  if (place.offset !== undefined) parts.push(`byte ${place.offset}`);
  return parts.length === 0 ? "" : ` (${parts.join(", ")})`;
}
