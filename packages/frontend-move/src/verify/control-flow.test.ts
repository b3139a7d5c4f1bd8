import { expect, test } from "vitest";
import { verdictOn, verdictOnBody } from "../testing/refusal.ts";

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

const IN_VERSION_5 = (body: string) =>
  verdictOn(`version 5; module 0x1.m { f() bytecode { ${body} } }`);

test.each([
  ["", "EMPTY_CODE_UNIT 0"],
  ["Nop", "INVALID_FALL_THROUGH 0:0"],
  ["h: LdTrue; BrTrue h; Ret", "accepted"],
  ["h: LdTrue; BrFalse e; Branch h; e: Ret", "accepted"],
  ["h: Nop; i: LdTrue; BrTrue h; LdTrue; BrTrue i; Ret", "INVALID_LOOP_CONTINUE 0:2"],
  ["h: LdTrue; BrFalse e; Branch h; Nop; e: Ret", "INVALID_LOOP_BREAK 0:1"],
  ["LdTrue; BrTrue i; h: Nop; i: LdTrue; BrTrue h; Ret", "INVALID_LOOP_SPLIT 0:1"],
  [nestedLoops(5), "accepted"],
  [nestedLoops(6), "LOOP_MAX_DEPTH_REACHED 0:5"],
])("code %# of version 5: %s", (body, verdict) => {
  expect(IN_VERSION_5(body)).toBe(verdict);
});

test("what version 5 refuses of loops that have one entry, version 6 accepts", () => {
  const body = "h: LdTrue; BrFalse e; Branch h; Nop; e: Ret";
  expect(verdictOn(`version 6; module 0x1.m { f() bytecode { ${body} } }`)).toBe("accepted");
});
