import { refuse } from "@dragoman/fault";

export interface TarEntry {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const BLOCK = 512;

/**
 * Regular files of a tar archive (ustar, with GNU and pax long names).
 *
 * Faults: `UNSUPPORTED_FILE` when a header's checksum is wrong or the archive is cut.
 */
export function* tarEntries(path: string, archive: Uint8Array): Generator<TarEntry> {
  let longName: string | undefined;
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const header = archive.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) return;
    checkSum(path, header, at);
    const size = octal(header, 124, 12);
    const start = at + BLOCK;
    if (start + size > archive.length) refuse("UNSUPPORTED_FILE", at, `${path} is cut in an entry`);
    const bytes = archive.subarray(start, start + size);
    const kind = String.fromCharCode(header[156] ?? 0);
    if (kind === "L") longName = text(bytes, 0, bytes.length);
    else if (kind === "x") longName = paxPath(bytes) ?? longName;
    else {
      if (kind === "0" || kind === "\0") yield { name: longName ?? ustarName(header), bytes };
      longName = undefined;
    }
    at = start + Math.ceil(size / BLOCK) * BLOCK;
  }
}

function ustarName(header: Uint8Array): string {
  const isUstar = text(header, 257, 5) === "ustar";
  const prefix = isUstar ? text(header, 345, 155) : "";
  const name = text(header, 0, 100);
  return prefix === "" ? name : `${prefix}/${name}`;
}

function paxPath(bytes: Uint8Array): string | undefined {
  return /\d+ path=([^\n]*)\n/.exec(text(bytes, 0, bytes.length))?.[1];
}

function checkSum(path: string, header: Uint8Array, at: number): void {
  let sum = 0;
  for (const [index, byte] of header.entries()) sum += index >= 148 && index < 156 ? 32 : byte;
  if (sum !== octal(header, 148, 8)) {
    refuse("UNSUPPORTED_FILE", at, `${path} is no tar archive, or a damaged one`);
  }
}

const octal = (bytes: Uint8Array, at: number, length: number): number =>
  Number.parseInt(text(bytes, at, length).trim() || "0", 8);

function text(bytes: Uint8Array, at: number, length: number): string {
  const field = Buffer.from(bytes.subarray(at, at + length)).toString("utf8");
  const end = field.indexOf("\0");
  return end < 0 ? field : field.slice(0, end);
}
