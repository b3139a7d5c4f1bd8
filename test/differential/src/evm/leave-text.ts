/** An internal function of a random program. */
export interface Routine {
  readonly name: string;
  readonly args: number;
  readonly results: number;
  readonly recursive: boolean;
}

/** From `return address, arguments, results` to `results`, and back to the caller. */
export function leaveText({ args, results }: Routine): string {
  const drop = (count: number): string => "swap1 pop ".repeat(count);
  if (results === 0) return `${"pop ".repeat(args)}jump`;
  if (results === 1) return `swap${args + 1} ${drop(args)}jump`;
  if (args === 0) return "swap2 jump";
  return `swap${args + 2} swap1 swap${args + 1} pop ${drop(args - 1)}jump`;
}
