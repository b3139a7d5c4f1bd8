import type { ControlFlow } from "../ir/control-flow.ts";
import type { IrFunction } from "../ir/function.ts";
import { OP, OPS, type OpName } from "../ir/ops.ts";
import { I256, type ValueType } from "../ir/value-type.ts";
import { edgeArguments, type LiveValues } from "./live-values.ts";

const FULL: Readonly<Record<ValueType, number>> = [32, 64, 256];
/** Widths to which a value grows that a loop carries. */
const STEPS = [0, 1, 8, 32, 64, 128, 192, 256];
/** Passes after which whatever still grows takes its full width. */
const PASSES_MAX = 8;

/** Upper bounds: value v < 2^bits[v]; variable likewise, over all that is ever stored in it. */
export interface Widths {
  readonly bits: Uint16Array;
  readonly variableBits: Uint16Array;
}

/** What the transfer functions look at: bounds of arguments, constants, immediates. */
interface Reader {
  readonly code: Int32Array;
  readonly bits: Uint16Array;
  readonly constants: ConstantBits;
}

/** Value of an i32, i64 or i256 constant below 2^31, or -1. */
type ConstantBits = Int32Array;

type Transfer = (r: Reader, at: number) => number;

const argument = (r: Reader, at: number, i: number): number => r.bits[r.code[at + 3 + i]];
const constant = (r: Reader, at: number, i: number): number => r.constants[r.code[at + 3 + i]];
const larger = (r: Reader, at: number): number => Math.max(argument(r, at, 0), argument(r, at, 1));
const smaller = (r: Reader, at: number): number => Math.min(argument(r, at, 0), argument(r, at, 1));
const boolean: Transfer = () => 1;
const sum: Transfer = (r, at) => larger(r, at) + 1;
const product: Transfer = (r, at) => argument(r, at, 0) + argument(r, at, 1);
const first: Transfer = (r, at) => argument(r, at, 0);
const ofSize =
  (bits: number): Transfer =>
  () =>
    bits;
const chosen: Transfer = (r, at) => Math.max(argument(r, at, 1), argument(r, at, 2));
const atMost =
  (bits: number): Transfer =>
  (r, at) =>
    Math.min(bits, argument(r, at, 0));
/** Signed division: exact bounds only if both operands are non-negative. */
const signed =
  (transfer: Transfer): Transfer =>
  (r, at) =>
    larger(r, at) < 256 ? transfer(r, at) : 256;
const down: Transfer = (r, at) => {
  const amount = constant(r, at, 0);
  const value = argument(r, at, 1);
  return amount < 0 ? value : Math.max(0, value - amount);
};
const scalarDown: Transfer = (r, at) => {
  const amount = constant(r, at, 1);
  return amount < 0 ? argument(r, at, 0) : Math.max(0, argument(r, at, 0) - (amount & 63));
};
const within =
  (transfer: Transfer): Transfer =>
  (r, at) =>
    Math.min(transfer(r, at), r.code[at + 5]);

/** Bounds of results; an operation that is not named gives a value of full width. */
const TRANSFERS: Partial<Record<OpName, Transfer>> = {
  "i32.and": smaller,
  "i32.or": larger,
  "i32.xor": larger,
  "i32.add": sum,
  "i32.mul": product,
  "i32.rem_u": smaller,
  "i32.div_u": first,
  "i32.select": chosen,
  "i32.load8": ofSize(8),
  "i32.load16": ofSize(16),
  "i32.clz": ofSize(6),
  "i32.ctz": ofSize(6),
  "i64.and": smaller,
  "i64.or": larger,
  "i64.xor": larger,
  "i64.add": sum,
  "i64.mul": product,
  "i64.rem_u": smaller,
  "i64.div_u": first,
  "i64.shr_u": scalarDown,
  "i64.select": chosen,
  "i64.load8": ofSize(8),
  "i64.load16": ofSize(16),
  "i64.load32": ofSize(32),
  "i64.clz": ofSize(7),
  "i64.ctz": ofSize(7),
  "i64.extend_u": first,
  "i32.wrap": first,
  "i64.addc": within(sum),
  "i64.subc": first,
  "i64.mulc": within(product),
  "i64.divc": first,
  "i64.remc": smaller,
  "i64.narrow": (r, at) => Math.min(argument(r, at, 0), r.code[at + 4]),
  "i256.add": sum,
  "i256.mul": product,
  "i256.div": first,
  "i256.mod": smaller,
  "i256.sdiv": signed(first),
  "i256.smod": signed(smaller),
  "i256.addmod": (r, at) => argument(r, at, 2),
  "i256.mulmod": (r, at) => argument(r, at, 2),
  "i256.signextend": (r, at) => {
    const k = constant(r, at, 0);
    const value = argument(r, at, 1);
    return k >= 0 && (k >= 31 || value <= 8 * k + 7) ? value : 256;
  },
  "i256.and": smaller,
  "i256.or": larger,
  "i256.xor": larger,
  "i256.shl": (r, at) => {
    const amount = constant(r, at, 0);
    return amount < 0 ? 256 : argument(r, at, 1) + amount;
  },
  "i256.shr": down,
  "i256.sar": (r, at) => (argument(r, at, 1) < 256 ? down(r, at) : 256),
  "i256.byte": ofSize(8),
  "i256.clz": ofSize(9),
  "i256.select": chosen,
  "i256.from_i32": first,
  "i256.from_i64": first,
  "i256.from_i64_s": (r, at) => (argument(r, at, 0) < 64 ? argument(r, at, 0) : 256),
  "i256.make": (r, at) => {
    for (let i = 3; i > 0; i--) if (argument(r, at, i) > 0) return 64 * i + argument(r, at, i);
    return argument(r, at, 0);
  },
  "i256.limb": (r, at) => Math.min(64, Math.max(0, argument(r, at, 0) - 64 * r.code[at + 4])),
  "i32.wrap_i256": first,
  "i32.clamp_i256": atMost(31),
  "i64.clamp_i256": atMost(63),
  "i256.addc": within(sum),
  "i256.subc": first,
  "i256.mulc": within(product),
  "i256.divc": first,
  "i256.remc": smaller,
  "i256.narrow": (r, at) => Math.min(argument(r, at, 0), r.code[at + 4]),
  "i256.load_le": (r, at) => 8 * r.code[at + 5],
};

