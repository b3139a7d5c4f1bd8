import { type FaultName, refuse } from "@dragoman/fault";
import type { Text } from "./decode.ts";
import { type Check, INSTRUCTIONS } from "./table.ts";
import { callxRegister } from "./version.ts";

const CHECKS: readonly Check[] = [
  "none",
  "divisor",
  "shift32",
  "shift64",
  "end",
  "lddw",
  "jump",
  "callx",
  "frame",
];
const UNKNOWN = 255;
const STORES = 0x80;

/** Per version and opcode: number of the check, {@link STORES} set if r10 may stand as destination. */
const TABLES = INSTRUCTIONS.map((table) =>
  Uint8Array.from(table, (instruction) => {
    if (instruction === undefined) return UNKNOWN;
    return CHECKS.indexOf(instruction.check) | (instruction.form.startsWith("store") ? STORES : 0);
  }),
);

/**
 * Refuses code that breaks a rule of the requisite verifier (anza-xyz/sbpf `src/verifier.rs`). `at` of the fault is the
 * slot. Targets of calls are not looked at: a wrong one fails when it is called.
 */
export function verifyText(text: Text): void {
  const { version, count, op, dst, src, off, imm } = text;
  const table = TABLES[version];
  for (let pc = 0; pc < count; pc++) {
    const entry = table[op[pc]];
    if (entry === UNKNOWN) fail("INVALID_SBPF_OPCODE", pc, `opcode ${op[pc]} is unknown`);
    const check = entry & 15;
    if (check === JUMP) {
      const target = pc + 1 + off[pc];
      if (target < 0 || target >= count || op[target] === 0) refuseJump(text, pc, target);
    } else if (check !== 0) checkInstruction(text, pc, CHECKS[check]);
    const at = pc;
    if (check === LDDW) pc++;
    if (src[at] > 10) fail("SBPF_SOURCE_REGISTER_OUT_OF_RANGE", at, `there is no r${src[at]}`);
    if (dst[at] < 10) continue;
    if (dst[at] > 10) fail("SBPF_DESTINATION_REGISTER_OUT_OF_RANGE", at, `there is no r${dst[at]}`);
    const bump = (version === 1 || version === 2) && op[at] === 0x07;
    if ((entry & STORES) === 0 && !bump) fail("INVALID_SBPF_WRITE_TO_R10", at, "r10 is written");
    if (bump && (imm[at] & 63) !== 0) {
      fail("INVALID_SBPF_FRAME_BUMP", at, `${imm[at]} is no multiple of 64`);
    }
  }
}

const LDDW = CHECKS.indexOf("lddw");
const JUMP = CHECKS.indexOf("jump");

function checkInstruction(text: Text, pc: number, check: Check): void {
  const imm = text.imm[pc];
  switch (check) {
    case "divisor":
      if (imm === 0) fail("INVALID_SBPF_ZERO_DIVISOR", pc, "the divisor is 0");
      return;
    case "shift32":
    case "shift64":
      if (imm < 0 || imm >= (check === "shift32" ? 32 : 64)) {
        fail("SBPF_SHIFT_OUT_OF_RANGE", pc, `a shift by ${imm} leaves nothing`);
      }
      return;
    case "end":
      if (imm !== 16 && imm !== 32 && imm !== 64) {
        fail("INVALID_SBPF_ENDIAN_WIDTH", pc, `the width is ${imm}`);
      }
      return;
    case "lddw":
      if (pc + 1 >= text.count) fail("INVALID_SBPF_LDDW_LAST", pc, "lddw has no second half");
      if (text.op[pc + 1] !== 0) fail("INVALID_SBPF_LDDW_HALF", pc, "the half has an opcode");
      return;
    case "callx": {
      const register = callxRegister(text.version, text.dst[pc], text.src[pc], imm);
      if (register < 0 || register > 9) {
        fail("SBPF_CALLX_REGISTER_OUT_OF_RANGE", pc, `callx names register ${register}`);
      }
    }
  }
}

function refuseJump(text: Text, pc: number, target: number): never {
  if (target < 0 || target >= text.count) {
    return fail("SBPF_JUMP_OUT_OF_RANGE", pc, `slot ${target} lies outside the code`);
  }
  return fail("INVALID_SBPF_JUMP_INTO_LDDW", pc, `slot ${target} is the half of an lddw`);
}

function fail(name: FaultName, pc: number, message: string): never {
  return refuse(name, pc, `${message} (instruction ${pc})`);
}
