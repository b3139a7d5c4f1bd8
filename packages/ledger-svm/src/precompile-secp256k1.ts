import { equalBytes } from "@dragoman/bytes";
import { keccak256, recoverSecp256k1 } from "@dragoman/crypto";
import { bigEndian, PRECOMPILE_ERROR, type Verdict } from "./precompile-data.ts";

const START = 1;
/** u16 offset and u8 instruction of signature and address, then u16 offset, u16 size and u8 instruction of the message. */
const ENTRY_BYTES = 11;
const ADDRESS_BYTES = 20;
const ORDER = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141n;

/** Bytes of another instruction, or the error that agave gives for their absence. */
function part(
  all: readonly Uint8Array[],
  instruction: number,
  offset: number,
  size: number,
): Uint8Array | NonNullable<Verdict> {
  const source = all[instruction];
  if (source === undefined) return PRECOMPILE_ERROR.DATA_OFFSETS;
  if (offset + size > source.length) return PRECOMPILE_ERROR.SIGNATURE;
  return source.subarray(offset, offset + size);
}

/** Checks that Ethereum's addresses have signed what an instruction says (agave `precompiles/src/secp256k1.rs`). */
export function checkSecp256k1(data: Uint8Array, all: readonly Uint8Array[]): Verdict {
  const [count] = data;
  if (count === undefined || (count === 0 && data.length > START)) {
    return PRECOMPILE_ERROR.DATA_SIZE;
  }
  if (data.length < START + count * ENTRY_BYTES) return PRECOMPILE_ERROR.DATA_SIZE;
  for (let entry = 0; entry < count; entry++) {
    const at = START + entry * ENTRY_BYTES;
    const verdict = checkEntry(data.subarray(at, at + ENTRY_BYTES), all);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

function checkEntry(entry: Uint8Array, all: readonly Uint8Array[]): Verdict {
  const view = new DataView(entry.buffer, entry.byteOffset, entry.byteLength);
  const signed = all[entry[2]!];
  if (signed === undefined) return PRECOMPILE_ERROR.DATA_SIZE;
  const start = view.getUint16(0, true);
  // The recovery id stands behind the signature.
  if (start + 64 >= signed.length) return PRECOMPILE_ERROR.SIGNATURE;
  const r = bigEndian(signed.subarray(start, start + 32));
  const s = bigEndian(signed.subarray(start + 32, start + 64));
  if (r >= ORDER || s >= ORDER) return PRECOMPILE_ERROR.SIGNATURE;
  const recovery = signed[start + 64]!;
  if (recovery > 3) return PRECOMPILE_ERROR.RECOVERY_ID;
  const address = part(all, entry[5]!, view.getUint16(3, true), ADDRESS_BYTES);
  if (typeof address === "number") return address;
  const text = part(all, entry[10]!, view.getUint16(6, true), view.getUint16(8, true));
  if (typeof text === "number") return text;
  const key = recoverSecp256k1(keccak256(text), r, s, recovery);
  if (key === undefined) return PRECOMPILE_ERROR.SIGNATURE;
  const found = keccak256(key).subarray(32 - ADDRESS_BYTES);
  return equalBytes(found, address) ? undefined : PRECOMPILE_ERROR.SIGNATURE;
}
