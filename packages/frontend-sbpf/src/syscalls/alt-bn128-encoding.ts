import type { Frame } from "@dragoman/core";
import type { CurveGroup } from "@dragoman/crypto";
import { hasFeature, invocationOf } from "../runtime/invocation.ts";

/** Bit of an operation's number: its operands and result are little-endian (SIMD-0284). */
export const LITTLE_ENDIAN = 0x80;

/** Whether the chain has the little-endian operations (SIMD-0284) or those of G2 (SIMD-0302), where the number is one of them. */
export function isBn128Allowed(frame: Frame, code: number, degree: 1 | 2): boolean {
  const { transaction } = invocationOf(frame);
  if (degree === 2 && !hasFeature(transaction, "enableAltBn128G2Syscalls")) return false;
  const isLittle = degree === 1 && (code & LITTLE_ENDIAN) !== 0;
  return !isLittle || hasFeature(transaction, "altBn128LittleEndian");
}

/** Turns bytes between big-endian, the coefficient of i first, and little-endian, the coefficient of i second. */
export function swapBn128Point({ degree, curve }: CurveGroup, bytes: Uint8Array): Uint8Array {
  const size = degree * curve.row.fieldSize;
  const swapped = new Uint8Array(bytes.length);
  for (let at = 0; at < bytes.length; at += size) {
    swapped.set(bytes.slice(at, at + size).reverse(), at);
  }
  return swapped;
}
