import type { Frame } from "@dragoman/core";
import { activationOf } from "./activation.ts";

export const CALL = 0;
export const CALLCODE = 1;
export const DELEGATECALL = 2;
export const STATICCALL = 3;
export type CallKind = typeof CALL | typeof CALLCODE | typeof DELEGATECALL | typeof STATICCALL;

/** Ends a call in the caller's frame: success flag, return data, output area. */
export function endCall(
  caller: Frame,
  ok: boolean,
  output: Uint8Array,
  address: number,
  size: number,
): void {
  activationOf(caller).setReturnData(caller, output);
  caller.memory.copyIn(address, output, 0, Math.min(size, output.length));
  caller.resultI32(0, ok ? 1 : 0);
}
