import type { HostFunction } from "@dragoman/core";
import {
  isEd25519Key,
  isMultiEd25519Key,
  recoverSecp256k1,
  verifyEd25519,
  verifyMultiEd25519,
} from "@dragoman/crypto";
import { fromBytesBE } from "@dragoman/word";
import { abortNative } from "./abort.ts";
import { NATIVE_GAS } from "./native-gas.ts";
import { bytesArgument, giveBool, giveBytes, unpaid } from "./native-result.ts";

/** The public API's codes for a key or a signature of the wrong size. */
const WRONG_KEY_SIZE = 1n;
const WRONG_SIGNATURE_SIZE = 2n;

const KEY_GAS = NATIVE_GAS.ED25519_KEY + NATIVE_GAS.ED25519_SMALL_ORDER;
const verifyGas = (message: number): number =>
  NATIVE_GAS.ED25519_VERIFY +
  NATIVE_GAS.ED25519_MESSAGE +
  NATIVE_GAS.ED25519_MESSAGE_BYTE * message;

/** `ed25519::public_key_validate_internal(vector<u8>): bool`. */
export const validateKey: HostFunction = (frame) => {
  const key = bytesArgument(frame, 0);
  if (key.length !== 32) return abortNative(frame, WRONG_KEY_SIZE);
  if (!frame.charge(NATIVE_GAS.ED25519 + KEY_GAS)) return unpaid(frame);
  return giveBool(frame, isEd25519Key(key));
};

/** `ed25519::signature_verify_strict_internal(signature, public_key, message): bool`. */
export const verifyStrictly: HostFunction = (frame) => {
  const [signature, key, message] = [0, 1, 2].map((index) => bytesArgument(frame, index));
  if (key.length !== 32) return abortNative(frame, WRONG_KEY_SIZE);
  if (signature.length !== 64) return abortNative(frame, WRONG_SIGNATURE_SIZE);
  const parts = NATIVE_GAS.ED25519_KEY + NATIVE_GAS.ED25519_SIGNATURE;
  const cost = NATIVE_GAS.ED25519 + parts + verifyGas(message.length);
  if (!frame.charge(cost)) return unpaid(frame);
  return giveBool(frame, verifyEd25519(signature, message, key));
};

/** `multi_ed25519::public_key_validate_v2_internal(vector<u8>): bool`, and the older function, which took keys without a threshold that is in range. */
export const validateMultiKey: HostFunction = (frame) => {
  const key = bytesArgument(frame, 0);
  const cost = NATIVE_GAS.ED25519 + KEY_GAS * Math.floor(key.length / 32);
  if (!frame.charge(cost)) return unpaid(frame);
  return giveBool(frame, isMultiEd25519Key(key));
};

/** `multi_ed25519::signature_verify_strict_internal(multisignature, public_key, message): bool`. */
export const verifyMultiStrictly: HostFunction = (frame) => {
  const [signature, key, message] = [0, 1, 2].map((index) => bytesArgument(frame, index));
  const signatures = Math.floor(signature.length / 64);
  const parts = NATIVE_GAS.ED25519_KEY * Math.floor(key.length / 32);
  const each = NATIVE_GAS.ED25519_SIGNATURE + verifyGas(message.length);
  if (!frame.charge(NATIVE_GAS.ED25519 + parts + each * signatures)) return unpaid(frame);
  return giveBool(frame, verifyMultiEd25519(signature, message, key));
};

/** The public API's code for a message, recovery id or signature that cannot be one. */
const DESERIALIZE = 0x10001n;

/**
 * `secp256k1::ecdsa_recover_internal(vector<u8>, u8, vector<u8>): (vector<u8>, bool)`: the key's 64 bytes and true, or none and false. Aborts
 * where the message has not 32 bytes, the signature not 64, or the recovery id is above 3.
 */
export const recoverKey: HostFunction = (frame) => {
  const message = bytesArgument(frame, 0);
  const recovery = Number(frame.argI64(1));
  const signature = bytesArgument(frame, 2);
  const cost = NATIVE_GAS.SECP256K1 + NATIVE_GAS.SECP256K1_RECOVER;
  if (!frame.charge(cost)) return unpaid(frame);
  if (message.length !== 32 || signature.length !== 64 || recovery > 3) {
    return abortNative(frame, DESERIALIZE);
  }
  const [r, s] = [fromBytesBE(signature.subarray(0, 32)), fromBytesBE(signature.subarray(32))];
  const key = recoverSecp256k1(message, r, s, recovery);
  frame.resultI32(0, key === undefined ? 0 : 1);
  return giveBytes(frame, 3, key ?? new Uint8Array(0));
};
