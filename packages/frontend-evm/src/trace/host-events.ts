import type { Frame } from "@dragoman/core";
import { HEADER } from "../frame-header.ts";
import { activationOf, type Gas, gasOf } from "../host/activation.ts";
import { CALL, CALLCODE, type CallKind, DELEGATECALL, STATICCALL } from "../host/call-end.ts";
import type { Rules } from "../schedule/patches.ts";
import { CODE_PREFIX, codeTooLong, DEPOSIT_UNPAID } from "./failure-text.ts";
import type { FrameTrace } from "./frame-trace.ts";
import type { FrameFailure, FrameType } from "./tracer.ts";

const DEPOSIT_BYTE = 200;
const NOTHING = new Uint8Array(0);

const CALL_TYPES: Readonly<Record<CallKind, FrameType>> = {
  [CALL]: "CALL",
  [CALLCODE]: "CALLCODE",
  [DELEGATECALL]: "DELEGATECALL",
  [STATICCALL]: "STATICCALL",
};

/** A call instruction is paid: `gas` was taken from the caller or comes as its stipend. Its value stands in scratch slot 1. */
export function traceCall(
  trace: FrameTrace,
  frame: Frame,
  kind: CallKind,
  target: number,
  gas: Gas,
  input: Uint8Array,
): void {
  const { world, self, depth } = activationOf(frame);
  const entry = {
    type: CALL_TYPES[kind],
    depth: depth + 1,
    from: world.addressOf(self),
    to: world.addressOf(target),
    input,
    gas: BigInt(gas),
    value: callValue(frame, kind),
  };
  trace.enter(entry, frame, gasOf(frame));
}

function callValue(frame: Frame, kind: CallKind): bigint | undefined {
  if (kind === STATICCALL) return undefined;
  if (kind === DELEGATECALL) return frame.memory.word(frame.address + HEADER.CALLVALUE);
  return frame.argWord(1);
}

/** A creation is paid but for the gas of its initcode, which the caller still has. Its value stands in scratch slot 0. */
export function traceCreation(
  trace: FrameTrace,
  frame: Frame,
  isSalted: boolean,
  address: Uint8Array,
  gas: Gas,
  input: Uint8Array,
): void {
  const { world, self, depth } = activationOf(frame);
  const entry = {
    type: isSalted ? ("CREATE2" as const) : ("CREATE" as const),
    depth: depth + 1,
    from: world.addressOf(self),
    to: address,
    input,
    gas: BigInt(gas),
    value: frame.argWord(0),
  };
  trace.enter(entry, frame, gasOf(frame));
}

/** The end of a frame that `caller` opened and that never ran code. */
export function traceEnd(
  trace: FrameTrace,
  caller: Frame,
  failure: FrameFailure | undefined,
  gasUsed: Gas = 0,
  output: Uint8Array = NOTHING,
): void {
  const depth = activationOf(caller).depth + 1;
  const isReverted = failure !== undefined;
  trace.exit({ depth, output, gasUsed: BigInt(gasUsed), failure, isReverted });
}

/** SELFDESTRUCT as a frame of its own. `wei` is what the heir gets. */
export function traceSelfdestruct(
  trace: FrameTrace,
  frame: Frame,
  heir: number,
  wei: bigint,
): void {
  const { world, self, depth } = activationOf(frame);
  const [from, to] = [world.addressOf(self), world.addressOf(heir)];
  const entry = { from, to, input: NOTHING, gas: 0n, value: wei, depth: depth + 1 };
  trace.enter({ ...entry, type: "SELFDESTRUCT" }, frame, gasOf(frame));
  traceEnd(trace, frame, undefined);
}

/** The end of initcode that ended well: `price` is that of its deposit, negative if the code was refused. */
export function traceDeposit(trace: FrameTrace, callee: Frame, price: number): void {
  const { gas, depth, machine } = activationOf(callee);
  const { rules } = machine.schedule;
  const { output } = callee;
  trace.close(callee);
  const failure = depositFailure(rules, output, gasOf(callee));
  const isReverted = price < 0;
  const gasUsed = isReverted ? gas : gas - callee.gas + BigInt(price);
  trace.exit({ depth, output, gasUsed, failure, isReverted });
}

/** Why code cannot be deposited with so much gas left, in the order of the checks of geth (core/vm/evm.go, initNewContract). */
export function depositFailure(
  rules: Readonly<Rules>,
  code: Uint8Array,
  gas: number,
): FrameFailure | undefined {
  if (rules.refuseEf && code[0] === 0xef) return CODE_PREFIX;
  if (code.length * DEPOSIT_BYTE > gas) return DEPOSIT_UNPAID;
  return code.length > rules.codeSizeMax ? codeTooLong(code.length, rules.codeSizeMax) : undefined;
}
