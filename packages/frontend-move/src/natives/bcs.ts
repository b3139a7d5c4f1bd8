import { FRAME, HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import { toBytesLE } from "@dragoman/word";
import { MoveFault } from "../format/index.ts";
import { decodeValue } from "../layout/bcs-decode.ts";
import { bcsOf } from "../layout/bcs-encode.ts";
import { isInMemory, type MoveType } from "../layout/move-type.ts";
import { HOST_GAS } from "../lift/gas-schedule.ts";
import { takeHeap } from "../lift/heap.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";
import { abortNative } from "./abort.ts";
import { readByteVector, writeByteVector } from "./byte-vector.ts";
import { NATIVE_GAS } from "./native-gas.ts";
import { giveNumber, giveValue, unpaid } from "./native-result.ts";

/** `bcs::to_bytes<T>(&T): vector<u8>`. */
export function bcsToBytes(type: MoveType): HostFunction {
  return (frame) => {
    const bytes = bcsOf(frame.memory, type, frame.argI32(0));
    const cost = HOST_GAS.BCS + HOST_GAS.BCS_BYTE * bytes.length;
    if (!frame.charge(cost)) return frame.leave(OUTCOME.OUT_OF_GAS);
    if (!writeByteVector(frame, frame.argI32(1), bytes)) return frame.leave(MOVE_TRAP.MEMORY);
    return HOST.CONTINUE;
  };
}

/** The public API's code for bytes that are no value of the type. */
const MALFORMED = 0x10001n;

/** `from_bcs::from_bytes<T>(vector<u8>): T`. */
export function bcsFromBytes(type: MoveType): HostFunction {
  return (frame) => {
    const { memory } = frame;
    const bytes = readByteVector(frame, frame.argI32(0)).slice();
    const cost = HOST_GAS.BCS + HOST_GAS.BCS_BYTE * bytes.length;
    if (!frame.charge(cost)) return frame.leave(OUTCOME.OUT_OF_GAS);
    const target = isInMemory(type) ? frame.argI32(1) : frame.slot(0);
    // A scalar stands in its slot as it would in memory, with zeros above.
    if (!isInMemory(type)) memory.u8.fill(0, target, target + FRAME.SLOT);
    const source = { bytes, at: 0 };
    try {
      decodeValue(source, type, target, { memory, allocate: (size) => takeHeap(frame, size) });
    } catch (error) {
      if (!(error instanceof MoveFault)) throw error;
      if (error.status === "MEMORY_LIMIT_EXCEEDED") return frame.leave(MOVE_TRAP.MEMORY);
      return abortNative(frame, MALFORMED);
    }
    return source.at === bytes.length ? HOST.CONTINUE : abortNative(frame, MALFORMED);
  };
}

/** `bcs::serialized_size<T>(&T): u64`. */
export function bcsSize(type: MoveType): HostFunction {
  return (frame) => {
    const size = bcsOf(frame.memory, type, frame.argI32(0)).length;
    const cost = NATIVE_GAS.BCS_SERIALIZED_SIZE + NATIVE_GAS.BCS_SERIALIZED_SIZE_BYTE * size;
    return frame.charge(cost) ? giveNumber(frame, BigInt(size)) : unpaid(frame);
  };
}

/** Bytes that every value of the type has in BCS; undefined where they differ. */
export function constantBcsSize(type: MoveType): number | undefined {
  if (type.kind === "vector" || type.kind === "enum") return undefined;
  if (type.kind !== "struct") return type.size;
  return type.fields.reduce<number | undefined>((sum, field) => {
    const size = constantBcsSize(field.type);
    return sum === undefined || size === undefined ? undefined : sum + size;
  }, 0);
}

/** `bcs::constant_serialized_size<T>(): Option<u64>`. */
export function bcsConstantSize(type: MoveType, result: MoveType): HostFunction {
  const size = constantBcsSize(type);
  const bcs = size === undefined ? [0] : [1, ...toBytesLE(BigInt(size), 8)];
  return (frame) =>
    frame.charge(NATIVE_GAS.BCS_SERIALIZED_SIZE)
      ? giveValue(frame, result, 0, Uint8Array.from(bcs))
      : unpaid(frame);
}
