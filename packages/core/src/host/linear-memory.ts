import { ARENA_START } from "./frame-layout.ts";

const PAGE = 65536;
/** Arrays up to this size lie in V8's own heap, where a loop beats the built-in copy. */
const SMALL = 64;
const LIMB_MAX = (1n << 64n) - 1n;

/** The journal whose cells lie in the memory. */
export interface Tenant {
  /** The memory has grown: views of its old buffer are empty. */
  refreshViews(): void;
  /** Takes everything out of the memory, which somebody else needs. */
  leave(): void;
}

/**
 * The one linear memory, shared by every compiled program, the kernel and the host. Views are replaced when it grows:
 * read them from here each time, never keep one across a call that may grow.
 */
export class LinearMemory {
  readonly memory: WebAssembly.Memory;
  /** Bytes that a run may use at most. */
  readonly limit: number;
  /** Who keeps views of this memory: it is told when they are void. */
  tenant: Tenant | undefined;
  /** Whether compiled programs over this memory may answer Keccak-256 of 64 bytes from a table of digests that they computed. */
  readonly remembersDigests: boolean;
  u8!: Uint8Array;
  i32!: Int32Array;
  u32!: Uint32Array;
  u64!: BigUint64Array;
  view!: DataView;

  /** @param initialBytes V8 counts all of them as used, and collects garbage at once for a memory of 64 MiB */
  constructor(initialBytes = 16 << 20, limitBytes = 2 ** 31, remembersDigests = true) {
    this.remembersDigests = remembersDigests;
    const initial = Math.ceil(Math.max(initialBytes, ARENA_START + PAGE) / PAGE);
    const maximum = Math.max(initial, Math.ceil(limitBytes / PAGE));
    this.limit = maximum * PAGE;
    this.memory = new WebAssembly.Memory({ initial, maximum });
    this.#refresh();
  }

  /** Makes bytes [0, end) addressable; false if the limit forbids it. */
  ensure(end: number): boolean {
    const size = this.u8.length;
    if (end <= size) return true;
    if (end > this.limit) return false;
    const target = Math.min(this.limit, Math.max(end, size * 2));
    this.memory.grow(Math.ceil((target - size) / PAGE));
    this.#refresh();
    this.tenant?.refreshViews();
    return true;
  }

  #refresh(): void {
    const { buffer } = this.memory;
    this.u8 = new Uint8Array(buffer);
    this.i32 = new Int32Array(buffer);
    this.u32 = new Uint32Array(buffer);
    this.u64 = new BigUint64Array(buffer);
    this.view = new DataView(buffer);
  }

  /** The 256-bit word at `address` (multiple of 8), little-endian limbs. */
  word(address: number): bigint {
    const at = address >>> 3;
    const { u64 } = this;
    return u64[at]! | (u64[at + 1]! << 64n) | (u64[at + 2]! << 128n) | (u64[at + 3]! << 192n);
  }

  /** Stores a 256-bit word at `address` (multiple of 8), little-endian limbs. */
  setWord(address: number, value: bigint): void {
    const at = address >>> 3;
    const { u64 } = this;
    u64[at] = value;
    if (value >= 0n && value <= LIMB_MAX) {
      u64[at + 1] = 0n;
      u64[at + 2] = 0n;
      u64[at + 3] = 0n;
      return;
    }
    u64[at + 1] = value >> 64n;
    u64[at + 2] = value >> 128n;
    u64[at + 3] = value >> 192n;
  }

  /** Copies `bytes[from..from+length)`, which exist, to `address`. */
  copyIn(address: number, bytes: Uint8Array, from: number, length: number): void {
    const { u8 } = this;
    if (length > SMALL) u8.set(bytes.subarray(from, from + length), address);
    else for (let i = 0; i < length; i++) u8[address + i] = bytes[from + i]!;
  }

  /** A copy of [address, address + length). */
  slice(address: number, length: number): Uint8Array {
    const { u8 } = this;
    if (length > SMALL) return u8.slice(address, address + length);
    const copy = new Uint8Array(length);
    for (let i = 0; i < length; i++) copy[i] = u8[address + i]!;
    return copy;
  }
}
