import { encodeHex } from "@dragoman/bytes";
import { HOST, type HostFunction } from "@dragoman/core";
import { recoverSecp256k1 } from "@dragoman/crypto";
import { argNumber, hostAddress } from "../runtime/guest-memory.ts";
import { answer, failAccess, pay } from "./answer.ts";
import { COST } from "./costs.ts";
import type { Syscall } from "./syscall.ts";

const KEY_BYTES = 64;
/** Answers (anza-xyz/solana-sdk `secp256k1-recover/src/lib.rs`). */
const INVALID_RECOVERY_ID = 2;
const INVALID_SIGNATURE = 3;
const ORDER = 0xfffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141n;

const number = (bytes: Uint8Array): bigint => BigInt(encodeHex(bytes));

/** Hash at r1, recovery id r2, signature at r3; the key goes to r4. */
const recover: HostFunction = (frame) => {
  if (!pay(frame, COST.SECP256K1_RECOVER)) return HOST.LEAVE;
  const to = argNumber(frame, 3);
  const result = hostAddress(frame, to, KEY_BYTES, true);
  if (result < 0) return failAccess(frame, to, KEY_BYTES, true);
  const hashAt = argNumber(frame, 0);
  const hash = hostAddress(frame, hashAt, 32, false);
  if (hash < 0) return failAccess(frame, hashAt, 32, false);
  const signatureAt = argNumber(frame, 2);
  const signature = hostAddress(frame, signatureAt, 64, false);
  if (signature < 0) return failAccess(frame, signatureAt, 64, false);
  const recovery = argNumber(frame, 1);
  if (recovery > 3) return answer(frame, INVALID_RECOVERY_ID);
  const r = number(frame.memory.slice(signature, 32));
  const s = number(frame.memory.slice(signature + 32, 32));
  if (r >= ORDER || s >= ORDER) return answer(frame, INVALID_SIGNATURE);
  const key = recoverSecp256k1(frame.memory.slice(hash, 32), r, s, recovery);
  if (key === undefined) return answer(frame, INVALID_SIGNATURE);
  frame.memory.u8.set(key, result);
  return answer(frame, 0);
};

export const SECP256K1_SYSCALLS: readonly Syscall[] = [
  { name: "sol_secp256k1_recover", params: 4, run: recover },
];
