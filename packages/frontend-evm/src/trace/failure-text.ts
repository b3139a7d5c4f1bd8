import { type Frame, OUTCOME } from "@dragoman/core";
import { activationOf } from "../host/activation.ts";
import { OP_ROWS, OPCODE } from "../opcodes.ts";
import { EVM_OUTCOME } from "../outcome.ts";
import type { ComputedPrecompile } from "../precompile/precompile.ts";
import type { FrameFailure } from "./tracer.ts";

export const DEPTH_EXCEEDED: FrameFailure = { text: "max call depth exceeded" };
export const BALANCE_EXCEEDED: FrameFailure = { text: "insufficient balance for transfer" };
export const NONCE_OVERFLOW: FrameFailure = { text: "nonce uint64 overflow" };
export const ADDRESS_COLLISION: FrameFailure = { text: "contract address collision" };
export const DEPOSIT_UNPAID: FrameFailure = { text: "contract creation code storage out of gas" };
export const CODE_PREFIX: FrameFailure = { text: "invalid code: must not begin with 0xef" };
export const OUT_OF_GAS: FrameFailure = { text: "out of gas" };
/** SSTORE with no more gas than the stipend (EIP-2200). */
const SENTRY: FrameFailure = { text: "out of gas: not enough gas for reentrancy sentry" };
export const REVERTED: FrameFailure = { text: "execution reverted" };

/** EIP-170 was broken. Sizes in bytes. */
export const codeTooLong = (size: number, limit: number): FrameFailure => ({
  text: `max code size exceeded: code size ${size} limit ${limit}`,
});

/** Words of the outcomes that say all. */
const PLAIN: Readonly<Record<number, FrameFailure>> = {
  [OUTCOME.REVERT]: REVERTED,
  [OUTCOME.OUT_OF_GAS]: OUT_OF_GAS,
  [EVM_OUTCOME.INVALID_JUMP]: { text: "invalid jump destination" },
  [EVM_OUTCOME.STATIC_VIOLATION]: { text: "write protection" },
  [EVM_OUTCOME.RETURN_DATA_OUT_OF_BOUNDS]: { text: "return data out of bounds" },
  [EVM_OUTCOME.CREATE_COLLISION]: ADDRESS_COLLISION,
  [EVM_OUTCOME.NONCE_OVERFLOW]: NONCE_OVERFLOW,
};

const STACK_LIMIT = 1024;
const STIPEND = 2300;

/** What an instruction is called in messages and traces; bytes that are none have the words of geth. */
export function opText(op: number): string {
  const row = OP_ROWS[op];
  if (row === undefined) return `opcode 0x${op.toString(16)} not defined`;
  if (op === OPCODE.prevrandao) return "DIFFICULTY";
  return row[1].toUpperCase();
}

/** The last instruction of a frame: height of the operand stack and gas before it. */
export interface LastInstruction {
  readonly height: number;
  readonly gas: number;
}

/** Why a frame of EVM code ended as it did; undefined if it ended well. `last` is undefined if nobody saw it. */
export function failureOf(
  frame: Frame,
  last: LastInstruction | undefined,
): FrameFailure | undefined {
  const { outcome, position } = frame;
  if (outcome === OUTCOME.OK) return undefined;
  const { code, gas, machine } = activationOf(frame);
  const { rules } = machine.schedule;
  const op = code[position] ?? 0;
  if (outcome === EVM_OUTCOME.INVALID_OPCODE) return { text: `invalid opcode: ${opText(op)}` };
  if (outcome === OUTCOME.STACK_UNDERFLOW || outcome === OUTCOME.STACK_OVERFLOW) {
    return stackFailure(op, outcome, last?.height);
  }
  if (outcome === OUTCOME.OUT_OF_GAS && op === OPCODE.sstore && rules.sstore === "sentry") {
    if (last === undefined) return { ...OUT_OF_GAS, isVague: true };
    if (last.gas <= STIPEND) return SENTRY;
  }
  if (outcome === EVM_OUTCOME.INITCODE_SIZE_EXCEEDED) {
    return { text: `out of gas: max initcode size exceeded: limit ${rules.initcodeSizeMax}` };
  }
  return PLAIN[outcome] ?? { text: `execution halted: 0x${outcome.toString(16)} of ${gas} gas` };
}

/** Underflow or overflow of the operand stack at an instruction. */
function stackFailure(op: number, outcome: number, height: number | undefined): FrameFailure {
  const row = OP_ROWS[op];
  const [input, output] = row === undefined ? [0, 0] : [row[2], row[3]];
  const vague = height === undefined ? { isVague: true as const } : {};
  if (outcome === OUTCOME.STACK_UNDERFLOW) {
    return { text: `stack underflow (${height ?? 0} <=> ${input})`, ...vague };
  }
  const limit = STACK_LIMIT + input - output;
  return { text: `stack limit reached ${height ?? STACK_LIMIT} (${limit})`, ...vague };
}

/** Why a precompile failed on an input: with all the gas in the world it would have been for the input's sake. */
export function precompileFailure(precompile: ComputedPrecompile, input: Uint8Array): FrameFailure {
  const isPaidFor = precompile.run(input, Number.MAX_SAFE_INTEGER) === undefined;
  return isPaidFor ? { text: "invalid input length" } : OUT_OF_GAS;
}
