import { type Frame, HOST, OUTCOME } from "@dragoman/core";
import { keccak256 } from "@dragoman/crypto";
import { type Activation, activationOf, guestAddress } from "./activation.ts";

/** As {@link accessAccount}, and tells those who watch. */
function readAccount(frame: Frame, activation: Activation, account: number): boolean {
  const isPaid = accessAccount(frame, activation, account);
  if (isPaid && activation.trace !== undefined) activation.trace.touch(activation.world, account);
  return isPaid;
}

/** Charges a cold account; false if that is not affordable. */
export function accessAccount(frame: Frame, activation: Activation, account: number): boolean {
  const { coldAccountExtra } = activation.machine.schedule.rules;
  if (coldAccountExtra === 0) return true;
  return !activation.world.warm(account) || frame.charge(coldAccountExtra);
}

export function balance(frame: Frame): number {
  const activation = activationOf(frame);
  const { world } = activation;
  const { u32 } = frame.memory;
  const at = frame.slot(0) >>> 2;
  const account = world.accountOf(u32, at);
  if (!readAccount(frame, activation, account)) return frame.leave(OUTCOME.OUT_OF_GAS);
  world.journal.readWords(world.balanceCell(account), u32, at);
  return HOST.CONTINUE;
}

export function selfbalance(frame: Frame): number {
  const { world, self } = activationOf(frame);
  world.journal.readWords(world.balanceCell(self), frame.memory.u32, frame.slot(0) >>> 2);
  return HOST.CONTINUE;
}

export function extcodesize(frame: Frame): number {
  const activation = activationOf(frame);
  const { world } = activation;
  const { u32 } = frame.memory;
  const at = frame.slot(0) >>> 2;
  const account = world.accountOf(u32, at);
  if (!readAccount(frame, activation, account)) return frame.leave(OUTCOME.OUT_OF_GAS);
  u32.fill(0, at, at + 8);
  u32[at] = world.code(account).length;
  return HOST.CONTINUE;
}

const hashes = new WeakMap<Uint8Array, Uint8Array>();

/** Keccak-256 of code, remembered as long as the array lives. */
export function codeHash(code: Uint8Array): Uint8Array {
  let hash = hashes.get(code);
  if (hash === undefined) {
    hash = keccak256(code);
    hashes.set(code, hash);
  }
  return hash;
}

export function extcodehash(frame: Frame): number {
  const activation = activationOf(frame);
  const { world } = activation;
  const { u32, u8 } = frame.memory;
  const slot = frame.slot(0);
  const account = world.accountOf(u32, slot >>> 2);
  if (!readAccount(frame, activation, account)) return frame.leave(OUTCOME.OUT_OF_GAS);
  u8.fill(0, slot, slot + 32);
  if (!world.isEmpty(account)) {
    const hash = codeHash(world.code(account));
    for (let i = 0; i < 32; i++) u8[slot + i] = hash[31 - i];
  }
  return HOST.CONTINUE;
}

/** Copies `bytes[source..)` to guest memory and fills with zero up to `length`. */
function copyBytes(
  frame: Frame,
  bytes: Uint8Array,
  to: number,
  source: number,
  length: number,
): void {
  if (length === 0) return;
  const { u8 } = frame.memory;
  const address = guestAddress(frame, to);
  const count = Math.max(0, Math.min(length, bytes.length - source));
  if (count > 0) u8.set(bytes.subarray(source, source + count), address);
  u8.fill(0, address + count, address + length);
}

export function extcodecopy(frame: Frame): number {
  const activation = activationOf(frame);
  const { world } = activation;
  const account = world.accountOf(frame.memory.u32, frame.slot(0) >>> 2);
  if (!readAccount(frame, activation, account)) return frame.leave(OUTCOME.OUT_OF_GAS);
  copyBytes(frame, world.code(account), frame.argI32(1), frame.argI32(2), frame.argI32(3));
  return HOST.CONTINUE;
}

export function codecopy(frame: Frame): number {
  const { code } = activationOf(frame);
  copyBytes(frame, code, frame.argI32(0), frame.argI32(1), frame.argI32(2));
  return HOST.CONTINUE;
}
