import { ByteWriter, decodeBase58, encodeHex } from "@dragoman/bytes";
import { isHeaderWritable, isSigner, type SvmMessage } from "./message.ts";

/** Address of the sysvar that shows a transaction its own instructions. */
export const INSTRUCTIONS_SYSVAR: Uint8Array = decodeBase58(
  "Sysvar1nstructions1111111111111111111111111",
);
export const INSTRUCTIONS_SYSVAR_HEX: string = encodeHex(INSTRUCTIONS_SYSVAR);

const FLAG = { SIGNER: 1, WRITABLE: 2 } as const;

/** Data of the sysvar while the instruction `current` runs (anza-xyz/solana-sdk `instructions-sysvar/src/lib.rs`). */
export function instructionsSysvar(message: SvmMessage, current: number): Uint8Array {
  const { instructions, keys } = message;
  const bodies = instructions.map(({ program, accounts, data }) => {
    const writer = new ByteWriter();
    writer.u16(accounts.length);
    for (const index of accounts) {
      const writable = isHeaderWritable(message, index) ? FLAG.WRITABLE : 0;
      writer.u8((isSigner(message, index) ? FLAG.SIGNER : 0) | writable);
      writer.bytes(keys[index]!);
    }
    writer.bytes(keys[program]!);
    writer.u16(data.length);
    writer.bytes(data);
    return writer.finish();
  });
  const writer = new ByteWriter();
  writer.u16(bodies.length);
  let offset = 2 + 2 * bodies.length;
  for (const body of bodies) {
    writer.u16(offset);
    offset += body.length;
  }
  for (const body of bodies) writer.bytes(body);
  writer.u16(current);
  return writer.finish();
}
