import {
  FRAME,
  FunctionBuilder,
  I32,
  I64,
  I256,
  type IrFunction,
  type ValueType,
  WordPool,
} from "@dragoman/core";
import { MARK } from "../account/domains.ts";
import { HEADER, MEMORY, RETURN_AREA, RETURN_AREA_BYTES } from "../frame-header.ts";
import { DEPTH_MAX } from "../schedule/call-prices.ts";
import type { Rules } from "../schedule/patches.ts";
import {
  type Call,
  type DirectKind,
  findNote,
  high,
  limb,
  low,
  type Note,
  requireNot,
} from "./call-note.ts";
import { callCodeless } from "./codeless-call.ts";
import { HOST_INDEX } from "./host-index.ts";

/** What is known of a callee: see `World.noteCallee`. */
interface Callee {
  /** Its address as a word. */
  readonly address: number;
  readonly account: number;
  readonly balance: number;
  readonly entry: number;
}

/**
 * kind.direct(to, [value,] gas, input offset, its length, output offset, its length) -> success. Programs that are compiled, warm and
 * known to the journal are called without the host, and so is, with value or without, an account without code that is known.
 */
export function callRoutine(kind: DirectKind, rules: Rules): IrFunction {
  const hasValue = kind === "call";
  const value: ValueType[] = hasValue ? [I256] : [];
  const params: ValueType[] = [I256, ...value, I64, I32, I32, I32, I32];
  const b = new FunctionBuilder(`${kind}.direct`, params, [I32], new WordPool());
  const args = b.blockParams(0);
  const [gas, input, inputSize, output, outputSize] = args.slice(-5) as [
    number,
    number,
    number,
    number,
    number,
  ];
  b.begin(0);
  const call: Call = { b, kind, rules, frame: b.op("frame"), slow: b.block() };
  const depth = b.op("i32.load", call.frame, HEADER.DEPTH);
  requireNot(call, b.op("i32.ge_s", depth, b.const32(DEPTH_MAX)));
  const note = findNote(call, args[0]!);
  const hasNoEntry = b.op("i32.eqz", low(b, limb(b, note.word, 0)));
  if (hasValue && rules.emptyAccounts && rules.allButOneSixtyFourth) {
    const codeless = b.block();
    const program = b.block();
    b.brIf(hasNoEntry, codeless, [], program, []);
    b.begin(codeless);
    callCodeless(call, note, args[1]!);
    b.begin(program);
  } else requireNot(call, hasNoEntry);
  if (hasValue) requireNot(call, b.op("i32.eqz", b.op("i256.eqz", args[1]!)));
  const callee = calleeOf(call, note);
  const { place, limit } = placeFrame(call);
  const given = takeGas(call, gas);
  layOut(call, callee, place, limit, b.op("i32.add", depth, b.const32(1)));
  b.op("i64.store", place, given, FRAME.GAS);
  const data = b.op("i32.add", b.op("i32.add", call.frame, b.const32(MEMORY)), input);
  b.op("i32.store", place, data, HEADER.CALLDATA);
  b.op("i32.store", place, inputSize, HEADER.CALLDATA_SIZE);
  const outcome = b.op("frame.call", callee.entry, place);
  b.op("gas.refill", b.op("i64.load", place, FRAME.GAS));
  takeOutput(call, place, output, outputSize);
  b.ret([b.op("i32.lt_u", outcome, b.const32(0x100))]);
  b.begin(call.slow);
  b.ret(b.host(HOST_INDEX[kind], [I32], args));
  return b.build();
}

/** The callee of a note; it has a program, and nothing about its access is due. */
function calleeOf(call: Call, { address, word, balance }: Note): Callee {
  const { b, kind, rules } = call;
  const entry = low(b, limb(b, word, 0));
  const warm = rules.coldAccountExtra > 0 ? MARK.WARM : 0;
  const marks = b.const32(kind === "delegatecall" ? warm : warm | MARK.TOUCHED);
  const mark = b.op("i32.and", b.op("cell.mark", balance), marks);
  requireNot(call, b.op("i32.ne", mark, marks));
  return { address, account: high(b, limb(b, word, 0)), balance, entry };
}

/** A place behind this frame's memory, and how much memory the callee can have there. */
function placeFrame(call: Call): { place: number; limit: number } {
  const { b, frame } = call;
  const size = b.op("i32.load", frame, HEADER.MSIZE);
  const end = b.op("i32.add", b.op("i32.add", frame, b.const32(MEMORY)), size);
  const place = b.op("frame.place", end, MEMORY);
  requireNot(call, b.op("i32.eqz", place));
  const distance = b.op("i32.sub", place, frame);
  const limit = b.op("i32.sub", b.op("i32.load", frame, HEADER.LIMIT), distance);
  requireNot(call, b.op("i32.le_s", limit, b.const32(0)));
  return { place, limit };
}