const TRANSFER: readonly (Transfer | undefined)[] = OPS.map(({ name, results }) =>
  results[0] === undefined || name.endsWith(".const")
    ? undefined
    : results[0] === 0 && /\.(eqz?|ne|[lg][te]_[us]|fits)$/.test(name)
      ? boolean
      : TRANSFERS[name],
);

/** Bits of each word of a module's pool. */
export function wordBits(words: readonly bigint[]): Uint16Array {
  return Uint16Array.from(words, bitLength);
}

function bitLength(word: bigint): number {
  return word === 0n
    ? 0
    : word.toString(16).length * 4 - (Math.clz32(Number.parseInt(word.toString(16)[0], 16)) - 28);
}

/**
 * Bounds of all live values: forward data flow over the blocks in reverse postorder, starting from nothing, until nothing grows.
 * What grows again in a later pass grows by {@link STEPS}.
 */
export function findWidths(
  fn: IrFunction,
  flow: ControlFlow,
  live: LiveValues,
  poolBits: Uint16Array,
  words: readonly bigint[],
): Widths {
  const bits = new Uint16Array(fn.valueCount);
  const variableBits = new Uint16Array(fn.vars.length);
  if (!fn.valueTypes.includes(I256) && !fn.vars.includes(I256)) {
    for (let v = 0; v < bits.length; v++) bits[v] = FULL[fn.valueTypes[v] as ValueType];
    for (let v = 0; v < variableBits.length; v++) variableBits[v] = FULL[fn.vars[v]];
    return { bits, variableBits };
  }
  const { code, blocks } = fn;
  const constants = new Int32Array(fn.valueCount).fill(-1);
  const reader: Reader = { code, bits, constants };
  for (const value of blocks[0].params) bits[value] = FULL[fn.valueTypes[value] as ValueType];
  for (let pass = 0, grown = true; grown; pass++) {
    grown = false;
    for (const block of flow.order) {
      const { start, end } = blocks[block];
      for (let at = start; at < end; at += code[at] >>> 8) {
        const op = code[at] & 0xff;
        switch (op) {
          case OP["i32.const"]:
            setConstant(
              code[at + 2],
              code[at + 3] < 0 ? 32 : 32 - Math.clz32(code[at + 3]),
              code[at + 3],
            );
            break;
          case OP["i64.const"]: {
            const high = code[at + 4];
            const width = high === 0 ? 32 - Math.clz32(code[at + 3]) : 64 - Math.clz32(high);
            setConstant(code[at + 2], width, high === 0 ? code[at + 3] : -1);
            break;
          }
          case OP["i256.const"]: {
            const index = code[at + 3];
            setConstant(
              code[at + 2],
              poolBits[index],
              poolBits[index] < 31 ? Number(words[index]) : -1,
            );
            break;
          }
          case OP["var.get"]:
            grow(code[at + 2], variableBits[code[at + 3]], pass);
            break;
          case OP["var.set"]:
            growVariable(code[at + 3], bits[code[at + 2]], pass);
            break;
          case OP.call:
          case OP.host:
            fullResults(at + 3);
            break;
          case OP["call.indirect"]:
            fullResults(at + 4);
            break;
          case OP.br:
            passArguments(at, 0, pass);
            break;
          case OP["br.if"]:
            passArguments(at, 0, pass);
            passArguments(at, 1, pass);
            break;
          default:
            if (OPS[op].resultCount === 1) {
              const full = FULL[OPS[op].results[0]];
              const transfer = TRANSFER[op];
              const width = transfer === undefined ? full : transfer(reader, at);
              grow(code[at + 2], width < full ? width : full, pass);
            }
        }
      }
    }

    function grow(value: number, width: number, inPass: number): void {
      if (width <= bits[value]) return;
      bits[value] = inPass === 0 ? width : widen(width, inPass, fn.valueTypes[value] as ValueType);
      grown = true;
    }

    function growVariable(index: number, width: number, inPass: number): void {
      if (width <= variableBits[index]) return;
      variableBits[index] = inPass === 0 ? width : widen(width, inPass, fn.vars[index]);
      grown = true;
    }

    function passArguments(at: number, edge: number, inPass: number): void {
      const args = edgeArguments(code, at, edge);
      const { params } = blocks[code[args - 1]];
      for (let i = 0; i < params.length; i++) grow(params[i], bits[code[args + 1 + i]], inPass);
    }
  }
  return { bits, variableBits };

  function setConstant(value: number, width: number, number: number): void {
    bits[value] = width;
    constants[value] = number;
  }

  function fullResults(countAt: number): void {
    for (let i = 1; i <= code[countAt]; i++) {
      bits[code[countAt + i]] = FULL[fn.valueTypes[code[countAt + i]] as ValueType];
    }
  }
}

function widen(width: number, pass: number, type: ValueType): number {
  const full = FULL[type];
  if (pass > PASSES_MAX) return full;
  for (const step of STEPS) if (step >= width) return step < full ? step : full;
  return full;
}
