import { type CallRequest, type Frame, HOST, isOk, isTrap, OUTCOME } from "@dragoman/core";
import { MARK } from "../account/domains.ts";
import { isZeroWords } from "../account/world.ts";
import { HEADER } from "../frame-header.ts";
import { EVM_OUTCOME } from "../outcome.ts";
import { findPrecompile } from "../precompile/table.ts";
import type { EvmProgram, Machine } from "../program.ts";
import { DEPTH_MAX, NEW_ACCOUNT_PRICE, STIPEND, VALUE_PRICE } from "../schedule/call-prices.ts";
import { PRECOMPILE_MAX } from "../schedule/precompiles.ts";
import { BALANCE_EXCEEDED, DEPTH_EXCEEDED } from "../trace/failure-text.ts";
import { traceCall, traceEnd } from "../trace/host-events.ts";
import { accessAccount } from "./account.ts";
import {
  Activation,
  activationOf,
  argNumber,
  type Gas,
  gasOf,
  giveGas,
  giveGasOf,
  guestAddress,
  sealMemory,
  takeGas,
} from "./activation.ts";
import { CALL, CALLCODE, type CallKind, DELEGATECALL, endCall, STATICCALL } from "./call-end.ts";
import { delegateOf } from "./delegation.ts";
import { callPrecompile } from "./precompile-call.ts";

/** A call from one EVM frame to another. Its operands are in the caller's scratch slots until it ends. */
export class InnerCall extends Activation {
  readonly kind: CallKind;
  readonly input: number;
  readonly inputSize: number;
  readonly output: number;
  readonly outputSize: number;

  constructor(
    program: EvmProgram,
    gas: Gas,
    caller: Activation,
    self: number,
    kind: CallKind,
    input: number,
    inputSize: number,
    output: number,
    outputSize: number,
  ) {
    super(
      program,
      BigInt(gas),
      caller.environment,
      self,
      caller.isStatic || kind === STATICCALL,
      caller.depth + 1,
    );
    this.world = caller.world;
    this.environmentAddress = caller.environmentAddress;
    this.trace = caller.trace;
    this.kind = kind;
    this.input = input;
    this.inputSize = inputSize;
    this.output = output;
    this.outputSize = outputSize;
  }

  prepare(frame: Frame): void {
    const parent = frame.parent!;
    const caller = activationOf(parent);
    this.layOut(frame, this.input, this.inputSize);
    const { u32 } = frame.memory;
    const own = frame.address >>> 2;
    const its = parent.address >>> 2;
    const delegated = this.kind === DELEGATECALL;
    const sender = its + (delegated ? HEADER.CALLER : HEADER.ADDRESS) / 4;
    for (let i = 0; i < 8; i++) u32[own + HEADER.CALLER / 4 + i] = u32[sender + i];
    if (this.kind === STATICCALL) {
      u32.fill(0, own + HEADER.CALLVALUE / 4, own + HEADER.CALLVALUE / 4 + 8);
      return;
    }
    const value = delegated ? its + HEADER.CALLVALUE / 4 : parent.slot(1) >>> 2;
    for (let i = 0; i < 8; i++) u32[own + HEADER.CALLVALUE / 4 + i] = u32[value + i];
    if (this.kind === CALL) this.world.transfer(caller.self, this.self, u32, value);
  }

  finish(caller: Frame, callee: Frame): number {
    const { outcome, output } = callee;
    if (this.trace !== undefined) this.trace.exitFrame(callee, this.gas - callee.gas);
    if (!isTrap(outcome)) giveGasOf(caller, callee);
    endCall(caller, isOk(outcome), output, this.output, this.outputSize);
    return HOST.CONTINUE;
  }
}

