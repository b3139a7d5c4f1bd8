import { CELL, type Frame, HOST, OUTCOME } from "@dragoman/core";
import { REFUND_COUNTER } from "../account/domains.ts";
import type { World } from "../account/world.ts";
import { EVM_OUTCOME } from "../outcome.ts";
import type { Rules } from "../schedule/patches.ts";
import { activationOf, gasOf } from "./activation.ts";

/** SSTORE fails if no more gas than this is left (EIP-2200). */
const SENTRY = 2300;

export function sload(frame: Frame): number {
  const { world, self, machine, trace } = activationOf(frame);
  const { u32 } = frame.memory;
  const at = frame.slot(0) >>> 2;
  const cell = world.slotCell(self, u32, at);
  const { coldSloadExtra } = machine.schedule.rules;
  if (coldSloadExtra > 0 && world.warmCell(cell) && !frame.charge(coldSloadExtra)) {
    return frame.leave(OUTCOME.OUT_OF_GAS);
  }
  if (trace !== undefined) trace.touch(world, self, frame.argWord(0));
  world.journal.readWords(cell, u32, at);
  return HOST.CONTINUE;
}

export function sstore(frame: Frame): number {
  const { world, self, machine, isStatic, trace } = activationOf(frame);
  if (isStatic) return frame.leave(EVM_OUTCOME.STATIC_VIOLATION);
  const { rules } = machine.schedule;
  if (rules.sstore === "sentry" && gasOf(frame) <= SENTRY) return frame.leave(OUTCOME.OUT_OF_GAS);
  const { u32 } = frame.memory;
  const at = frame.slot(0) >>> 2;
  const cell = world.slotCell(self, u32, at);
  let price = rules.sstoreCold > 0 && world.warmCell(cell) ? rules.sstoreCold : 0;
  price +=
    rules.sstore === "flat"
      ? flatPrice(world, cell, u32, at + 8, rules)
      : netPrice(world, cell, u32, at + 8, rules);
  if (!frame.charge(price)) return frame.leave(OUTCOME.OUT_OF_GAS);
  if (trace !== undefined) trace.touch(world, self, frame.argWord(0));
  if (!equalToCell(world.journal.words, cell * CELL.SIZE, u32, at + 8))
    world.journal.writeWords(cell, u32, at + 8);
  return HOST.CONTINUE;
}

const original = new Uint32Array(8);

/** EIP-1283 and EIP-2200 (with EIP-3529's refunds): price by original, current and new value. */
function netPrice(
  world: World,
  cell: number,
  value: Uint32Array,
  at: number,
  rules: Rules,
): number {
  const { journal } = world;
  const current = journal.words;
  if (equalToCell(current, cell * CELL.SIZE, value, at)) return rules.sstoreNoop;
  const newIsZero = isZero(value, at);
  if (!journal.isOriginal(cell)) journal.readOriginalWords(cell, original, 0);
  if (journal.isOriginal(cell) || equalToCell(current, cell * CELL.SIZE, original, 0)) {
    if (isZero(current, cell * CELL.SIZE)) return rules.sstoreSet;
    if (newIsZero) addRefund(world, rules.sstoreClearRefund);
    return rules.sstoreReset;
  }
  const originalIsZero = isZero(original, 0);
  let refund = 0;
  if (!originalIsZero) {
    if (isZero(current, cell * CELL.SIZE)) refund -= rules.sstoreClearRefund;
    else if (newIsZero) refund += rules.sstoreClearRefund;
  }
  if (equalToCell(original, 0, value, at)) {
    refund += (originalIsZero ? rules.sstoreSet : rules.sstoreReset) - rules.sstoreNoop;
  }
  if (refund !== 0) addRefund(world, refund);
  return rules.sstoreNoop;
}

function flatPrice(
  world: World,
  cell: number,
  value: Uint32Array,
  at: number,
  rules: Rules,
): number {
  const currentIsZero = isZero(world.journal.words, cell * CELL.SIZE);
  const newIsZero = isZero(value, at);
  if (currentIsZero && !newIsZero) return rules.sstoreSet;
  if (!currentIsZero && newIsZero) addRefund(world, rules.sstoreClearRefund);
  return rules.sstoreReset;
}

export function addRefund(world: World, amount: number): void {
  world.journal.setCounter(REFUND_COUNTER, world.journal.counter(REFUND_COUNTER) + amount);
}

function equalToCell(a: Uint32Array, at: number, b: Uint32Array, bt: number): boolean {
  for (let i = 0; i < 8; i++) if (a[at + i] !== b[bt + i]) return false;
  return true;
}

function isZero(words: Uint32Array, at: number): boolean {
  for (let i = 0; i < 8; i++) if (words[at + i] !== 0) return false;
  return true;
}

export function tload(frame: Frame): number {
  const { world, self } = activationOf(frame);
  const { u32 } = frame.memory;
  const at = frame.slot(0) >>> 2;
  world.journal.readWords(world.transientCell(self, u32, at), u32, at);
  return HOST.CONTINUE;
}

export function tstore(frame: Frame): number {
  const { world, self, isStatic } = activationOf(frame);
  if (isStatic) return frame.leave(EVM_OUTCOME.STATIC_VIOLATION);
  const { u32 } = frame.memory;
  const at = frame.slot(0) >>> 2;
  world.journal.writeWords(world.transientCell(self, u32, at), u32, at + 8);
  return HOST.CONTINUE;
}
