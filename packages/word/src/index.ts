/**
 * Arithmetic of unsigned words of 8 to 256 bits on `bigint`. Every operand and every result is an
 * unsigned integer below 2^bits; signed operations read it as two's complement.
 */
export { byteAt, clz, signextend } from "./bits.ts";
export { fromBytesBE, fromBytesLE, toBytesBE, toBytesLE } from "./bytes.ts";
export { addmod, div, mod, mulmod, sdiv, smod } from "./divide.ts";
export { loadU128, loadU256, storeU128, storeU256 } from "./limbs.ts";
export { exp } from "./power.ts";
export { sar, shl, shr } from "./shift.ts";
export { fits, maxOf, toSigned, wrap } from "./wrap.ts";
