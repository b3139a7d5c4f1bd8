import { decodeHex } from "@dragoman/bytes";
import { FaultError, refuse } from "@dragoman/fault";
import type { Json } from "./json-members.ts";
import type { SourceTable } from "./source-table.ts";

/** A contract as a compiler's output describes it. */
export interface Contract {
  /** File that was read. */
  readonly path: string;
  /** Empty if the file does not name it. */
  readonly name: string;
  /** Runtime bytecode. */
  readonly code: Uint8Array;
  /** The JSON ABI; empty if there is none. */
  readonly abi: readonly Json[];
  /** solc's compressed map of instructions to sources. */
  readonly sourceMap: string | undefined;
  readonly sources: SourceTable;
}

/** Runtime bytecode in hex and where its libraries go. */
export interface Bytecode {
  readonly hex: string;
  /** `{file: {library: [{start, length}]}}`, positions in bytes. */
  readonly links: Json;
}

/** Runtime bytecode as bytes. Faults: `UNSUPPORTED_FILE` naming file, contract, and the library that is not linked. */
export function linkedCode(path: string, name: string, { hex, links }: Bytecode): Uint8Array {
  const where = name === "" ? path : `${path}: ${name}`;
  const digits = hex.replace(/^0x/, "");
  const placeholder = /__.{38}/.exec(digits);
  if (placeholder !== null) {
    const at = placeholder.index / 2;
    const library = libraryAt(links, at);
    const named = library === undefined ? "a library" : `the library ${library}`;
    const text = `${where}: ${named} is not linked: ${placeholder[0]} at byte ${at} of the bytecode`;
    refuse("UNSUPPORTED_FILE", at, text);
  }
  try {
    const bytes = decodeHex(digits);
    if (bytes.length > 0) return bytes;
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    refuse("UNSUPPORTED_FILE", error.fault.at, `${where}: bytecode: ${error.fault.message}`);
  }
  refuse("UNSUPPORTED_FILE", undefined, `${where} has no code: an interface or abstract contract`);
}

/** File and name of the library whose address goes to a byte of the code. */
function libraryAt(links: Json, at: number): string | undefined {
  for (const [file, libraries] of Object.entries(links)) {
    for (const [library, places] of Object.entries(libraries as Json)) {
      const isHere = (places as Json[]).some(({ start }) => start === at);
      if (isHere) return `${file}:${library}`;
    }
  }
  return undefined;
}
