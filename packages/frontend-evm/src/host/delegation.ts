import type { Frame } from "@dragoman/core";
import type { Activation } from "./activation.ts";

const WARM_PRICE = 100;
const COLD_PRICE = 2600;

/** True for the code of a delegated account: 0xef0100 and an address (EIP-7702). */
export function isDelegation(code: Uint8Array): boolean {
  return code.length === 23 && code[0] === 0xef && code[1] === 0x01 && code[2] === 0x00;
}

/** The code that a call of `target` runs, the delegate's access being paid; undefined = that is not affordable. */
export function delegateOf(
  frame: Frame,
  caller: Activation,
  target: number,
): Uint8Array | undefined {
  const { world } = caller;
  const code = world.code(target);
  if (!isDelegation(code)) return code;
  const delegate = world.account(code.slice(3));
  if (!frame.charge(world.warm(delegate) ? COLD_PRICE : WARM_PRICE)) return undefined;
  return world.code(delegate);
}
