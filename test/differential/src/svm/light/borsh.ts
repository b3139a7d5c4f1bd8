import { sha256 } from "@dragoman/crypto";
import type { PublicKey } from "@solana/web3.js";
import { u64 } from "../transactions/raw-instruction.ts";

/** First eight bytes of an Anchor instruction's data. */
export const discriminator = (name: string): Buffer =>
  Buffer.from(sha256(new TextEncoder().encode(`global:${name}`)).subarray(0, 8));

/** A u16, little-endian. */
export const u16 = (value: number): Buffer => Buffer.of(value & 255, value >> 8);

/** A u32, little-endian. */
export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

/** A Borsh option. */
export const option = (value: Buffer | undefined): Buffer =>
  value === undefined ? Buffer.of(0) : Buffer.concat([Buffer.of(1), value]);

/** A Borsh vector. */
export const vector = (items: readonly Buffer[]): Buffer =>
  Buffer.concat([u32(items.length), ...items]);

/** A compressed account {owner, lamports, address: none, data}. */
export const compressedAccount = (
  owner: PublicKey,
  lamports: bigint | number,
  data?: Buffer,
): Buffer => Buffer.concat([owner.toBuffer(), u64(lamports), option(undefined), option(data)]);
