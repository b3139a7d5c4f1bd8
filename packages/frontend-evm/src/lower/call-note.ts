import { type FunctionBuilder, JOURNAL_CELLS } from "@dragoman/core";
import { CALLEE } from "../account/domains.ts";
import { HEADER } from "../frame-header.ts";
import type { Rules } from "../schedule/patches.ts";

export type DirectKind = "call" | "delegatecall" | "staticcall";

/** Operands of a call and the blocks that its function shares. */
export interface Call {
  readonly b: FunctionBuilder;
  readonly kind: DirectKind;
  readonly rules: Rules;
  readonly frame: number;
  /** Where everything goes that the host knows better. */
  readonly slow: number;
}

/** What the host noted of an account: see {@link CALLEE}. */
export interface Note {
  /** The account's address as a word. */
  readonly address: number;
  /** The note itself. */
  readonly word: number;
  /** Handle of its balance. */
  readonly balance: number;
}

/** Goes the slow way if the condition holds. */
export function requireNot({ b, slow }: Call, condition: number): void {
  const next = b.block();
  b.brIf(condition, slow, [], next, []);
  b.begin(next);
}

export const limb = (b: FunctionBuilder, word: number, k: number): number =>
  b.op("i256.limb", word, k);

/** Halves of a limb. */
export const low = (b: FunctionBuilder, limb: number): number => b.op("i32.wrap", limb);
export const high = (b: FunctionBuilder, limb: number): number =>
  low(b, b.op("i64.shr_u", limb, b.const64Parts(32, 0)));

/** Looks up what is noted of the account whose address is the low 160 bits of `to`; it must still hold. */
export function findNote(call: Call, to: number): Note {
  const { b, frame } = call;
  const top = b.op("i64.and", limb(b, to, 2), b.const64Parts(-1, 0));
  const address = b.op("i256.make", limb(b, to, 0), limb(b, to, 1), top, b.const64Parts(0, 0));
  const handle = b.op("cell.find", b.op("i32.load", frame, HEADER.CALLEE_TAG), address);
  requireNot(call, b.op("i32.eqz", handle));
  const word = b.op("cell.load", handle);
  const version = b.op("i32.load", b.const32(JOURNAL_CELLS.BYTES_VERSION), 0);
  const second = limb(b, word, CALLEE.BALANCE >> 1);
  requireNot(call, b.op("i32.ne", high(b, second), version));
  return { address, word, balance: low(b, second) };
}
