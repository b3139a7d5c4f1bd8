// tidy: table
import { I256, type OpName as IrOp, OP, OUTCOME } from "@dragoman/core";
import {
  addmod,
  byteAt,
  clz,
  div,
  mod,
  mulmod,
  sar,
  sdiv,
  shl,
  shr,
  signextend,
  smod,
} from "@dragoman/word";
import { pushedWord } from "../decode/jumpdests.ts";
import { ENVIRONMENT, HEADER } from "../frame-header.ts";
import { EVM_OPS, type OpName } from "../opcodes.ts";
import { EVM_OUTCOME } from "../outcome.ts";
import { lowerCall, lowerCreate, lowerLog } from "./calls.ts";
import type { Emitter } from "./emitter.ts";
import { HOST_INDEX, type HostName } from "./host-index.ts";
import {
  lowerCopy,
  lowerEnd,
  lowerExp,
  lowerKeccak,
  lowerMload,
  lowerMstore,
  lowerMstore8,
} from "./memory.ts";
import { ROUTINE } from "./routines.ts";
import { lowerSload, lowerSstore, lowerTload, lowerTstore } from "./storage.ts";

/** Emits IR for the instruction at `e.pc`. Gas of the static kind is charged by the lift. */
export type Lower = (e: Emitter) => void;

type Family<P extends string> = Extract<OpName, `${P}${number}`>;

function family<P extends string>(prefix: P, from: number, to: number, make: (n: number) => Lower) {
  const rows: [string, Lower][] = [];
  for (let n = from; n <= to; n++) rows.push([`${prefix}${n}`, make(n)]);
  return Object.fromEntries(rows) as Record<Family<P>, Lower>;
}

const wrap = (value: bigint): bigint => BigInt.asUintN(256, value);

/** Two words to one; the top of the stack is the first. */
function binary(op: IrOp, fold: (a: bigint, b: bigint) => bigint): Lower {
  const code = OP[op];
  return (e) => {
    const a = e.pop();
    const b = e.pop();
    if (a < 0 && b < 0) e.pushConst(fold(e.constant(a), e.constant(b)));
    else e.push(e.b.emit(code, e.word(a), e.word(b)));
  };
}

/** AND, OR, XOR: narrow operands stay narrow. */
function bitwise(op: "and" | "or" | "xor", fold: (a: bigint, b: bigint) => bigint): Lower {
  const wide = OP[`i256.${op}`];
  const narrow = OP[`i32.${op}`];
  return (e) => {
    const a = e.pop();
    const b = e.pop();
    if (a < 0 && b < 0) e.pushConst(fold(e.constant(a), e.constant(b)));
    else if (e.isNarrow(a) && e.isNarrow(b)) e.push(e.b.emit(narrow, a, b));
    else e.push(e.b.emit(wide, e.word(a), e.word(b)));
  };
}

function compare(op: IrOp, narrowOp: IrOp, fold: (a: bigint, b: bigint) => boolean): Lower {
  const wide = OP[op];
  const narrow = OP[narrowOp];
  return (e) => {
    const a = e.pop();
    const b = e.pop();
    if (a < 0 && b < 0) e.pushConst(fold(e.constant(a), e.constant(b)) ? 1n : 0n);
    else if (e.isNarrow(a) && e.isNarrow(b)) e.push(e.b.emit(narrow, a, b));
    else e.push(e.b.emit(wide, e.word(a), e.word(b)));
  };
}

const signed = (value: bigint): bigint => BigInt.asIntN(256, value);

function modular(op: IrOp, fold: (a: bigint, b: bigint, n: bigint) => bigint): Lower {
  const code = OP[op];
  return (e) => {
    const a = e.pop();
    const b = e.pop();
    const n = e.pop();
    if (a < 0 && b < 0 && n < 0) e.pushConst(fold(e.constant(a), e.constant(b), e.constant(n)));
    else e.push(e.b.emit(code, e.word(a), e.word(b), e.word(n)));
  };
}

function unary(op: IrOp, fold: (a: bigint) => bigint): Lower {
  const code = OP[op];
  return (e) => {
    const a = e.pop();
    if (a < 0) e.pushConst(fold(e.constant(a)));
    else e.push(e.b.emit(code, e.word(a)));
  };
}

const headerWord =
  (field: number): Lower =>
  (e) =>
    e.push(e.headerWord(field));

const headerSize =
  (field: number): Lower =>
  (e) =>
    e.push(e.header(field));

const environment =
  (field: number): Lower =>
  (e) =>
    e.push(e.environmentWord(field));

/** Words in, one word out, all of it in the host. */
function host(name: HostName, inputs: number): Lower {
  const index = HOST_INDEX[name];
  return (e) => {
    const args: number[] = [];
    for (let i = 0; i < inputs; i++) args.push(e.word(e.pop()));
    e.push(e.b.host(index, [I256], args)[0]);
  };
}

const iszero: Lower = (e) => {
  const a = e.pop();
  if (a < 0) e.pushConst(e.constant(a) === 0n ? 1n : 0n);
  else e.push(e.b.emit(e.isNarrow(a) ? OP["i32.eqz"] : OP["i256.eqz"], a));
};

