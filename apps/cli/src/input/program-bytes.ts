import { existsSync, readFileSync, statSync } from "node:fs";
import { decodeHex } from "@dragoman/bytes";
import { FaultError, refuse } from "@dragoman/fault";
import type { Contract } from "../solidity/contract.ts";
import { readContract } from "../solidity/read-contract.ts";

const ELF = [0x7f, 0x45, 0x4c, 0x46];
const MOVE = [0xa1, 0x1c, 0xeb, 0x0b];
const BYTES_MAX = 16 << 20;

/** A program that a command line names. */
export interface ProgramFile {
  readonly bytes: Uint8Array;
  /** What a Solidity compiler said of it. */
  readonly contract?: Contract;
}

/**
 * The program that a command line names: the path of a file (an ELF, a Move module, hex text, a Solidity compiler's JSON, or raw bytecode) or
 * the program itself as hex. `contract` picks one of several in a file.
 *
 * Faults: `UNSUPPORTED_FILE`, `INVALID_COMMAND`, those of hex.
 */
export function programFile(source: string, contract?: string): ProgramFile {
  if (existsSync(source)) return readProgram(source, contract);
  if (contract !== undefined) {
    refuse(
      "INVALID_COMMAND",
      undefined,
      `--contract ${contract}: the program is no compiler's JSON`,
    );
  }
  const isHex = /^(0[xX])?[0-9a-fA-F]+$/.test(source) || /^0[xX]/.test(source);
  if (isHex) return { bytes: hexBytes(source, "the program") };
  refuse("UNSUPPORTED_FILE", undefined, `there is no file ${short(source)}, and it is no hex`);
}

/** Bytes of the option `--name`. Faults: `INVALID_COMMAND` naming it. */
export function hexBytes(text: string, name: string): Uint8Array {
  try {
    return decodeHex(text);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    refuse("INVALID_COMMAND", error.fault.at, `${name}: ${error.fault.message}`);
  }
}

function readProgram(path: string, wanted: string | undefined): ProgramFile {
  const bytes = readBytes(path);
  if (bytes.length === 0) refuse("UNSUPPORTED_FILE", 0, `${path} is empty`);
  const isBinary = startsWith(bytes, ELF) || startsWith(bytes, MOVE);
  const text = isBinary ? undefined : asciiText(bytes);
  const trimmed = text?.trim() ?? "";
  if (trimmed.startsWith("{")) {
    const contract = readContract(path, trimmed, wanted);
    return { bytes: contract.code, contract };
  }
  if (wanted !== undefined) {
    refuse("INVALID_COMMAND", undefined, `--contract ${wanted}: ${path} is no compiler's JSON`);
  }
  if (text === undefined) return { bytes };
  if (/^(0[xX])?[0-9a-fA-F\s]+$/.test(trimmed)) {
    return { bytes: hexBytes(trimmed.replace(/\s+/g, ""), path) };
  }
  refuse("UNSUPPORTED_FILE", undefined, `${path} is text, but neither hex nor a JSON artefact`);
}

function readBytes(path: string): Uint8Array {
  const status = statSync(path);
  if (!status.isFile()) refuse("UNSUPPORTED_FILE", undefined, `${path} is no file`);
  if (status.size > BYTES_MAX) {
    const context = { size: status.size, max: BYTES_MAX };
    refuse(
      "UNSUPPORTED_FILE",
      undefined,
      `${path} has ${status.size} bytes, over ${BYTES_MAX}`,
      context,
    );
  }
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    refuse("UNSUPPORTED_FILE", undefined, `${path} cannot be read (${(error as Error).message})`);
  }
}

const startsWith = (bytes: Uint8Array, magic: readonly number[]): boolean =>
  magic.every((byte, at) => bytes[at] === byte);

/** Text of bytes that are all printable ASCII or blanks; undefined for anything else. */
function asciiText(bytes: Uint8Array): string | undefined {
  const printable = bytes.every((byte) => (byte >= 32 && byte < 127) || (byte >= 9 && byte <= 13));
  return printable ? Buffer.from(bytes).toString("latin1") : utf8Json(bytes);
}

/** Artefacts may quote sources in any language: text that begins like a JSON object. */
function utf8Json(bytes: Uint8Array): string | undefined {
  const text = Buffer.from(bytes).toString("utf8");
  return text.trimStart().startsWith("{") && !text.includes("\ufffd") ? text : undefined;
}

const short = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}...` : text);
