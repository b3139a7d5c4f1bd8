import { type Frame, HOST, isOk, isTrap, OUTCOME } from "@dragoman/core";
import { keccak256 } from "@dragoman/crypto";
import { MARK } from "../account/domains.ts";
import type { World } from "../account/world.ts";
import { HEADER } from "../frame-header.ts";
import { EVM_OUTCOME } from "../outcome.ts";
import type { EvmProgram } from "../program.ts";
import { DEPTH_MAX } from "../schedule/call-prices.ts";
import type { Rules } from "../schedule/patches.ts";
import {
  ADDRESS_COLLISION,
  BALANCE_EXCEEDED,
  DEPTH_EXCEEDED,
  NONCE_OVERFLOW,
} from "../trace/failure-text.ts";
import { traceCreation, traceDeposit, traceEnd } from "../trace/host-events.ts";
import {
  Activation,
  activationOf,
  type Gas,
  gasOf,
  giveGasOf,
  guestAddress,
  sealMemory,
  takeGas,
} from "./activation.ts";
import { allBut64th } from "./call.ts";
import { create2Address, createAddress } from "./create-address.ts";

const DEPOSIT_BYTE = 200;
const HASH_WORD = 6;
const NONCE_MAX = 2n ** 64n - 1n;
const NOTHING = new Uint8Array(0);

/** Runs initcode in a new account. */
export class Creation extends Activation {
  constructor(program: EvmProgram, gas: Gas, caller: Activation, self: number) {
    super(program, BigInt(gas), caller.environment, self, false, caller.depth + 1);
    this.world = caller.world;
    this.environmentAddress = caller.environmentAddress;
    this.trace = caller.trace;
  }

  prepare(frame: Frame): void {
    const parent = frame.parent!;
    const caller = activationOf(parent);
    this.layOut(frame, frame.address, 0);
    const { u32 } = frame.memory;
    const own = frame.address >>> 2;
    const sender = (parent.address + HEADER.ADDRESS) >>> 2;
    u32.copyWithin(own + HEADER.CALLER / 4, sender, sender + 8);
    const value = parent.slot(0) >>> 2;
    u32.copyWithin(own + HEADER.CALLVALUE / 4, value, value + 8);
    openAccount(this.world, this.self, this.machine.schedule.rules);
    this.world.transfer(caller.self, this.self, u32, value);
  }

  finish(caller: Frame, callee: Frame): number {
    const { rules } = this.machine.schedule;
    const { output } = callee;
    let ok = isOk(callee.outcome);
    if (!ok && this.trace !== undefined) this.trace.exitFrame(callee, this.gas - callee.gas);
    if (ok) {
      const price = depositCode(this.world, rules, this.self, output, gasOf(callee));
      if (this.trace !== undefined) traceDeposit(this.trace, callee, price);
      ok = price >= 0;
      if (ok) {
        giveGasOf(caller, callee);
        caller.charge(price);
      } else caller.journal.revert(callee.checkpoint, true);
    } else if (!isTrap(callee.outcome)) giveGasOf(caller, callee);
    endCreation(caller, ok ? this.self : -1, callee.outcome === OUTCOME.REVERT ? output : NOTHING);
    return HOST.CONTINUE;
  }
}

/** A created account begins with nonce 1 (EIP-161) and is remembered as new (EIP-6780). */
export function openAccount(world: World, account: number, rules: Rules): void {
  world.addMark(account, MARK.CREATED | MARK.TOUCHED);
  if (rules.emptyAccounts) world.journal.writeWord(world.nonceCell(account), 1n);
}

/**
 * Stores what initcode returned. Gives the price of the deposit, or -1 if the creation fails: code too long (EIP-170), code
 * that begins with 0xef (EIP-3541), deposit not affordable (EIP-2).
 */
export function depositCode(
  world: World,
  rules: Rules,
  account: number,
  code: Uint8Array,
  gas: number,
): number {
  if (code.length > rules.codeSizeMax) return -1;
  if (rules.refuseEf && code[0] === 0xef) return -1;
  const price = code.length * DEPOSIT_BYTE;
  if (price > gas) return rules.depositMustBePaid ? -1 : 0;
  if (code.length > 0) world.journal.writeBytes(world.codeCell(account), code);
  return price;
}

/** True if nothing may be created there: an account with nonce, code or storage has the address (EIP-684, EIP-7610). */
export function isTaken(world: World, account: number): boolean {
  const hasRun = world.code(account).length > 0 || !world.isZero(world.nonceCell(account));
  return hasRun || world.hasOldStorage(account);
}

function endCreation(caller: Frame, account: number, returnData: Uint8Array): void {
  const activation = activationOf(caller);
  activation.setReturnData(caller, returnData);
  const at = caller.slot(0) >>> 2;
  if (account < 0) caller.memory.u32.fill(0, at, at + 8);
  else activation.world.writeAddress(account, caller.memory.u32, at);
}

function createWith(salted: boolean): (frame: Frame) => number {
  return (frame) => {
    const caller = activationOf(frame);
    const { world, machine } = caller;
    const { rules } = machine.schedule;
    if (caller.isStatic) return frame.leave(EVM_OUTCOME.STATIC_VIOLATION);
    const size = frame.argI32(2);
    if (size > rules.initcodeSizeMax) return frame.leave(EVM_OUTCOME.INITCODE_SIZE_EXCEEDED);
    const words = Math.ceil(size / 32);
    const price = words * (rules.initcodeWord + (salted ? HASH_WORD : 0));
    if (price > 0 && !frame.charge(price)) return frame.leave(OUTCOME.OUT_OF_GAS);
    const gas = rules.allButOneSixtyFourth ? allBut64th(frame) : frame.gas;
    const { u32 } = frame.memory;
    const nonceCell = world.nonceCell(caller.self);
    const nonce = world.journal.readWord(nonceCell);
    const covered = world.covers(caller.self, u32, frame.slot(0) >>> 2);
    const { trace } = caller;
    const initcode = frame.memory.slice(guestAddress(frame, frame.argI32(1)), size);
    const sender = world.addressOf(caller.self);
    const salt = frame.slot(3);
    const address = salted
      ? create2Address(sender, frame.memory.slice(salt, 32).reverse(), keccak256(initcode))
      : createAddress(sender, nonce);
    if (trace !== undefined) traceCreation(trace, frame, salted, address, gas, initcode);
    if (!covered || nonce >= NONCE_MAX || caller.depth >= DEPTH_MAX) {
      if (trace !== undefined) {
        const isDeep = caller.depth >= DEPTH_MAX;
        const failure = covered ? NONCE_OVERFLOW : BALANCE_EXCEEDED;
        traceEnd(trace, frame, isDeep ? DEPTH_EXCEEDED : failure);
      }
      endCreation(frame, -1, NOTHING);
      return HOST.CONTINUE;
    }
    takeGas(frame, gas);
    const account = world.account(address);
    world.journal.writeWord(nonceCell, nonce + 1n);
    world.warm(account);
    if (isTaken(world, account)) {
      if (trace !== undefined) traceEnd(trace, frame, ADDRESS_COLLISION, gas);
      endCreation(frame, -1, NOTHING);
      return HOST.CONTINUE;
    }
    sealMemory(frame);
    activationOf(frame).clearReturnData(frame);
    return frame.call(new Creation(machine.initcode(initcode), gas, caller, account));
  };
}

export const create = createWith(false);
export const create2 = createWith(true);
