import { refuse } from "@dragoman/fault";

const LINES_MAX = 5000;

/** Lines `from` and on of a text, at most `lines`. Fault: INVALID_ARGUMENT. */
export function pageOf(text: string, from: number, lines: number): string {
  if (from < 0) refuse("INVALID_ARGUMENT", undefined, `\`from\` counts from 0, not ${from}`);
  if (lines < 1 || lines > LINES_MAX) {
    const why = `\`lines\` is 1 to ${LINES_MAX}, not ${lines}`;
    refuse("INVALID_ARGUMENT", undefined, why, { max: LINES_MAX, lines });
  }
  return linesOf(text)
    .slice(from, from + lines)
    .join("\n");
}

export const lineCountOf = (text: string): number => linesOf(text).length;

const linesOf = (text: string): string[] => text.trimEnd().split("\n");
