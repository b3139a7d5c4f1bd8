import type { Journal } from "@dragoman/core";
import { MARK } from "../account/domains.ts";
import type { World } from "../account/world.ts";
import { isDelegation } from "../host/delegation.ts";
import { OP_ROWS, OPCODE } from "../opcodes.ts";
import type { Rules } from "../schedule/patches.ts";
import { memoryNeed, wordsOf } from "./memory-need.ts";
import type { Step } from "./step.ts";
import { addressBytes, wordBytes } from "./words.ts";

/**
 * What an instruction costs in all, told from its operands and the state before it (yellow paper, appendix H; the EIPs of
 * `schedule/patches.ts`). The run itself never asks: it is for instructions that could not be paid, whose price nothing else tells.
 */
export function priceOfStep(step: Step): number {
  const { schedule } = step.activation.machine;
  const fixed = Math.max(0, schedule.gas[step.op]);
  if (step.stack.length < (OP_ROWS[step.op]?.[2] ?? 0)) return fixed;
  const memory = memoryPrice(step);
  const rest = DYNAMIC[step.op]?.(step, schedule.rules) ?? 0;
  const price = fixed + memory + rest;
  return FORWARDS.has(step.op) ? price + forwarded(step, price) : price;
}

/** True if the price of an instruction cannot be told any more once it has failed: its frame is undone, or its memory is there. */
export function isPricedBefore({ op, gas, activation }: Step): boolean {
  if (gas < WATCHED_GAS && STATEFUL.has(op)) return true;
  return op === OPCODE.returndatacopy || (activation.isStatic && WRITES.has(op));
}

/** With more gas than this before an instruction its state-dependent price is certainly paid. */
const WATCHED_GAS = 40_000;

/** Price of guest memory of so many words. */
const memoryTotal = (words: number): number => 3 * words + Math.floor((words * words) / 512);

function memoryPrice(step: Step): number {
  const need = memoryNeed(step);
  if (need === "overflow") return 0;
  const have = step.memorySize;
  if (need <= have) return 0;
  return memoryTotal(Math.ceil(need / 32)) - memoryTotal(have / 32);
}

type Price = (step: Step, rules: Readonly<Rules>) => number;

const copyPrice =
  (lengthAt: number): Price =>
  (step) =>
    3 * wordsOf(step.peek(lengthAt));

function accountPrice(step: Step, rules: Readonly<Rules>, at: number): number {
  if (rules.coldAccountExtra === 0) return 0;
  const { world } = step.activation;
  const account = world.account(addressBytes(step.peek(at) ?? 0n));
  return isWarm(world, world.balanceCell(account)) ? 0 : rules.coldAccountExtra;
}

const isWarm = (world: World, cell: number): boolean =>
  (world.journal.mark(cell) & MARK.WARM) !== 0;

function slotCell(step: Step): number {
  const { world, self } = step.activation;
  return world.journal.cell(world.domains.storage, self, wordBytes(step.peek(0) ?? 0n));
}

const sloadPrice: Price = (step, rules) =>
  rules.coldSloadExtra > 0 && !isWarm(step.activation.world, slotCell(step))
    ? rules.coldSloadExtra
    : 0;

const original = new Uint32Array(8);

/** A cell at the beginning of the transaction. */
function originalWord(journal: Journal, cell: number): bigint {
  journal.readOriginalWords(cell, original, 0);
  return original.reduceRight((word, part) => (word << 32n) | BigInt(part), 0n);
}

const sstorePrice: Price = (step, rules) => {
  const { journal } = step.activation.world;
  const cell = slotCell(step);
  const cold = rules.sstoreCold > 0 && !isWarm(step.activation.world, cell) ? rules.sstoreCold : 0;
  const current = journal.readWord(cell);
  const next = step.peek(1) ?? 0n;
  if (rules.sstore === "flat") {
    return current === 0n && next !== 0n ? rules.sstoreSet : rules.sstoreReset;
  }
  if (current === next) return cold + rules.sstoreNoop;
  if (!journal.isOriginal(cell) && originalWord(journal, cell) !== current) {
    return cold + rules.sstoreNoop;
  }
  return cold + (current === 0n ? rules.sstoreSet : rules.sstoreReset);
};

