import { type PublicKey, TransactionInstruction } from "@solana/web3.js";

/** An instruction from its bytes; accounts with whether they sign and can be written. */
export const rawInstruction = (
  programId: PublicKey,
  data: Uint8Array,
  accounts: readonly (readonly [key: PublicKey, isSigner: boolean, isWritable: boolean])[],
): TransactionInstruction =>
  new TransactionInstruction({
    programId,
    keys: accounts.map(([pubkey, isSigner, isWritable]) => ({ pubkey, isSigner, isWritable })),
    data: Buffer.from(data),
  });

/** A u64, little-endian. */
export function u64(value: bigint | number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(value));
  return bytes;
}
