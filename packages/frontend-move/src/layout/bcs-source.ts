import { MoveFault } from "../format/index.ts";

/** BCS being read. */
export interface BcsSource {
  readonly bytes: Uint8Array;
  at: number;
  /** Closures inside closures so far. */
  nesting?: number;
}

/** Faults: always. */
export function malformed(source: BcsSource, sentence: string): never {
  throw new MoveFault("FAILED_TO_DESERIALIZE_ARGUMENT", { offset: source.at }, sentence);
}

/** The offset of the next `size` bytes, which are taken. */
export function take(source: BcsSource, size: number): number {
  const { at } = source;
  if (size > source.bytes.length - at) malformed(source, `${size} bytes are needed`);
  source.at = at + size;
  return at;
}

/** An unsigned LEB128 number below 2^32 in its shortest form. */
export function readUleb(source: BcsSource): number {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = source.bytes[take(source, 1)];
    value += (byte & 0x7f) * 2 ** shift;
    if (value > 0xffff_ffff) malformed(source, "a length has more than 32 bits");
    if (byte < 0x80) {
      if (byte === 0 && shift > 0) malformed(source, "a length is not in its shortest form");
      return value;
    }
  }
}
