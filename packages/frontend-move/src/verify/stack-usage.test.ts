import { expect, test } from "vitest";
import { verdictOnBody } from "../testing/refusal.ts";

test.each([
  ["()", "LdU64 1; Ret", "POSITIVE_STACK_SIZE_AT_BLOCK_END 0:0"],
  ["()", "Nop; Pop; Ret", "NEGATIVE_STACK_SIZE_WITHIN_BLOCK 0:0"],
  ["(): u64", "Ret", "NEGATIVE_STACK_SIZE_WITHIN_BLOCK 0:0"],
  ["()", "LdTrue; Branch b; b: Pop; Ret", "POSITIVE_STACK_SIZE_AT_BLOCK_END 0:0"],
  ["()", "Branch b; LdTrue; Branch b; b: Ret", "POSITIVE_STACK_SIZE_AT_BLOCK_END 0:1"],
  ["()", `${"LdU8 1; ".repeat(1025)}Ret`, "VALUE_STACK_OVERFLOW 0:0"],
  ["()", "VecPack<u8> 0; VecUnpack<u8> 2000; Ret", "VALUE_STACK_OVERFLOW 0:0"],
  ["()", `${"LdU8 1; Pop; ".repeat(10_001)}Ret`, "VALUE_STACK_PUSH_OVERFLOW 0:0"],
  ["(x: u64, y: u64): u64 * u64", "MoveLoc y; MoveLoc x; Ret", "accepted"],
])("f%s %s: %#", (head, body, verdict) => {
  expect(verdictOnBody(head, body)).toBe(verdict);
});
