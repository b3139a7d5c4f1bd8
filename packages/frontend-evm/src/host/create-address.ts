import { keccak256 } from "@dragoman/crypto";

/** Address of a contract made by CREATE: keccak256(rlp([sender, nonce]))[12..]. */
export function createAddress(sender: Uint8Array, nonce: bigint): Uint8Array {
  const digits: number[] = [];
  for (let rest = nonce; rest > 0n; rest >>= 8n) digits.unshift(Number(rest & 255n));
  const encoded =
    digits.length === 1 && digits[0]! < 0x80 ? digits : [0x80 + digits.length, ...digits];
  const list = Uint8Array.of(0xc0 + 21 + encoded.length, 0x80 + 20, ...sender, ...encoded);
  return keccak256(list).slice(12);
}

/** Address of a contract made by CREATE2 (EIP-1014). */
export function create2Address(
  sender: Uint8Array,
  salt: Uint8Array,
  initcodeHash: Uint8Array,
): Uint8Array {
  return keccak256(Uint8Array.of(0xff, ...sender, ...salt, ...initcodeHash)).slice(12);
}
