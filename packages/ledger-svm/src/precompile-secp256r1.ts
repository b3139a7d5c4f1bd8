import { modexp, sha256, verifyP256 } from "@dragoman/crypto";
import {
  bigEndian,
  type OffsetEntries,
  PRECOMPILE_ERROR,
  partOf,
  type Verdict,
} from "./precompile-data.ts";

/** Entries as those of the Ed25519 program. */
const ENTRIES: OffsetEntries = { start: 2, bytes: 14 };
const SIGNATURES_MAX = 8;
const KEY_BYTES = 33;
/** FIPS 186-5: field, coefficients and order of P-256. */
const FIELD = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn;
const A = FIELD - 3n;
const B = 0x5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604bn;
const ORDER = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
/** SIMD-0075: a high s is refused. */
const S_MAX = ORDER / 2n;

/** Coordinates of a compressed key; undefined if there is no such point. */
function decompress(key: Uint8Array): readonly [x: bigint, y: bigint] | undefined {
  const [sign] = key;
  const x = bigEndian(key.subarray(1));
  if ((sign !== 2 && sign !== 3) || x >= FIELD) return undefined;
  const square = (x * x * x + A * x + B) % FIELD;
  const root = modexp(square, (FIELD + 1n) / 4n, FIELD);
  if ((root * root) % FIELD !== square) return undefined;
  const isOdd = (root & 1n) === 1n;
  return [x, isOdd === (sign === 3) ? root : FIELD - root];
}

/** Checks the P-256 signatures that an instruction names (agave `precompiles/src/secp256r1.rs`). */
export function checkSecp256r1(data: Uint8Array, all: readonly Uint8Array[]): Verdict {
  const [count = 0] = data;
  const { start, bytes } = ENTRIES;
  if (data.length < start || count === 0 || count > SIGNATURES_MAX) {
    return PRECOMPILE_ERROR.DATA_SIZE;
  }
  if (data.length < start + count * bytes) return PRECOMPILE_ERROR.DATA_SIZE;
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  for (let entry = 0; entry < count; entry++) {
    const field = (n: number): number => view.getUint16(start + entry * bytes + n * 2, true);
    const signature = partOf(data, all, field(1), field(0), 64);
    const key = partOf(data, all, field(3), field(2), KEY_BYTES);
    const text = partOf(data, all, field(6), field(4), field(5));
    if (signature === undefined || key === undefined || text === undefined) {
      return PRECOMPILE_ERROR.DATA_OFFSETS;
    }
    const verdict = checkOne(signature, key, text);
    if (verdict !== undefined) return verdict;
  }
  return undefined;
}

function checkOne(signature: Uint8Array, key: Uint8Array, text: Uint8Array): Verdict {
  const [r, s] = [bigEndian(signature.subarray(0, 32)), bigEndian(signature.subarray(32))];
  const isInRange = r >= 1n && r < ORDER && s >= 1n && s <= S_MAX;
  if (!isInRange) return PRECOMPILE_ERROR.SIGNATURE;
  const point = decompress(key);
  if (point === undefined) return PRECOMPILE_ERROR.PUBLIC_KEY;
  return verifyP256(bigEndian(sha256(text)), r, s, ...point)
    ? undefined
    : PRECOMPILE_ERROR.SIGNATURE;
}