/** Takes the callee's gas: all but one 64th at most (EIP-150); before that fork, what was asked for or nothing. */
function takeGas(call: Call, asked: number): number {
  const { b, rules } = call;
  const available = b.op("gas");
  requireNot(call, b.op("i64.lt_s", available, b.const64Parts(0, 0)));
  const part = rules.allButOneSixtyFourth
    ? b.op("i64.sub", available, b.op("i64.shr_u", available, b.const64Parts(6, 0)))
    : available;
  const isLess = b.op("i64.lt_u", asked, part);
  const given = b.op("i64.select", isLess, asked, part);
  if (!rules.allButOneSixtyFourth) requireNot(call, b.op("i64.gt_u", asked, available));
  b.op("meter.dynamic", given);
  return given;
}

/** Writes the callee's header but for its input and gas: the counterpart of `Activation.layOut`. */
function layOut(call: Call, callee: Callee, place: number, limit: number, depth: number): void {
  const { b, kind, frame } = call;
  const zero = b.const32(0);
  const set = (field: number, value: number): void => {
    b.op("i32.store", place, value, field);
  };
  const inherit = (field: number): void => set(field, b.op("i32.load", frame, field));
  const word = (field: number): number => b.op("i256.load_le", frame, field, 32);
  const setWord = (field: number, value: number): void => {
    b.op("i256.store_le", place, value, field, 32);
  };
  b.op("i64.store", place, b.const64Parts(0, 0), FRAME.OUTPUT_ADDRESS);
  for (const field of [
    HEADER.MSIZE,
    HEADER.RETURNDATA_SIZE,
    HEADER.RETURNDATA_ADDRESS,
    HEADER.HEIGHT,
  ]) {
    set(field, zero);
  }
  set(HEADER.LIMIT, limit);
  set(HEADER.DEPTH, depth);
  inherit(HEADER.ENVIRONMENT);
  inherit(HEADER.CALLEE_TAG);
  if (kind === "staticcall") set(HEADER.STATIC, b.const32(1));
  else inherit(HEADER.STATIC);
  const delegated = kind === "delegatecall";
  if (delegated) inherit(HEADER.BALANCE);
  else set(HEADER.BALANCE, callee.balance);
  setWord(HEADER.ADDRESS, delegated ? word(HEADER.ADDRESS) : callee.address);
  setWord(HEADER.CALLER, word(delegated ? HEADER.CALLER : HEADER.ADDRESS));
  setWord(HEADER.CALLVALUE, delegated ? word(HEADER.CALLVALUE) : b.op("i256.from_i32", zero));
  const account = b.op("i32.shl", callee.account, b.const32(7));
  for (const field of [HEADER.STORAGE_TAG, HEADER.TRANSIENT_TAG, HEADER.LOG_TAG]) {
    const own = b.op("i32.load", frame, field);
    if (delegated) set(field, own);
    else set(field, b.op("i32.or", b.op("i32.and", own, b.const32(127)), account));
  }
}

/** Copies the output to where the caller wants it and keeps it for RETURNDATACOPY. One word is moved as such. */
function takeOutput(call: Call, place: number, output: number, outputSize: number): void {
  const { b, frame } = call;
  const [word, copied, any, some, rest, small, large, done] = Array.from({ length: 8 }, () =>
    b.block(),
  ) as [number, number, number, number, number, number, number, number];
  const length = b.op("i32.load", place, FRAME.OUTPUT_LENGTH);
  const from = b.op("i32.load", place, FRAME.OUTPUT_ADDRESS);
  const to = b.op("i32.add", b.op("i32.add", frame, b.const32(MEMORY)), output);
  const kept = b.op("i32.add", frame, b.const32(RETURN_AREA));
  b.op("i32.store", frame, length, HEADER.RETURNDATA_SIZE);
  b.op("i32.store", frame, kept, HEADER.RETURNDATA_ADDRESS);
  b.brIf(b.op("i32.eq", length, b.const32(32)), word, [], any, []);
  b.begin(word);
  const value = b.op("i256.load_le", from, 0, 32);
  b.op("i256.store_le", kept, value, 0, 32);
  b.brIf(b.op("i32.ge_u", outputSize, b.const32(32)), copied, [], some, []);
  b.begin(copied);
  b.op("i256.store_le", to, value, 0, 32);
  b.br(done);
  b.begin(any);
  b.brIf(length, some, [], done, []);
  b.begin(some);
  const count = b.op("i32.select", b.op("i32.lt_u", length, outputSize), length, outputSize);
  const copy = b.block();
  b.brIf(count, copy, [], rest, []);
  b.begin(copy);
  b.op("memory.copy", to, from, count);
  b.br(rest);
  b.begin(rest);
  const isLarge = b.op("i32.gt_u", length, b.const32(RETURN_AREA_BYTES));
  b.brIf(isLarge, large, [], small, []);
  b.begin(small);
  b.op("memory.copy", kept, from, length);
  b.br(done);
  b.begin(large);
  b.host(HOST_INDEX["returndata.keep"], [], [from, length]);
  b.br(done);
  b.begin(done);
}
