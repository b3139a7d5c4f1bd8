import { FRAME, type Frame, HOST, OUTCOME } from "@dragoman/core";
import { HEADER, MEMORY } from "../frame-header.ts";
import { EVM_OUTCOME } from "../outcome.ts";
import { activationOf, guestAddress, guestLimit } from "./activation.ts";

const HASHED_BLOCKS = 256n;

export function blockhash(frame: Frame): number {
  const { environment } = activationOf(frame);
  const number = frame.argWord(0);
  const known = number < environment.number && number + HASHED_BLOCKS >= environment.number;
  frame.resultWord(0, known ? environment.blockHash(number) : 0n);
  return HOST.CONTINUE;
}

export function blobhash(frame: Frame): number {
  const { blobHashes } = activationOf(frame).environment;
  const index = frame.argWord(0);
  frame.resultWord(0, index < BigInt(blobHashes.length) ? blobHashes[Number(index)] : 0n);
  return HOST.CONTINUE;
}

/** Makes linear memory large enough for `size` bytes of guest memory, which are paid. */
export function growMemory(frame: Frame): number {
  const size = frame.argI32(0) >>> 0;
  if (!frame.memory.ensure(frame.address + MEMORY + size + FRAME.BODY)) {
    return frame.leave(OUTCOME.OUT_OF_GAS);
  }
  frame.memory.i32[(frame.address + HEADER.LIMIT) >>> 2] = guestLimit(frame);
  return HOST.CONTINUE;
}

/** RETURNDATACOPY: reading beyond the end halts (EIP-211). */
export function returndatacopy(frame: Frame): number {
  const { i32, u8 } = frame.memory;
  const header = frame.address >>> 2;
  const source = frame.argI32(1);
  const length = frame.argI32(2);
  if (source + length > i32[header + HEADER.RETURNDATA_SIZE / 4])
    return frame.leave(EVM_OUTCOME.RETURN_DATA_OUT_OF_BOUNDS);
  if (length === 0) return HOST.CONTINUE;
  const to = guestAddress(frame, frame.argI32(0));
  const kept = i32[header + HEADER.RETURNDATA_ADDRESS / 4];
  if (kept > 0) u8.copyWithin(to, kept + source, kept + source + length);
  else frame.memory.copyIn(to, activationOf(frame).returnData, source, length);
  return HOST.CONTINUE;
}

/** Takes the output of a call that compiled code made and that is too long for the frame's own area. */
export function keepReturnData(frame: Frame): number {
  activationOf(frame).setReturnData(frame, frame.memory.slice(frame.argI32(0), frame.argI32(1)));
  return HOST.CONTINUE;
}
