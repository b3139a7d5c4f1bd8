import { FaultError } from "@dragoman/fault";
import { expect, test } from "vitest";
import { assemble } from "../asm/assemble.ts";
import { decodeText } from "./decode.ts";
import { verifyText } from "./verify.ts";
import type { SbpfVersion } from "./version.ts";

function faultOf(bytes: Uint8Array, version: SbpfVersion = 0): string {
  try {
    verifyText(decodeText(bytes, version));
  } catch (error) {
    if (error instanceof FaultError) return `${error.fault.name} ${error.fault.at}`;
    throw error;
  }
  return "accepted";
}

const slots = (...words: string[]): Uint8Array => Buffer.from(words.join(""), "hex");
const EXIT = "9500000000000000";

test.each([
  ["div64 r0, 0", "INVALID_SBPF_ZERO_DIVISOR 1"],
  ["mod32 r0, 0", "INVALID_SBPF_ZERO_DIVISOR 1"],
  ["lsh64 r0, 64", "SBPF_SHIFT_OUT_OF_RANGE 1"],
  ["rsh32 r0, 32", "SBPF_SHIFT_OUT_OF_RANGE 1"],
  ["arsh64 r0, -1", "SBPF_SHIFT_OUT_OF_RANGE 1"],
  ["ja +2", "SBPF_JUMP_OUT_OF_RANGE 1"],
  ["jeq r0, 0, -3", "SBPF_JUMP_OUT_OF_RANGE 1"],
  ["mov64 r10, 1", "INVALID_SBPF_WRITE_TO_R10 1"],
  ["ldxb r10, [r1+0]", "INVALID_SBPF_WRITE_TO_R10 1"],
  ["mov64 r11, 1", "SBPF_DESTINATION_REGISTER_OUT_OF_RANGE 1"],
  ["mov64 r1, r11", "SBPF_SOURCE_REGISTER_OUT_OF_RANGE 1"],
  ["callx r10", "SBPF_CALLX_REGISTER_OUT_OF_RANGE 1"],
  ["stb [r10-1], 1", "accepted"],
  ["lsh64 r0, 63", "accepted"],
])("%s: %s", (line, wanted) => {
  expect(faultOf(assemble(`mov64 r0, 0\n${line}\nexit`).text)).toBe(wanted);
});

test.each([
  ["an empty program", "INVALID_EMPTY_SBPF_TEXT 0", slots()],
  ["half a slot", "SBPF_TEXT_SIZE_MISMATCH 12", slots(EXIT, "95000000")],
  ["opcode 0", "INVALID_SBPF_OPCODE 0", slots("0000000000000000", EXIT)],
  ["lddw at the end", "INVALID_SBPF_LDDW_LAST 1", slots(EXIT, "1800000000000000")],
  ["lddw without half", "INVALID_SBPF_LDDW_HALF 0", slots("1800000000000000", EXIT)],
  [
    "a jump into an lddw",
    "INVALID_SBPF_JUMP_INTO_LDDW 0",
    slots("0500010000000000", "1800000000000000", "0000000000000000", EXIT),
  ],
  ["be with width 8", "INVALID_SBPF_ENDIAN_WIDTH 0", slots("dc00000008000000", EXIT)],
  ["jmp32 in v0", "INVALID_SBPF_OPCODE 0", slots("1600000000000000", EXIT)],
])("%s: %s", (_, wanted, bytes) => {
  expect(faultOf(bytes)).toBe(wanted);
});

test("jmp32 belongs to v3 and the frame bump to v1", () => {
  expect(faultOf(slots("1600000000000000", EXIT), 3)).toBe("accepted");
  expect(faultOf(slots("070a000040000000", EXIT), 1)).toBe("accepted");
  expect(faultOf(slots("070a000041000000", EXIT), 1)).toBe("INVALID_SBPF_FRAME_BUMP 0");
  expect(faultOf(slots("070a000040000000", EXIT), 3)).toBe("INVALID_SBPF_WRITE_TO_R10 0");
});
