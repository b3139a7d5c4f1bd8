import type { Frame, HostFunction } from "@dragoman/core";
import {
  isBlsKey,
  isBlsSignature,
  readBlsKey,
  readBlsSignature,
  sumBlsKeys,
  sumBlsSignatures,
  verifyBls,
  verifyBlsPossession,
} from "@dragoman/crypto";
import { VECTOR } from "../layout/move-type.ts";
import { readByteVector } from "./byte-vector.ts";
import { NATIVE_GAS } from "./native-gas.ts";
import { bytesArgument, giveBool, giveBytes, unpaid } from "./native-result.ts";

/** The vectors of bytes in the vector in argument `index`; a struct of one such vector lies as the vector does. */
function byteVectors(frame: Frame, index: number): Uint8Array[] {
  const { view } = frame.memory;
  const address = frame.argI32(index);
  const at = view.getUint32(address + VECTOR.POINTER, true);
  const length = view.getUint32(address + VECTOR.LENGTH, true);
  return Array.from({ length }, (_, item) =>
    readByteVector(frame, at + item * VECTOR.SIZE).slice(),
  );
}

/** Reads up to the first that cannot be read, and says how many were looked at. */
function readAll<T>(
  encoded: readonly Uint8Array[],
  read: (bytes: Uint8Array) => T | undefined,
): { readonly values: T[]; readonly seen: number } {
  const values: T[] = [];
  for (const bytes of encoded) {
    const value = read(bytes);
    if (value === undefined) return { values, seen: values.length + 1 };
    values.push(value);
  }
  return { values, seen: values.length };
}

/** `(vector<K>): (vector<u8>, bool)`: the sum, or nothing where one cannot be read or there is none. */
const aggregate =
  <T>(
    read: (bytes: Uint8Array) => T | undefined,
    sum: (values: readonly T[]) => Uint8Array,
    perRead: number,
    perSum: number,
  ): HostFunction =>
  (frame) => {
    const encoded = byteVectors(frame, 0);
    const { values, seen } = readAll(encoded, read);
    const isWhole = encoded.length > 0 && values.length === encoded.length;
    const cost = NATIVE_GAS.BLS + perRead * seen + (isWhole ? perSum * seen : 0);
    if (!frame.charge(cost)) return unpaid(frame);
    frame.resultI32(0, isWhole ? 1 : 0);
    return giveBytes(frame, 1, isWhole ? sum(values) : new Uint8Array());
  };

export const aggregateKeys: HostFunction = aggregate(
  readBlsKey,
  sumBlsKeys,
  NATIVE_GAS.BLS_KEY,
  NATIVE_GAS.BLS_KEY_SUM,
);

export const aggregateSignatures: HostFunction = aggregate(
  readBlsSignature,
  sumBlsSignatures,
  NATIVE_GAS.BLS_SIGNATURE,
  NATIVE_GAS.BLS_SIGNATURE_SUM,
);

/** `validate_pubkey_internal(vector<u8>): bool`. */
export const validateBlsKey: HostFunction = (frame) => {
  const key = readBlsKey(bytesArgument(frame, 0));
  const cost = NATIVE_GAS.BLS_KEY + (key === undefined ? 0 : NATIVE_GAS.BLS_KEY_GROUP);
  if (!frame.charge(NATIVE_GAS.BLS + cost)) return unpaid(frame);
  return giveBool(frame, key !== undefined && isBlsKey(key));
};

/** `signature_subgroup_check_internal(vector<u8>): bool`. */
export const checkBlsSignature: HostFunction = (frame) => {
  const signature = readBlsSignature(bytesArgument(frame, 0));
  const group = signature === undefined ? 0 : NATIVE_GAS.BLS_SIGNATURE_GROUP;
  if (!frame.charge(NATIVE_GAS.BLS + NATIVE_GAS.BLS_SIGNATURE + group)) return unpaid(frame);
  return giveBool(frame, signature !== undefined && isBlsSignature(signature));
};

/**
 * `(signature, public_key, message): bool`. `asksGroup`: whether the key must be shown to be in the group; other callers have keys with a proof of
 * possession, which shows it.
 */
export function verifyBlsSignature(asksGroup: boolean): HostFunction {
  return (frame) => {
    const key = readBlsKey(bytesArgument(frame, 1));
    const signature = readBlsSignature(bytesArgument(frame, 0));
    const message = bytesArgument(frame, 2);
    const group = asksGroup ? NATIVE_GAS.BLS_KEY : 0;
    const both = key !== undefined && signature !== undefined;
    const check = both
      ? NATIVE_GAS.BLS_VERIFY +
        NATIVE_GAS.BLS_MESSAGE +
        NATIVE_GAS.BLS_MESSAGE_BYTE * message.length
      : 0;
    const parts = NATIVE_GAS.BLS_KEY + (key === undefined ? 0 : group + NATIVE_GAS.BLS_SIGNATURE);
    if (!frame.charge(NATIVE_GAS.BLS + parts + check)) return unpaid(frame);
    if (!both || (asksGroup && !isBlsKey(key))) return giveBool(frame, false);
    return giveBool(frame, verifyBls(signature, [key], [message]));
  };
}

/** `verify_aggregate_signature_internal(vector<u8>, vector<PublicKeyWithPoP>, vector<vector<u8>>): bool`. */
export const verifyBlsAggregate: HostFunction = (frame) => {
  const signature = readBlsSignature(bytesArgument(frame, 0));
  const encoded = byteVectors(frame, 1);
  const messages = byteVectors(frame, 2);
  const { values, seen } = readAll(encoded, readBlsKey);
  const isWhole =
    values.length > 0 && values.length === encoded.length && messages.length === encoded.length;
  const size = messages.reduce((sum, message) => sum + message.length, 0);
  const check = isWhole
    ? NATIVE_GAS.BLS_SIGNATURE +
      NATIVE_GAS.BLS_PAIRING * (seen + 1) +
      NATIVE_GAS.BLS_MESSAGE * seen +
      NATIVE_GAS.BLS_MESSAGE_BYTE * size
    : 0;
  if (!frame.charge(NATIVE_GAS.BLS + NATIVE_GAS.BLS_KEY * seen + check)) return unpaid(frame);
  if (!isWhole || signature === undefined) return giveBool(frame, false);
  return giveBool(frame, verifyBls(signature, values, messages));
};

/** `verify_proof_of_possession_internal(public_key, proof): bool`. */
export const verifyBlsProof: HostFunction = (frame) => {
  const key = readBlsKey(bytesArgument(frame, 0));
  const proof = readBlsSignature(bytesArgument(frame, 1));
  const both = key !== undefined && proof !== undefined;
  const parts = NATIVE_GAS.BLS_KEY + (key === undefined ? 0 : NATIVE_GAS.BLS_SIGNATURE);
  const cost = NATIVE_GAS.BLS + parts + (both ? NATIVE_GAS.BLS_POSSESSION : 0);
  if (!frame.charge(cost)) return unpaid(frame);
  return giveBool(frame, both && verifyBlsPossession(proof, key));
};
