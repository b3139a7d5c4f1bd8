import { FunctionBuilder, I32, I256, type IrFunction, OP, WordPool } from "@dragoman/core";
import { MARK, REFUND_COUNTER } from "../account/domains.ts";
import { HEADER, MEMORY } from "../frame-header.ts";
import { EVM_OUTCOME } from "../outcome.ts";
import type { Rules } from "../schedule/patches.ts";
import { HOST_INDEX } from "./host-index.ts";

/** SSTORE fails if no more gas than this is left (EIP-2200). */
const SENTRY = 2300;

function open(name: string, params: readonly (typeof I32 | typeof I256)[], hasResult: boolean) {
  return new FunctionBuilder(name, params, hasResult ? [I256] : [], new WordPool());
}

/** Goes to `slow` if the condition holds; the next block is begun. */
function leaveIf(b: FunctionBuilder, condition: number, slow: number): void {
  const next = b.block();
  b.brIf(condition, slow, [], next, []);
  b.begin(next);
}

/** Handle of the frame's cell under the header's tag; what is not found at once goes to `slow`. */
function find(b: FunctionBuilder, tag: number, key: number, slow: number): number {
  const handle = b.op("cell.find", b.op("i32.load", b.op("frame"), tag), key);
  leaveIf(b, b.op("i32.eqz", handle), slow);
  return handle;
}

/** A frame that may change nothing ends here: the block behind the branch is begun. */
function refuseStatic(b: FunctionBuilder): void {
  const refused = b.block();
  const next = b.block();
  b.brIf(b.op("i32.load", b.op("frame"), HEADER.STATIC), refused, [], next, []);
  b.begin(refused);
  b.op("exit", EVM_OUTCOME.STATIC_VIOLATION);
  b.begin(next);
}

function requireWarm(b: FunctionBuilder, handle: number, slow: number): void {
  const warm = b.op("i32.and", b.op("cell.mark", handle), b.const32(MARK.WARM));
  leaveIf(b, b.op("i32.eqz", warm), slow);
}

/** storage.load(key). */
export function sload(rules: Rules): IrFunction {
  const b = open("storage.load", [I256], true);
  const [key] = b.blockParams(0) as [number];
  const slow = b.block();
  b.begin(0);
  const handle = find(b, HEADER.STORAGE_TAG, key, slow);
  if (rules.coldSloadExtra > 0) requireWarm(b, handle, slow);
  b.ret([b.op("cell.load", handle)]);
  b.begin(slow);
  b.ret(b.host(HOST_INDEX.sload, [I256], [key]));
  return b.build();
}

/** storage.store(key, value): EIP-1283 and EIP-2200 with the fork's prices; before them, all of it is the host's. */
export function sstore(rules: Rules): IrFunction {
  const b = open("storage.store", [I256, I256], false);
  const [key, value] = b.blockParams(0) as [number, number];
  b.begin(0);
  if (rules.sstore === "flat") {
    b.host(HOST_INDEX.sstore, [], [key, value]);
    b.ret();
    return b.build();
  }
  const slow = b.block();
  refuseStatic(b);
  if (rules.sstore === "sentry")
    leaveIf(b, b.op("i64.le_s", b.op("gas"), b.const64Parts(SENTRY, 0)), slow);
  const handle = find(b, HEADER.STORAGE_TAG, key, slow);
  if (rules.sstoreCold > 0) requireWarm(b, handle, slow);
  emitNetStore(b, rules, handle, value);
  b.begin(slow);
  b.host(HOST_INDEX.sstore, [], [key, value]);
  b.ret();
  return b.build();
}

