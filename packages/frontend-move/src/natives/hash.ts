import { HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import { sha3_256, sha256 } from "@dragoman/crypto";
import { HOST_GAS } from "../lift/gas-schedule.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";
import { readByteVector, writeByteVector } from "./byte-vector.ts";

/** `(vector<u8>): vector<u8>` by a hash function. */
function hash(
  digest: (data: Uint8Array) => Uint8Array,
  base: number,
  perByte: number,
): HostFunction {
  return (frame) => {
    const data = readByteVector(frame, frame.argI32(0));
    if (!frame.charge(base + perByte * data.length)) return frame.leave(OUTCOME.OUT_OF_GAS);
    const result = digest(data);
    if (!writeByteVector(frame, frame.argI32(1), result)) return frame.leave(MOVE_TRAP.MEMORY);
    return HOST.CONTINUE;
  };
}

export const sha2: HostFunction = hash(sha256, HOST_GAS.SHA2, HOST_GAS.SHA2_BYTE);
export const sha3: HostFunction = hash(sha3_256, HOST_GAS.SHA3, HOST_GAS.SHA3_BYTE);
