import { isEd25519Point, verifyEd25519 } from "@dragoman/crypto";
import {
  bigEndian,
  type OffsetEntries,
  PRECOMPILE_ERROR,
  partOf,
  type Verdict,
} from "./precompile-data.ts";

/** Entries of the instruction: u16 offset and instruction of signature and key, then offset, size and instruction of the message. */
const ENTRIES: OffsetEntries = { start: 2, bytes: 14 };

/** Order of the group (RFC 8032, 5.1). */
const ORDER = (1n << 252n) + 27742317777372353535851937790883648493n;

/** Checks the Ed25519 signatures that an instruction names (agave `precompiles/src/ed25519.rs`). */
export function checkEd25519(data: Uint8Array, all: readonly Uint8Array[]): Verdict {
  const [count] = data;
  const { start, bytes } = ENTRIES;
  if (count === undefined || data.length < start) return PRECOMPILE_ERROR.DATA_SIZE;
  if (count === 0 && data.length > start) return PRECOMPILE_ERROR.DATA_SIZE;
  if (data.length < start + count * bytes) return PRECOMPILE_ERROR.DATA_SIZE;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let entry = 0; entry < count; entry++) {
    const field = (n: number): number => view.getUint16(start + entry * bytes + n * 2, true);
    const signature = partOf(data, all, field(1), field(0), 64);
    if (signature === undefined) return PRECOMPILE_ERROR.DATA_OFFSETS;
    if (bigEndian(Uint8Array.from(signature.subarray(32)).reverse()) >= ORDER)
      return PRECOMPILE_ERROR.SIGNATURE;
    const key = partOf(data, all, field(3), field(2), 32);
    if (key === undefined) return PRECOMPILE_ERROR.DATA_OFFSETS;
    if (!isEd25519Point(key)) return PRECOMPILE_ERROR.PUBLIC_KEY;
    const text = partOf(data, all, field(6), field(4), field(5));
    if (text === undefined) return PRECOMPILE_ERROR.DATA_OFFSETS;
    if (!verifyEd25519(signature, text, key)) return PRECOMPILE_ERROR.SIGNATURE;
  }
  return undefined;
}
