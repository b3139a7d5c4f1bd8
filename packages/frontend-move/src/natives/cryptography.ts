import { type Frame, HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import { keccak256, recoverSecp256k1 } from "@dragoman/crypto";
import { HOST_GAS } from "../lift/gas-schedule.ts";
import { MOVE_TRAP } from "../lift/outcome.ts";
import { abortNative } from "./abort.ts";
import { readByteVector, writeByteVector } from "./byte-vector.ts";

/** `aptos_hash::keccak256(vector<u8>): vector<u8>`. */
export const keccak: HostFunction = (frame) => {
  const bytes = readByteVector(frame, frame.argI32(0));
  const cost = HOST_GAS.KECCAK + HOST_GAS.KECCAK_BYTE * bytes.length;
  if (!frame.charge(cost)) return frame.leave(OUTCOME.OUT_OF_GAS);
  return writeOr(frame, frame.argI32(1), keccak256(bytes.slice()));
};

/** The public API's code for a message, recovery id or signature that cannot be one. */
const DESERIALIZE = 0x10001n;

/**
 * `secp256k1::ecdsa_recover_internal(vector<u8>, u8, vector<u8>): (vector<u8>, bool)`: the key's 64 bytes and true, or none and false. Aborts
 * where the message has not 32 bytes, the signature not 64, or the recovery id is above 3.
 */
export const recoverKey: HostFunction = (frame) => {
  const message = readByteVector(frame, frame.argI32(0)).slice();
  const recovery = Number(frame.argI64(1));
  const signature = readByteVector(frame, frame.argI32(2)).slice();
  if (!frame.charge(HOST_GAS.SECP256K1_RECOVER)) return frame.leave(OUTCOME.OUT_OF_GAS);
  if (message.length !== 32 || signature.length !== 64 || recovery > 3) {
    return abortNative(frame, DESERIALIZE);
  }
  const [r, s] = [number(signature.subarray(0, 32)), number(signature.subarray(32))];
  const key = recoverSecp256k1(message, r, s, recovery);
  const target = frame.argI32(3);
  frame.resultI32(0, key === undefined ? 0 : 1);
  return writeOr(frame, target, key ?? new Uint8Array(0));
};

function writeOr(frame: Frame, target: number, bytes: Uint8Array): number {
  return writeByteVector(frame, target, bytes) ? HOST.CONTINUE : frame.leave(MOVE_TRAP.MEMORY);
}

const number = (bytes: Uint8Array): bigint =>
  bytes.reduce((value, byte) => (value << 8n) | BigInt(byte), 0n);
