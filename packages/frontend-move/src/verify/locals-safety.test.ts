import { expect, test } from "vitest";
import { verdictOnBody } from "../testing/refusal.ts";

const HOT = "struct Hot { x: u64 }";

test.each([
  ["()", "let x: u64; MoveLoc x; Pop; Ret", "MOVELOC_UNAVAILABLE_ERROR 0:0"],
  ["(x: u64)", "MoveLoc x; Pop; MoveLoc x; Pop; Ret", "MOVELOC_UNAVAILABLE_ERROR 0:2"],
  ["()", "let x: u64; CopyLoc x; Pop; Ret", "COPYLOC_UNAVAILABLE_ERROR 0:0"],
  ["()", "let x: u64; MutBorrowLoc x; Pop; Ret", "BORROWLOC_UNAVAILABLE_ERROR 0:0"],
  ["(x: Self.Hot, y: Self.Hot)", "MoveLoc y; StLoc x; Ret", "STLOC_UNSAFE_TO_DESTROY_ERROR 0:1"],
  ["(x: Self.Hot)", "Ret", "UNSAFE_RET_UNUSED_VALUES_WITHOUT_DROP 0:0"],
  ["(x: Self.Hot)", "LdU64 1; Abort", "accepted"],
])("f%s %s: %s", (head, body, verdict) => {
  expect(verdictOnBody(head, body, HOT)).toBe(verdict);
});

test("a local that one branch fills may be empty behind the branches", () => {
  const body = "let x: u64; LdTrue; BrFalse b; LdU64 1; StLoc x; b: CopyLoc x; Pop; Ret";
  expect(verdictOnBody("()", body)).toBe("COPYLOC_UNAVAILABLE_ERROR 0:4");
});

test("a local that a loop empties may be empty at the loop's head", () => {
  const body = "head: MoveLoc x; Pop; LdTrue; BrTrue head; Ret";
  expect(verdictOnBody("(x: u64)", body)).toBe("MOVELOC_UNAVAILABLE_ERROR 0:0");
});

test("a local that a loop empties and fills again is full", () => {
  const body = "head: MoveLoc x; LdU64 1; Add; StLoc x; LdTrue; BrTrue head; Ret";
  expect(verdictOnBody("(x: u64)", body)).toBe("accepted");
});

test("a value that cannot be dropped must leave on every path", () => {
  const body = "LdTrue; BrFalse b; MoveLoc x; Unpack Hot; Pop; b: Ret";
  expect(verdictOnBody("(x: Self.Hot)", body, HOT)).toBe(
    "UNSAFE_RET_UNUSED_VALUES_WITHOUT_DROP 0:5",
  );
});
