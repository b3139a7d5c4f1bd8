import { concatBytes, decodeBase58, decodeHex, encodeBase58, equalBytes } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import { blake2b512, SS58_PREFIX } from "@dragoman/ledger-substrate";

const CONTEXT = new TextEncoder().encode("SS58PRE");
const CHECKSUM_BYTES = 2;
const ACCOUNT_BYTES = 32;

const checksumOf = (body: Uint8Array): Uint8Array =>
  blake2b512(concatBytes(CONTEXT, body)).subarray(0, CHECKSUM_BYTES);

/** Account as this chain writes it: SS58 with its prefix. */
export function encodeSs58(account: Uint8Array): string {
  const body = concatBytes(Uint8Array.of(SS58_PREFIX), account);
  return encodeBase58(concatBytes(body, checksumOf(body)));
}

/** Account of 32 bytes in SS58 with any prefix below 16,384, or in 0x hex; undefined if the text is neither. */
export function parseAccount(text: string): Uint8Array | undefined {
  try {
    if (text.startsWith("0x")) {
      const bytes = decodeHex(text);
      return bytes.length === ACCOUNT_BYTES ? bytes : undefined;
    }
    const bytes = decodeBase58(text);
    const start = (bytes[0] ?? 0) < 64 ? 1 : 2;
    const end = start + ACCOUNT_BYTES;
    if (bytes.length !== end + CHECKSUM_BYTES) return undefined;
    const isRight = equalBytes(bytes.subarray(end), checksumOf(bytes.subarray(0, end)));
    return isRight ? bytes.slice(start, end) : undefined;
  } catch (error) {
    if (error instanceof FaultError) return undefined;
    throw error;
  }
}
