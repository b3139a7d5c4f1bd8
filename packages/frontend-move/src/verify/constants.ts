import { MoveFault } from "../format/move-fault.ts";
import { integerBits, type SignatureToken } from "../format/signature-token.ts";
import type { CompiledFile } from "./function-view.ts";

/** Constants are of plain types (numbers, bool, address, vectors of such), and their BCS is sound. */
export function verifyConstants(file: CompiledFile): void {
  file.constants.forEach(({ type, data }, index) => {
    const place = { table: "constants", index };
    if (!isConstantType(type)) {
      throw new MoveFault("INVALID_CONSTANT_TYPE", place, "no constant has this type");
    }
    if (skipValue(type, data, 0) !== data.length) {
      throw new MoveFault("MALFORMED_CONSTANT_DATA", place, "the bytes are no value of the type");
    }
  });
}

function isConstantType(token: SignatureToken): boolean {
  if (token.tag === "vector") return isConstantType(token.inner);
  return token.tag === "bool" || token.tag === "address" || integerBits(token.tag) !== 0;
}

/** The offset behind the value at `offset`, or -1 where there is none. */
function skipValue(type: SignatureToken, data: Uint8Array, offset: number): number {
  if (type.tag === "bool") return data[offset] < 2 ? offset + 1 : -1;
  if (type.tag !== "vector") {
    const size = type.tag === "address" ? 32 : integerBits(type.tag) / 8;
    return offset + size <= data.length ? offset + size : -1;
  }
  let count = 0;
  let next = offset;
  for (let shift = 0; ; shift += 7) {
    if (next >= data.length || shift > 28) return -1;
    const byte = data[next++];
    count += (byte & 127) * 2 ** shift;
    if (byte < 128) {
      if (byte === 0 && shift > 0) return -1;
      break;
    }
  }
  // An element takes a byte at least, so a count beyond the bytes ends here at once.
  if (count > data.length - next) return -1;
  for (let i = 0; i < count && next >= 0; i++) next = skipValue(type.inner, data, next);
  return next;
}
