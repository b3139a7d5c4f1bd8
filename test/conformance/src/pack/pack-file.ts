import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { gunzipSync } from "node:zlib";
import { refuse } from "@dragoman/fault";
import { tarEntries } from "./tar.ts";

/** One file of a pack, decompressed and out of its archive. */
export interface PackFile {
  /** Path as given, inside an archive with the entry's name behind it. Ends without `.gz`. */
  readonly path: string;
  /** Base name without compression: `add.jsonl`, `ix_65_776e.fix`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

const ENDINGS = [".jsonl", ".json", ".fix", ".rec", ".mvir"];

/**
 * The files that `paths` name: files, folders (searched through, in the order of their names) and archives `.tar`,
 * `.tar.gz`, `.tgz`. Files of folders and archives with unknown endings are left.
 *
 * Faults: `UNSUPPORTED_FILE` for a path that does not exist, is no known kind of file, or is damaged.
 */
export function* packFiles(paths: readonly string[]): Generator<PackFile> {
  for (const path of paths) {
    let found = false;
    for (const file of filesOf(path, true)) {
      found = true;
      yield file;
    }
    if (!found) refuse("UNSUPPORTED_FILE", undefined, `${path} holds no conformance cases`);
  }
}

function* filesOf(path: string, named: boolean): Generator<PackFile> {
  if (isFolder(path)) {
    for (const name of readdirSync(path).sort()) yield* filesOf(join(path, name), false);
    return;
  }
  const plain = path.replace(/\.tgz$/, ".tar.gz").replace(/\.gz$/, "");
  if (plain.endsWith(".tar")) {
    for (const entry of tarEntries(path, readPlain(path))) {
      if (isKnown(entry.name)) {
        yield { path: `${path}:${entry.name}`, name: basename(entry.name), bytes: entry.bytes };
      }
    }
  } else if (isKnown(plain)) {
    yield { path: plain, name: basename(plain), bytes: readPlain(path) };
  } else if (named) {
    refuse(
      "UNSUPPORTED_FILE",
      undefined,
      `${path} is none of ${ENDINGS.join(" ")} .gz .tar .tar.gz`,
    );
  }
}

const isKnown = (name: string): boolean => ENDINGS.some((ending) => name.endsWith(ending));

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    refuse("UNSUPPORTED_FILE", undefined, `there is no file or folder ${path}`);
  }
}

/** Bytes of a file, decompressed when they are gzip. */
function readPlain(path: string): Uint8Array {
  try {
    const bytes = readFileSync(path);
    return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
  } catch (error) {
    refuse("UNSUPPORTED_FILE", undefined, `${path} cannot be read (${(error as Error).message})`);
  }
}

/**
 * The JSON values of a `.jsonl` file, one a line.
 *
 * Faults: `MALFORMED_CASE` naming the line.
 */
export function* jsonLines(file: PackFile): Generator<unknown> {
  const lines = Buffer.from(file.bytes).toString("utf8").split("\n");
  for (const [at, line] of lines.entries()) {
    if (line.trim() !== "") yield parseJson(line, `${file.path} line ${at + 1}`);
  }
}

/** The one JSON value of a file. Faults: `MALFORMED_CASE`. */
export const jsonValue = (file: PackFile): unknown =>
  parseJson(Buffer.from(file.bytes).toString("utf8"), file.path);

function parseJson(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    refuse("MALFORMED_CASE", undefined, `${where} is not JSON (${(error as Error).message})`);
  }
}

/**
 * Records `{u16le nameLength, u32le length, name, bytes}` of a `.rec` file.
 *
 * Faults: `MALFORMED_CASE` where the file ends inside a record.
 */
export function* records(file: PackFile): Generator<PackFile> {
  const { bytes } = file;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let at = 0;
  while (at < bytes.length) {
    const start = at + 6;
    const nameEnd = start <= bytes.length ? start + view.getUint16(at, true) : bytes.length + 1;
    const end = nameEnd <= bytes.length ? nameEnd + view.getUint32(at + 2, true) : nameEnd;
    if (end > bytes.length) refuse("MALFORMED_CASE", at, `${file.path} ends inside a record`);
    const name = Buffer.from(bytes.subarray(start, nameEnd)).toString("utf8");
    yield {
      path: `${file.path}:${name}`,
      name: basename(name),
      bytes: bytes.subarray(nameEnd, end),
    };
    at = end;
  }
}
