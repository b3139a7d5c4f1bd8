import { concatBytes } from "@dragoman/bytes";
import { HOST, type HostFunction } from "@dragoman/core";
import { sha3_256 } from "@dragoman/crypto";
import type { MoveType } from "../layout/move-type.ts";
import { existsGlobal } from "./global-storage.ts";
import { NATIVE_GAS } from "./native-gas.ts";
import { unpaid } from "./native-result.ts";

/** `object::exists_at<T>(address): bool`. */
export function objectExists(type: MoveType): HostFunction {
  const exists = existsGlobal(type);
  return (frame) => (frame.charge(NATIVE_GAS.OBJECT_EXISTS) ? exists(frame) : unpaid(frame));
}

/** Last byte of what the address of a user's derived object is made of (`object.move`, OBJECT_DERIVED_SCHEME). */
const OBJECT_DERIVED = 0xfc;

/** `object::create_user_derived_object_address_impl(source, derive_from): address`. */
export const derivedAddress: HostFunction = (frame) => {
  if (!frame.charge(NATIVE_GAS.OBJECT_ADDRESS)) return unpaid(frame);
  const { memory } = frame;
  const [source, from] = [0, 1].map((index) => memory.slice(frame.slot(index), 32));
  memory.u8.set(sha3_256(concatBytes(source, from, Uint8Array.of(OBJECT_DERIVED))), frame.slot(0));
  return HOST.CONTINUE;
};
