import { assert } from "@dragoman/fault";
import { blake2fModule, MESSAGE_AT, STATE_AT } from "./wasm/blake2f-code.ts";

/** Square roots of the first eight primes, fractional parts (RFC 7693, section 2.6). */
const IV = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
] as const;

interface Code {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly permute: (rounds: number) => void;
}

let code: Code | undefined;

/** The code, made when it is first wanted. */
function codeOf(): Code {
  if (code === undefined) {
    const instance = new WebAssembly.Instance(blake2fModule());
    const { memory, permute } = instance.exports as unknown as {
      readonly memory: WebAssembly.Memory;
      readonly permute: (rounds: number) => void;
    };
    code = { bytes: new Uint8Array(memory.buffer), view: new DataView(memory.buffer), permute };
  }
  return code;
}

/**
 * The compression function F of BLAKE2b (RFC 7693, section 3.2), any number of rounds (EIP-152).
 *
 * @param rounds 0 to 2^32 - 1
 * @param state 64 bytes, eight little-endian words
 * @param message 128 bytes, sixteen little-endian words
 * @param offset 16 bytes, the counter t, low word first
 * @param last whether this is the last block
 * @returns the new state, 64 bytes
 */
export function blake2f(
  rounds: number,
  state: Uint8Array,
  message: Uint8Array,
  offset: Uint8Array,
  last: boolean,
): Uint8Array<ArrayBuffer> {
  assert(
    state.length === 64 && message.length === 128 && offset.length === 16,
    "blocks have sizes",
  );
  const { bytes, view, permute } = codeOf();
  bytes.set(state, STATE_AT);
  bytes.set(message, MESSAGE_AT);
  for (const [index, word] of IV.entries())
    view.setBigUint64(STATE_AT + 64 + 8 * index, word, true);
  for (let i = 0; i < 16; i++) xor(bytes, STATE_AT + 96 + i, offset[i] as number);
  if (last) for (let i = 0; i < 8; i++) xor(bytes, STATE_AT + 112 + i, 0xff);
  permute(rounds);
  const result = new Uint8Array(state);
  for (let i = 0; i < 64; i++) {
    xor(result, i, (bytes[STATE_AT + i] as number) ^ (bytes[STATE_AT + 64 + i] as number));
  }
  return result;
}

function xor(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = (bytes[at] as number) ^ value;
}
