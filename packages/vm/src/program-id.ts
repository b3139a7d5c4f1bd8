import { decodeBase58, decodeHex, encodeBase58, encodeHex } from "@dragoman/bytes";
import { FaultError, refuse } from "@dragoman/fault";
import { VMS, type Vm } from "./portal/payload.ts";

/** Where an installed program lives. `name` is the Move module's; empty for the others. */
export interface ProgramAddress {
  readonly vm: Vm;
  readonly address: Uint8Array;
  readonly name: string;
}

/**
 * Text form of an address of a program: `evm:0x` and 40 hex digits, `svm:` and the base58 program id, `move:0x` and 64 hex
 * digits, `::` and the module.
 */
export function formatProgramId({ vm, address, name }: ProgramAddress): string {
  if (vm === "svm") return `svm:${encodeBase58(address)}`;
  return vm === "evm" ? `evm:${hex(address)}` : `move:${hex(address)}::${name}`;
}

/** Reads {@link formatProgramId}'s form; Move addresses may leave out leading zeros. Fault: INVALID_PROGRAM_ID. */
export function parseProgramId(id: string): ProgramAddress {
  const colon = id.indexOf(":");
  const vm = VMS.find((name) => name === id.slice(0, colon));
  const rest = id.slice(colon + 1);
  if (vm === undefined) {
    return refuse(
      "INVALID_PROGRAM_ID",
      0,
      `"${id.slice(0, 80)}" does not begin with evm:, svm: or move:`,
    );
  }
  const [place = "", name = ""] = vm === "move" ? splitOnce(rest, "::") : [rest];
  const address = readAddress(id, vm, place);
  if (vm === "move" && !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    refuse(
      "INVALID_PROGRAM_ID",
      undefined,
      `"${id.slice(0, 120)}" lacks a module name: move:0x1::vector`,
    );
  }
  return { vm, address, name };
}

function readAddress(id: string, vm: Vm, place: string): Uint8Array {
  try {
    const size = vm === "evm" ? 20 : 32;
    const bytes =
      vm === "svm" ? decodeBase58(place) : decodeHex(vm === "move" ? padded(place) : place);
    if (bytes.length === size) return bytes;
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
  }
  return refuse(
    "INVALID_PROGRAM_ID",
    undefined,
    `"${id.slice(0, 120)}" holds no address of its machine`,
  );
}

const hex = (bytes: Uint8Array): string => {
  const digits = encodeHex(bytes);
  return digits.startsWith("0x") ? digits : `0x${digits}`;
};

/** `0x1` -> `0x00…01`. */
function padded(place: string): string {
  return place.startsWith("0x") ? `0x${place.slice(2).padStart(64, "0")}` : place;
}

function splitOnce(text: string, by: string): [string, string] {
  const at = text.indexOf(by);
  return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + by.length)];
}
