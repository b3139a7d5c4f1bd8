import { expect, test } from "vitest";
import { verdictOnBody } from "../testing/refusal.ts";

/** `depth` loops, each inside the one before. */
function nestedLoops(depth: number): string {
  const heads = Array.from({ length: depth }, (_, i) => `h${i}: Nop;`).join(" ");
  const backs = Array.from({ length: depth }, (_, i) => `LdTrue; BrTrue h${depth - 1 - i};`);
  return `${heads} ${backs.join(" ")} Ret`;
}

test.each([
  ["", "EMPTY_CODE_UNIT 0"],
  ["Nop", "INVALID_FALL_THROUGH 0:0"],
  ["b: LdTrue; BrTrue b", "INVALID_FALL_THROUGH 0:1"],
  ["b: Branch b", "accepted"],
  ["LdTrue; BrTrue b; a: Nop; b: LdTrue; BrTrue a; Ret", "INVALID_LOOP_SPLIT 0:0"],
  [nestedLoops(5), "accepted"],
  [nestedLoops(6), "LOOP_MAX_DEPTH_REACHED 0:0"],
  [`${"LdTrue; BrTrue end; ".repeat(1023)}end: Ret`, "accepted"],
  [`${"LdTrue; BrTrue end; ".repeat(1024)}end: Ret`, "TOO_MANY_BASIC_BLOCKS 0:0"],
])("code %#: %s", (body, verdict) => {
  expect(verdictOnBody("()", body)).toBe(verdict);
});
