import type { Program } from "@dragoman/core";
import { type EvmProgram, OP_ROWS } from "@dragoman/frontend-evm";
import { MoveProgram } from "@dragoman/frontend-move";
import { INSTRUCTIONS, type SbpfProgram } from "@dragoman/frontend-sbpf";
import type { Vm } from "./portal/payload.ts";

/** One place in a program, as a trace names it. */
export interface PositionText {
  readonly vm: Vm;
  /** Move: module and function. */
  readonly fn?: string;
  /** EVM: byte of the code. SVM: slot of the text. Move: instruction of the function. -1: not in the program's text. */
  readonly pc: number;
  /** Mnemonic; empty where the text has no instruction. */
  readonly op: string;
}

/** What stands at a source position of a program of any frontend. */
export function describePosition(program: Program, position: number): PositionText {
  if (program instanceof MoveProgram) {
    return { vm: "move", ...(program.instructionAt(position) ?? NOWHERE) };
  }
  if (program.vm === "evm") {
    const { code } = program as EvmProgram;
    return { vm: "evm", pc: position, op: evmName(code[position]) };
  }
  const text = (program as Partial<SbpfProgram>).graph?.text;
  if (text === undefined) return { vm: "svm", ...NOWHERE };
  const row = INSTRUCTIONS[text.version]?.[text.op[position] ?? 0];
  return { vm: "svm", pc: position, op: row?.mnemonic ?? "" };
}

const NOWHERE = { pc: -1, op: "" } as const;

const evmName = (opcode: number | undefined): string =>
  opcode === undefined ? "STOP" : (OP_ROWS[opcode]?.[1].toUpperCase() ?? "INVALID");
