/** A defect of this program, never of its input. Nothing below an application's main catches it. */
export class Bug extends Error {
  override readonly name = "Bug";
}

/** Throws a {@link Bug} unless `condition` holds. `why` says what must be true at this place. */
export function assert(condition: unknown, why: string): asserts condition {
  if (!condition) throw new Bug(why);
}
