import { EDWARDS_BASE64 } from "./edwards-binary.ts";
import { sha512Rounds, sha512Start } from "./sha512-constants.ts";

/** Addresses in the module's memory; `../../edwards/layout.ts` has the same. */
const AT = {
  D: 0x400,
  D2: 0x440,
  ROOT: 0x480,
  ENCODED: 0xb00,
  SIGNATURE: 0x1000,
  KEY: 0x1040,
  DIGEST: 0x1080,
  SHA_ROUNDS: 0x1500,
  SHA_START: 0x1800,
  MESSAGE: 0x4000,
  BASE: 0x10000,
  TABLES: 0xe0000,
} as const;
const MESSAGE_BYTES = 0x4000;

/** Bits of the windows that scalars are cut into, and how many there are: of the base, whose table is made once, and of keys. */
const BASE = { WIDTH: 6, WINDOWS: 43 } as const;
const KEY = { WIDTH: 5, WINDOWS: 51 } as const;
const ENTRY_BYTES = 120;
const TABLE_BYTES = KEY.WINDOWS * (1 << (KEY.WIDTH - 1)) * ENTRY_BYTES;
/** Tables of keys that fit; 98 KB each. */
export const KEY_TABLES_MAX = 64;
const PAGE = 65536;

/** 2^255 - 19. */
const PRIME = (1n << 255n) - 19n;
/** d in -x² + y² = 1 + d x² y², -121665 / 121666, and a square root of -1 (RFC 8032, 5.1). */
const D = 0x52036cee2b6ffe738cc740797779e89800700a4d4141d8ab75eb4dca135978a3n;
const ROOT = 0x2b8324804fc1df0b2b4d00993dfbd7a72f431806ad2fe478c4ee1b274a0ea0b0n;
/** y of the base point: 4 / 5, with an even x. */
const BASE_Y = 0x6666666666666666666666666666666666666666666666666666666666666658n;

interface Exports {
  readonly memory: WebAssembly.Memory;
  fromBytes(to: number, from: number): void;
  hashBlocks(to: number, from: number, blocks: number): void;
  tableOf(to: number, from: number, isNegative: number, width: number, windows: number): number;
  verify(
    base: number,
    baseWidth: number,
    baseWindows: number,
    key: number,
    keyWidth: number,
    keyWindows: number,
    encoded: number,
  ): number;
}

/** Signatures by WebAssembly: a table of the base point, and tables of keys. */
export class Edwards {
  readonly #code: Exports;
  #bytes: Uint8Array;

  constructor() {
    const binary = Uint8Array.from(atob(EDWARDS_BASE64), (character) => character.charCodeAt(0));
    const env = {
      abort: () => {
        throw new Error("the module aborts nowhere");
      },
    };
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(binary), { env });
    this.#code = exports as unknown as Exports;
    this.#bytes = this.#reach(AT.TABLES);
    for (const [at, value] of [
      [AT.D, D],
      [AT.D2, (2n * D) % PRIME],
      [AT.ROOT, ROOT],
    ] as const) {
      this.#write(AT.ENCODED, value);
      this.#code.fromBytes(at, AT.ENCODED);
    }
    const words = new BigUint64Array(this.#bytes.buffer);
    words.set(sha512Rounds(), AT.SHA_ROUNDS / 8);
    words.set(sha512Start(), AT.SHA_START / 8);
    this.#write(AT.KEY, BASE_Y);
    this.#code.tableOf(AT.BASE, AT.KEY, 0, BASE.WIDTH, BASE.WINDOWS);
  }

  /** Makes memory up to `end` addressable. */
  #reach(end: number): Uint8Array {
    const { memory } = this.#code;
    const missing = end - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    return new Uint8Array(memory.buffer);
  }

  /** Writes 32 bytes, little-endian. */
  #write(at: number, value: bigint): void {
    for (let i = 0; i < 32; i++) this.#bytes[at + i] = Number((value >> BigInt(8 * i)) & 0xffn);
  }

  /** Makes the table of a key in the slot 0..KEY_TABLES_MAX-1; false if the 32 bytes are no point. */
  prepareKey(slot: number, publicKey: Uint8Array): boolean {
    const at = AT.TABLES + slot * TABLE_BYTES;
    this.#bytes = this.#reach(at + TABLE_BYTES);
    this.#bytes.set(publicKey, AT.KEY);
    return this.#code.tableOf(at, AT.KEY, 1, KEY.WIDTH, KEY.WINDOWS) !== 0;
  }

  /**
   * Whether S B - h A encodes as R, S is below the order and A is a point (RFC 8032, 5.1.7, without the cofactor): nothing is asked of the points' order,
   * and an R whose encoding is not canonical is none. `slot`: where the key's table is; -1 = it has none.
   */
  verify(
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
    slot: number,
    sha512: (data: Uint8Array) => Uint8Array,
  ): boolean {
    const bytes = this.#bytes;
    bytes.set(signature, AT.SIGNATURE);
    bytes.set(publicKey, AT.KEY);
    this.#digest(signature, message, publicKey, sha512);
    const table = slot < 0 ? 0 : AT.TABLES + slot * TABLE_BYTES;
    const { WIDTH, WINDOWS } = BASE;
    return this.#code.verify(AT.BASE, WIDTH, WINDOWS, table, KEY.WIDTH, KEY.WINDOWS, AT.KEY) !== 0;
  }

  /** Leaves SHA-512 of R, key and message in the memory. */
  #digest(
    signature: Uint8Array,
    message: Uint8Array,
    publicKey: Uint8Array,
    sha512: (data: Uint8Array) => Uint8Array,
  ): void {
    const bytes = this.#bytes;
    const length = 64 + message.length;
    const blocks = Math.ceil((length + 17) / 128);
    if (blocks * 128 > MESSAGE_BYTES) {
      const all = new Uint8Array(length);
      all.set(signature.subarray(0, 32));
      all.set(publicKey, 32);
      all.set(message, 64);
      bytes.set(sha512(all), AT.DIGEST);
      return;
    }
    bytes.copyWithin(AT.MESSAGE, AT.SIGNATURE, AT.SIGNATURE + 32);
    bytes.copyWithin(AT.MESSAGE + 32, AT.KEY, AT.KEY + 32);
    bytes.set(message, AT.MESSAGE + 64);
    const end = AT.MESSAGE + blocks * 128;
    bytes.fill(0, AT.MESSAGE + length, end);
    bytes[AT.MESSAGE + length] = 0x80;
    for (let bits = length * 8, at = end - 1; bits > 0; at--, bits = Math.floor(bits / 256)) {
      bytes[at] = bits & 0xff;
    }
    this.#code.hashBlocks(AT.DIGEST, AT.MESSAGE, blocks);
  }
}