/** Operands of a CALL of any kind, read from the scratch slots. */
function callWith(kind: CallKind): (frame: Frame) => number {
  const hasValue = kind === CALL || kind === CALLCODE;
  const gasSlot = hasValue ? 2 : 1;
  return (frame) => {
    const caller = activationOf(frame);
    const { world, machine } = caller;
    const { rules } = machine.schedule;
    const { u32 } = frame.memory;
    const target = world.accountOf(u32, frame.slot(0) >>> 2);
    const valueAt = frame.slot(1) >>> 2;
    const sends = hasValue && !isZeroWords(u32, valueAt);
    if (!accessAccount(frame, caller, target)) return frame.leave(OUTCOME.OUT_OF_GAS);
    let price = sends ? VALUE_PRICE : 0;
    if (kind === CALL && isNewAccount(caller, target, sends)) price += NEW_ACCOUNT_PRICE;
    if (sends && kind === CALL && caller.isStatic) return frame.leave(EVM_OUTCOME.STATIC_VIOLATION);
    if (price > 0 && !frame.charge(price)) return frame.leave(OUTCOME.OUT_OF_GAS);
    const code = rules.delegation ? delegateOf(frame, caller, target) : world.code(target);
    if (code === undefined) return frame.leave(OUTCOME.OUT_OF_GAS);
    const gas = gasForCall(frame, gasSlot, rules.allButOneSixtyFourth);
    if (!takeGas(frame, gas)) return frame.leave(OUTCOME.OUT_OF_GAS);
    const given = sends ? withStipend(gas) : gas;
    const output = guestAddress(frame, frame.argI32(gasSlot + 3));
    const outputSize = frame.argI32(gasSlot + 4);
    const input = guestAddress(frame, frame.argI32(gasSlot + 1));
    const inputSize = frame.argI32(gasSlot + 2);
    const { trace } = caller;
    if (trace !== undefined) {
      traceCall(trace, frame, kind, target, given, frame.memory.slice(input, inputSize));
    }
    if (caller.depth >= DEPTH_MAX || (sends && !world.covers(caller.self, u32, valueAt))) {
      if (trace !== undefined) {
        traceEnd(trace, frame, caller.depth >= DEPTH_MAX ? DEPTH_EXCEEDED : BALANCE_EXCEEDED);
      }
      giveGas(frame, given);
      endCall(frame, false, NOTHING, output, outputSize);
      return HOST.CONTINUE;
    }
    const precompile = mayBePrecompile(machine, u32, frame.slot(0) >>> 2)
      ? findPrecompile(machine, world.addressOf(target))
      : undefined;
    if (precompile !== undefined) {
      const area = { input, inputSize, output, outputSize };
      return callPrecompile(frame, precompile, kind, target, given, area);
    }
    if (code.length === 0) {
      if (trace !== undefined) traceEnd(trace, frame, undefined);
      if (kind === CALL) {
        world.transfer(caller.self, target, u32, valueAt);
        if (code === world.code(target))
          world.noteCodeless(u32, frame.slot(0) >>> 2, target, machine);
      } else if (kind === STATICCALL) world.addMark(target, MARK.TOUCHED);
      giveGas(frame, given);
      endCall(frame, true, NOTHING, output, outputSize);
      return HOST.CONTINUE;
    }
    const self = kind === CALL || kind === STATICCALL ? target : caller.self;
    if (kind === STATICCALL) world.addMark(target, MARK.TOUCHED);
    sealMemory(frame);
    const program = world.programAt(target, code, machine);
    if (kind !== CALLCODE && code === world.code(target)) {
      const entry = frame.runtime.entryOf(program);
      world.noteCallee(u32, frame.slot(0) >>> 2, target, machine, entry);
    }
    const request: CallRequest = new InnerCall(
      program,
      given,
      caller,
      self,
      kind,
      input,
      inputSize,
      output,
      outputSize,
    );
    return frame.call(request);
  };
}

/** False if the address in `words[at..at+5)` is none of a precompile for certain. */
function mayBePrecompile(machine: Machine, words: Uint32Array, at: number): boolean {
  if (machine.extraPrecompiles.size > 0) return true;
  return (
    (words[at + 1] | words[at + 2] | words[at + 3] | words[at + 4]) === 0 &&
    words[at] <= PRECOMPILE_MAX
  );
}

function isNewAccount(caller: Activation, target: number, sends: boolean): boolean {
  if (!caller.machine.schedule.rules.emptyAccounts) return !caller.world.exists(target);
  return sends && caller.world.isEmpty(target);
}

/** Gas that the callee gets of what argument `slot` asks for; before EIP-150 that may be more than there is. */
function gasForCall(frame: Frame, slot: number, allButOneSixtyFourth: boolean): Gas {
  const asked = argNumber(frame, slot);
  const available = gasOf(frame);
  if (available > Number.MAX_SAFE_INTEGER) {
    const exactly = frame.argI64(slot);
    const most = allBut64th(frame);
    return allButOneSixtyFourth && exactly > most ? most : exactly;
  }
  if (!allButOneSixtyFourth) return asked;
  return Math.min(asked, available - Math.floor(available / 64));
}

const withStipend = (gas: Gas): Gas =>
  typeof gas === "number" ? gas + STIPEND : gas + BigInt(STIPEND);

/** All but one 64th of a frame's gas (EIP-150). */
export function allBut64th(frame: Frame): Gas {
  const gas = gasOf(frame);
  if (gas <= Number.MAX_SAFE_INTEGER) return gas - Math.floor(gas / 64);
  return frame.gas - frame.gas / 64n;
}

const NOTHING = new Uint8Array(0);

export const call = callWith(CALL);
export const callcode = callWith(CALLCODE);
export const delegatecall = callWith(DELEGATECALL);
export const staticcall = callWith(STATICCALL);
