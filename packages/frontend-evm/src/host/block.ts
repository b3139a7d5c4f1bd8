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
  const { returnData } = activationOf(frame);
  const source = frame.argI32(1);
  const length = frame.argI32(2);
  if (source + length > returnData.length)
    return frame.leave(EVM_OUTCOME.RETURN_DATA_OUT_OF_BOUNDS);
  if (length > 0) {
    const to = guestAddress(frame, frame.argI32(0));
    frame.memory.u8.set(returnData.subarray(source, source + length), to);
  }
  return HOST.CONTINUE;
}