const callPrice =
  (hasValue: boolean, mayCreate: boolean): Price =>
  (step, rules) => {
    const { world } = step.activation;
    const target = world.account(addressBytes(step.peek(1) ?? 0n));
    const sends = hasValue && step.peek(2) !== 0n;
    let price = accountPrice(step, rules, 1) + (sends ? 9000 : 0);
    const isNew = rules.emptyAccounts ? sends && world.isEmpty(target) : !world.exists(target);
    if (mayCreate && isNew) price += 25_000;
    const code = world.code(target);
    if (rules.delegation && isDelegation(code)) {
      const delegate = world.account(code.slice(3));
      price += isWarm(world, world.balanceCell(delegate)) ? 100 : 2600;
    }
    return price;
  };

/** Gas that a call gives to its callee, the stipend not counted. */
function forwarded(step: Step, price: number): number {
  const { rules } = step.activation.machine.schedule;
  const asked = Number(step.peek(0) ?? 0n);
  if (!rules.allButOneSixtyFourth) return asked;
  const available = step.gas - price;
  return available < 0 ? 0 : Math.min(asked, available - Math.floor(available / 64));
}

const selfdestructPrice: Price = (step, rules) => {
  const { world, self } = step.activation;
  const account = world.account(addressBytes(step.peek(0) ?? 0n));
  const isCold = rules.selfdestructCold > 0 && !isWarm(world, world.balanceCell(account));
  const isNew = rules.emptyAccounts
    ? !world.isZero(world.balanceCell(self)) && world.isEmpty(account)
    : !world.exists(account);
  return (isCold ? rules.selfdestructCold : 0) + (isNew ? rules.selfdestructNewAccount : 0);
};

const expPrice: Price = (step, rules) => {
  const exponent = step.peek(1) ?? 0n;
  return exponent === 0n ? 0 : rules.expByte * Math.ceil(exponent.toString(2).length / 8);
};

const createPrice =
  (hashWord: number): Price =>
  (step, rules) =>
    (rules.initcodeWord + hashWord) * wordsOf(step.peek(2));

const accountAtTop: Price = (step, rules) => accountPrice(step, rules, 0);
const logPrice: Price = (step) => 8 * Number(step.peek(1) ?? 0n);

const DYNAMIC: Readonly<Record<number, Price>> = {
  [OPCODE.exp]: expPrice,
  [OPCODE.keccak256]: (step) => 6 * wordsOf(step.peek(1)),
  [OPCODE.calldatacopy]: copyPrice(2),
  [OPCODE.codecopy]: copyPrice(2),
  [OPCODE.returndatacopy]: copyPrice(2),
  [OPCODE.mcopy]: copyPrice(2),
  [OPCODE.extcodecopy]: (step, rules) => copyPrice(3)(step, rules) + accountPrice(step, rules, 0),
  [OPCODE.balance]: accountAtTop,
  [OPCODE.extcodesize]: accountAtTop,
  [OPCODE.extcodehash]: accountAtTop,
  [OPCODE.sload]: sloadPrice,
  [OPCODE.sstore]: sstorePrice,
  [OPCODE.log0]: logPrice,
  [OPCODE.log1]: logPrice,
  [OPCODE.log2]: logPrice,
  [OPCODE.log3]: logPrice,
  [OPCODE.log4]: logPrice,
  [OPCODE.create]: createPrice(0),
  [OPCODE.create2]: createPrice(6),
  [OPCODE.call]: callPrice(true, true),
  [OPCODE.callcode]: callPrice(true, false),
  [OPCODE.delegatecall]: callPrice(false, false),
  [OPCODE.staticcall]: callPrice(false, false),
  [OPCODE.selfdestruct]: selfdestructPrice,
};

const CALLS = [OPCODE.call, OPCODE.callcode, OPCODE.delegatecall, OPCODE.staticcall];
/** What a static frame may not do. */
const WRITES: ReadonlySet<number> = new Set([
  ...[OPCODE.log0, OPCODE.log1, OPCODE.log2, OPCODE.log3, OPCODE.log4],
  ...[OPCODE.create, OPCODE.create2, OPCODE.call, OPCODE.sstore, OPCODE.selfdestruct],
]);
const FORWARDS: ReadonlySet<number> = new Set(CALLS);
const STATEFUL: ReadonlySet<number> = new Set([
  ...CALLS,
  OPCODE.balance,
  OPCODE.extcodesize,
  OPCODE.extcodehash,
  OPCODE.extcodecopy,
  OPCODE.sload,
  OPCODE.sstore,
  OPCODE.selfdestruct,
]);
