// tidy: table
import { OPS, type OpName } from "../ir/ops.ts";
import { W } from "../wasm/opcodes.ts";
import type { Lower } from "./emitter.ts";
import * as call from "./lower-call.ts";
import * as cell from "./lower-cell.ts";
import * as checked from "./lower-checked.ts";
import * as compare from "./lower-compare.ts";
import * as convert from "./lower-convert.ts";
import * as frame from "./lower-frame.ts";
import * as memory from "./lower-memory.ts";
import * as meter from "./lower-meter.ts";
import * as product from "./lower-product.ts";
import * as region from "./lower-region.ts";
import * as scalar from "./lower-scalar.ts";
import { binary, same, unary } from "./lower-scalar.ts";
import * as shift from "./lower-shift.ts";
import * as stack from "./lower-stack.ts";
import * as word from "./lower-word.ts";

/**
 * Constants and `var.get` become cells when they are met, branches belong to the structure: neither
 * is written by itself.
 */
const elsewhere: Lower = () => {};

/** How each operation is written; a forgotten one does not compile. */
const LOWER: Record<OpName, Lower> = {
  nop: () => {},
  "i32.const": elsewhere,
  "i64.const": elsewhere,
  "i256.const": elsewhere,

  "i32.add": binary(W.i32Add),
  "i32.sub": binary(W.i32Sub),
  "i32.mul": binary(W.i32Mul),
  "i32.and": binary(W.i32And),
  "i32.or": binary(W.i32Or),
  "i32.xor": binary(W.i32Xor),
  "i32.shl": binary(W.i32Shl),
  "i32.shr_u": binary(W.i32ShrU),
  "i32.shr_s": binary(W.i32ShrS),
  "i32.div_u": binary(W.i32DivU),
  "i32.rem_u": binary(W.i32RemU),
  "i32.eq": binary(W.i32Eq),
  "i32.ne": binary(W.i32Ne),
  "i32.lt_u": binary(W.i32LtU),
  "i32.lt_s": binary(W.i32LtS),
  "i32.gt_u": binary(W.i32GtU),
  "i32.gt_s": binary(W.i32GtS),
  "i32.le_u": binary(W.i32LeU),
  "i32.le_s": binary(W.i32LeS),
  "i32.ge_u": binary(W.i32GeU),
  "i32.ge_s": binary(W.i32GeS),
  "i32.eqz": unary(W.i32Eqz),
  "i32.clz": unary(W.i32Clz),
  "i32.ctz": unary(W.i32Ctz),
  "i32.select": scalar.scalarSelect,

  "i64.add": binary(W.i64Add),
  "i64.sub": binary(W.i64Sub),
  "i64.mul": binary(W.i64Mul),
  "i64.mulh_u": scalar.mulHigh,
  "i64.and": binary(W.i64And),
  "i64.or": binary(W.i64Or),
  "i64.xor": binary(W.i64Xor),
  "i64.shl": binary(W.i64Shl),
  "i64.shr_u": binary(W.i64ShrU),
  "i64.shr_s": binary(W.i64ShrS),
  "i64.div_u": binary(W.i64DivU),
  "i64.rem_u": binary(W.i64RemU),
  "i64.div_s": binary(W.i64DivS),
  "i64.rem_s": binary(W.i64RemS),
  "i64.eq": binary(W.i64Eq),
  "i64.ne": binary(W.i64Ne),
  "i64.lt_u": binary(W.i64LtU),
  "i64.lt_s": binary(W.i64LtS),
  "i64.gt_u": binary(W.i64GtU),
  "i64.gt_s": binary(W.i64GtS),
  "i64.le_u": binary(W.i64LeU),
  "i64.le_s": binary(W.i64LeS),
  "i64.ge_u": binary(W.i64GeU),
  "i64.ge_s": binary(W.i64GeS),
  "i64.eqz": unary(W.i64Eqz),
  "i64.clz": unary(W.i64Clz),
  "i64.ctz": unary(W.i64Ctz),
  "i64.bswap": scalar.byteSwap,
  "i64.select": scalar.scalarSelect,
  "i64.extend_u": unary(W.i64ExtendI32U),
  "i64.extend_s": unary(W.i64ExtendI32S),
  "i32.wrap": unary(W.i32WrapI64),

  "i256.add": word.add,
  "i256.sub": word.sub,
  "i256.mul": product.mul,
  "i256.div": product.div,
  "i256.mod": product.mod,
  "i256.sdiv": product.sdiv,
  "i256.smod": product.smod,
  "i256.addmod": product.addmod,
  "i256.mulmod": product.mulmod,
  "i256.exp": product.exp,
  "i256.signextend": shift.signextend,
  "i256.and": word.and,
  "i256.or": word.or,
  "i256.xor": word.xor,
  "i256.not": word.not,
  "i256.shl": shift.shl,
  "i256.shr": shift.shr,
  "i256.sar": shift.sar,
  "i256.byte": shift.byte,
  "i256.clz": shift.clz,
  "i256.eq": compare.eq,
  "i256.lt_u": compare.ltU,
  "i256.gt_u": compare.gtU,
  "i256.lt_s": compare.ltS,
  "i256.gt_s": compare.gtS,
  "i256.eqz": compare.eqz,
  "i256.select": convert.select,
  "i256.from_i32": same,
  "i256.from_i64": same,
  "i256.from_i64_s": convert.fromI64Signed,
  "i256.make": convert.make,
  "i256.limb": convert.limb,
  "i32.wrap_i256": convert.wrap32,
  "i32.clamp_i256": convert.clamp32,
  "i64.clamp_i256": convert.clamp64,
  "i256.fits": convert.fits,

  "i64.addc": scalar.checkedAdd,
  "i64.subc": scalar.checkedSub,
  "i64.mulc": scalar.checkedMul,
  "i64.divc": binary(W.i64DivU),
  "i64.remc": binary(W.i64RemU),
  "i64.narrow": scalar.checkedNarrow,
  "i256.addc": checked.checkedAdd,
  "i256.subc": checked.checkedSub,
  "i256.mulc": checked.checkedMul,
  "i256.divc": checked.checkedDiv,
  "i256.remc": checked.checkedRem,
  "i256.narrow": checked.checkedNarrow,

  frame: (c) => c.get(c.frame),
  "i32.load8": memory.load(W.i32Load8U),
  "i32.load16": memory.load(W.i32Load16U),
  "i32.load": memory.load(W.i32Load),
  "i64.load8": memory.load(W.i64Load8U),
  "i64.load16": memory.load(W.i64Load16U),
  "i64.load32": memory.load(W.i64Load32U),
  "i64.load": memory.load(W.i64Load),
  "i256.load_be": memory.loadBigEndian,
  "i256.load_le": memory.loadLittleEndian,
  "i32.store8": memory.store(W.i32Store8),
  "i32.store16": memory.store(W.i32Store16),
  "i32.store": memory.store(W.i32Store),
  "i64.store8": memory.store(W.i64Store8),
  "i64.store16": memory.store(W.i64Store16),
  "i64.store32": memory.store(W.i64Store32),
  "i64.store": memory.store(W.i64Store),
  "i256.store_be": memory.storeBigEndian,
  "i256.store_le": memory.storeLittleEndian,
  "memory.copy": memory.copy,
  "memory.fill": memory.fill,
  "memory.compare": memory.compare,
  keccak256: memory.keccak256,
  sha256: memory.sha256,
  sha3_256: memory.sha3,

  "region.load": region.regionLoad,
  "region.store": region.regionStore,
  "region.host": region.regionHost,

  meter: meter.meter,
  charge: meter.charge,
  check: meter.check,
  "meter.dynamic": meter.meterDynamic,
  gas: meter.gas,

  "var.get": elsewhere,
  "var.set": meter.setVariable,
  "stack.check": stack.stackCheck,
  "stack.get": stack.stackGet,
  "stack.set": stack.stackSet,
  "stack.move": stack.stackMove,

  "cell.find": cell.find,
  "cell.load": cell.load,
  "cell.original": cell.original,
  "cell.store": cell.storeCell,
  "cell.mark": cell.mark,
  "cell.set_mark": cell.setMark,
  "counter.add": cell.addToCounter,
  "log.append": cell.appendToLog,

  "frame.place": frame.place,
  "frame.call": frame.call,
  "gas.refill": meter.refill,

  "trap.if": call.trapIf,
  call: call.call,
  "call.indirect": call.callIndirect,
  host: call.host,
  "host.if": call.hostIf,
  br: elsewhere,
  "br.if": elsewhere,
  switch: elsewhere,
  ret: call.ret,
  exit: call.exit,
  trap: call.trap,
};

/** {@link LOWER} by operation code. */
export const LOWER_BY_CODE: readonly Lower[] = OPS.map(({ name }) => LOWER[name]);