/** Charges by original, current and new value, notes the refund, stores. */
function emitNetStore(b: FunctionBuilder, rules: Rules, handle: number, value: number): void {
  const [same, differs, clean, dirty, set, reset, write] = Array.from({ length: 7 }, () =>
    b.block(),
  ) as [number, number, number, number, number, number, number];
  const current = b.op("cell.load", handle);
  b.brIf(b.op("i256.eq", current, value), same, [], differs, []);
  b.begin(same);
  b.op("charge", rules.sstoreNoop);
  b.ret();
  b.begin(differs);
  const original = b.op("cell.original", handle);
  b.brIf(b.op("i256.eq", current, original), clean, [], dirty, []);
  b.begin(clean);
  b.brIf(b.op("i256.eqz", current), set, [], reset, []);
  b.begin(set);
  b.op("charge", rules.sstoreSet);
  b.br(write);
  b.begin(reset);
  b.op("charge", rules.sstoreReset);
  refundIf(b, b.op("i256.eqz", value), b.const64(BigInt(rules.sstoreClearRefund)), write);
  b.begin(dirty);
  b.op("charge", rules.sstoreNoop);
  const refund = dirtyRefund(b, rules, original, current, value);
  refundIf(b, b.op("i64.ne", refund, b.const64(0n)), refund, write);
  b.begin(write);
  b.op("cell.store", handle, value);
  b.ret();
}

/** Ends the block: adds to the refund if the condition holds, and goes on at `next`. */
function refundIf(b: FunctionBuilder, condition: number, amount: number, next: number): void {
  const some = b.block();
  b.brIf(condition, some, [], next, []);
  b.begin(some);
  b.op("counter.add", amount, REFUND_COUNTER);
  b.br(next);
}

/** Refund of changing a slot that was changed before, as an i64. */
function dirtyRefund(
  b: FunctionBuilder,
  rules: Rules,
  original: number,
  current: number,
  value: number,
): number {
  const amount = (n: number): number => b.const64(BigInt(n));
  const wasZero = b.op("i256.eqz", original);
  const cleared = amount(rules.sstoreClearRefund);
  const kept = b.op("i64.select", b.op("i256.eqz", value), cleared, amount(0));
  const taken = amount(-rules.sstoreClearRefund);
  const clearing = b.op("i64.select", b.op("i256.eqz", current), taken, kept);
  const first = b.op("i64.select", wasZero, amount(0), clearing);
  const set = amount(rules.sstoreSet - rules.sstoreNoop);
  const reset = amount(rules.sstoreReset - rules.sstoreNoop);
  const restored = b.op("i64.select", wasZero, set, reset);
  const isRestored = b.op("i256.eq", original, value);
  return b.op("i64.add", first, b.op("i64.select", isRestored, restored, amount(0)));
}

/** transient.load(key). */
export function tload(): IrFunction {
  const b = open("transient.load", [I256], true);
  const [key] = b.blockParams(0) as [number];
  const slow = b.block();
  b.begin(0);
  b.ret([b.op("cell.load", find(b, HEADER.TRANSIENT_TAG, key, slow))]);
  b.begin(slow);
  b.ret(b.host(HOST_INDEX.tload, [I256], [key]));
  return b.build();
}

/** transient.store(key, value). */
export function tstore(): IrFunction {
  const b = open("transient.store", [I256, I256], false);
  const [key, value] = b.blockParams(0) as [number, number];
  const slow = b.block();
  b.begin(0);
  refuseStatic(b);
  b.op("cell.store", find(b, HEADER.TRANSIENT_TAG, key, slow), value);
  b.ret();
  b.begin(slow);
  b.host(HOST_INDEX.tstore, [], [key, value]);
  b.ret();
  return b.build();
}

/** log.n(offset, length): memory is paid for and exists, topics stand in the header. */
export function logRoutine(topics: number): IrFunction {
  const b = open(`log.${topics}`, [I32, I32], false);
  const [offset, length] = b.blockParams(0) as [number, number];
  const slow = b.block();
  const done = b.block();
  b.begin(0);
  const frame = b.op("frame");
  leaveIf(b, b.op("i32.load", frame, HEADER.STATIC), slow);
  const at = b.op("i32.add", frame, b.const32(HEADER.TOPICS));
  const data = b.op("i32.add", b.op("i32.add", frame, b.const32(MEMORY)), offset);
  const tag = b.op("i32.load", frame, HEADER.LOG_TAG);
  b.brIf(b.emit(OP["log.append"], tag, at, data, length, topics), done, [], slow, []);
  b.begin(slow);
  b.host(HOST_INDEX.log0 + topics, [], [offset, length]);
  b.br(done);
  b.begin(done);
  b.ret();
  return b.build();
}