/** One entry for each instruction: leave one out and this does not compile. */
export const LOWER: Record<OpName, Lower> = {
  stop: (e) => e.b.op("exit", OUTCOME.OK),
  add: binary("i256.add", (a, b) => wrap(a + b)),
  mul: binary("i256.mul", (a, b) => wrap(a * b)),
  sub: binary("i256.sub", (a, b) => wrap(a - b)),
  div: binary("i256.div", div),
  sdiv: binary("i256.sdiv", (a, b) => sdiv(a, b, 256)),
  mod: binary("i256.mod", mod),
  smod: binary("i256.smod", (a, b) => smod(a, b, 256)),
  addmod: modular("i256.addmod", addmod),
  mulmod: modular("i256.mulmod", mulmod),
  exp: lowerExp,
  signextend: binary("i256.signextend", (k, a) => signextend(a, k, 256)),
  lt: compare("i256.lt_u", "i32.lt_u", (a, b) => a < b),
  gt: compare("i256.gt_u", "i32.gt_u", (a, b) => a > b),
  slt: compare("i256.lt_s", "i32.lt_u", (a, b) => signed(a) < signed(b)),
  sgt: compare("i256.gt_s", "i32.gt_u", (a, b) => signed(a) > signed(b)),
  eq: compare("i256.eq", "i32.eq", (a, b) => a === b),
  iszero,
  and: bitwise("and", (a, b) => a & b),
  or: bitwise("or", (a, b) => a | b),
  xor: bitwise("xor", (a, b) => a ^ b),
  not: unary("i256.not", (a) => wrap(~a)),
  byte: binary("i256.byte", (i, a) => byteAt(a, i, 256)),
  shl: binary("i256.shl", (n, a) => shl(a, n, 256)),
  shr: binary("i256.shr", (n, a) => shr(a, n, 256)),
  sar: binary("i256.sar", (n, a) => sar(a, n, 256)),
  clz: unary("i256.clz", (a) => BigInt(clz(a, 256))),
  keccak256: lowerKeccak,
  address: headerWord(HEADER.ADDRESS),
  balance: host("balance", 1),
  origin: environment(ENVIRONMENT.ORIGIN),
  caller: headerWord(HEADER.CALLER),
  callvalue: headerWord(HEADER.CALLVALUE),
  calldataload: (e) => {
    const offset = e.index(e.pop());
    e.push(e.b.call(ROUTINE.CALLDATALOAD, [I256], [offset])[0]);
  },
  calldatasize: headerSize(HEADER.CALLDATA_SIZE),
  calldatacopy: lowerCopy.calldata,
  codesize: (e) => e.pushConst(BigInt(e.input.code.length)),
  codecopy: lowerCopy.code,
  gasprice: environment(ENVIRONMENT.GASPRICE),
  extcodesize: host("extcodesize", 1),
  extcodecopy: lowerCopy.extcode,
  returndatasize: headerSize(HEADER.RETURNDATA_SIZE),
  returndatacopy: lowerCopy.returndata,
  extcodehash: host("extcodehash", 1),
  blockhash: host("blockhash", 1),
  coinbase: environment(ENVIRONMENT.COINBASE),
  timestamp: environment(ENVIRONMENT.TIMESTAMP),
  number: environment(ENVIRONMENT.NUMBER),
  prevrandao: environment(ENVIRONMENT.PREVRANDAO),
  gaslimit: environment(ENVIRONMENT.GASLIMIT),
  chainid: environment(ENVIRONMENT.CHAINID),
  selfbalance: host("selfbalance", 0),
  basefee: environment(ENVIRONMENT.BASEFEE),
  blobhash: host("blobhash", 1),
  blobbasefee: environment(ENVIRONMENT.BLOBBASEFEE),
  pop: (e) => e.drop(),
  mload: lowerMload,
  mstore: lowerMstore,
  mstore8: lowerMstore8,
  sload: lowerSload,
  sstore: lowerSstore,
  jump: (e) => e.jump(),
  jumpi: (e) => e.jumpIf(),
  pc: (e) => e.pushConst(BigInt(e.pc)),
  msize: headerSize(HEADER.MSIZE),
  gas: (e) => {
    e.push(e.b.emit(OP["i256.from_i64"], e.b.emit(OP.gas)));
  },
  jumpdest: () => {},
  tload: lowerTload,
  tstore: lowerTstore,
  mcopy: lowerCopy.memory,
  ...family("push", 1, 32, () => (e) => e.pushConst(pushedWord(e.input.code, e.pc))),
  push0: (e) => e.pushConst(0n),
  ...family("dup", 1, 16, (n) => (e) => e.dup(n)),
  ...family("swap", 1, 16, (n) => (e) => e.swap(n)),
  ...family("log", 0, 4, lowerLog),
  create: lowerCreate(false),
  call: lowerCall("call", true),
  callcode: lowerCall("callcode", true),
  return: lowerEnd(OUTCOME.OK),
  delegatecall: lowerCall("delegatecall", false),
  create2: lowerCreate(true),
  staticcall: lowerCall("staticcall", false),
  revert: lowerEnd(OUTCOME.REVERT),
  invalid: (e) => e.b.op("trap", EVM_OUTCOME.INVALID_OPCODE),
  selfdestruct: (e) => {
    e.b.host(HOST_INDEX.selfdestruct, [], [e.word(e.pop())]);
    e.b.op("trap", OUTCOME.UNREACHABLE);
  },
};

/** {@link LOWER} by code. */
export const LOWER_BY_CODE: readonly (Lower | undefined)[] = (() => {
  const table = new Array<Lower | undefined>(256).fill(undefined);
  for (const [code, name] of EVM_OPS) table[code] = LOWER[name];
  return table;
})();
