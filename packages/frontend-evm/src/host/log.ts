import { type Frame, HOST, type LogEntry } from "@dragoman/core";
import { HEADER } from "../frame-header.ts";
import { EVM_OUTCOME } from "../outcome.ts";
import { activationOf, guestAddress } from "./activation.ts";

/** Bytes that logs share; a log that needs more has its own. */
const CHUNK_BYTES = 1 << 16;

/** Where the next log goes. A full chunk lives as long as a log in it. */
let words = new Uint32Array(0);
let bytes = new Uint8Array(0);
let used = 0;

/** A log whose topics and data are cut out of a chunk when somebody looks at them. */
class EvmLog implements LogEntry {
  readonly vm = "evm";
  readonly durable = false;
  readonly account: Uint8Array;
  readonly #chunk: Uint8Array;
  readonly #at: number;
  readonly #topicCount: number;
  readonly #length: number;

  constructor(
    account: Uint8Array,
    chunk: Uint8Array,
    at: number,
    topicCount: number,
    length: number,
  ) {
    this.account = account;
    this.#chunk = chunk;
    this.#at = at;
    this.#topicCount = topicCount;
    this.#length = length;
  }

  get topics(): readonly Uint8Array[] {
    return Array.from({ length: this.#topicCount }, (_, i) =>
      this.#chunk.slice(this.#at + 32 * i, this.#at + 32 * i + 32),
    );
  }

  get data(): Uint8Array {
    const at = this.#at + 32 * this.#topicCount;
    return this.#chunk.slice(at, at + this.#length);
  }
}

/** Room for a log, a multiple of four bytes from the chunk's start. */
function reserve(size: number): number {
  if (used + size > bytes.length) {
    words = new Uint32Array(Math.max(CHUNK_BYTES, size + 4) >>> 2);
    bytes = new Uint8Array(words.buffer);
    used = 0;
  }
  const at = used;
  used += (size + 3) & ~3;
  return at;
}

/** LOG0 to LOG4: topics stand in the frame's header, the data in guest memory. */
export function logWith(topicCount: number): (frame: Frame) => number {
  const topicWords = topicCount * 8;
  return (frame) => {
    const { world, self, isStatic, trace } = activationOf(frame);
    if (isStatic) return frame.leave(EVM_OUTCOME.STATIC_VIOLATION);
    const { u8, u32 } = frame.memory;
    const length = frame.argI32(1);
    const at = reserve(topicCount * 32 + length);
    const topics = (frame.address + HEADER.TOPICS) >>> 2;
    const to = at >>> 2;
    for (let i = 0; i < topicWords; i++) words[to + i] = u32[topics + i];
    const address = guestAddress(frame, frame.argI32(0));
    if ((address & 3) === 0 && length <= 256) {
      const from = address >>> 2;
      const count = (length + 3) >>> 2;
      for (let i = 0; i < count; i++) words[to + topicWords + i] = u32[from + i];
    } else if (length > 0) {
      bytes.set(u8.subarray(address, address + length), at + topicCount * 32);
    }
    const log = new EvmLog(world.addressOf(self), bytes, at, topicCount, length);
    world.journal.log(log);
    if (trace !== undefined) trace.log(frame, log);
    return HOST.CONTINUE;
  };
}
