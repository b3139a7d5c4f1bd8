import { FaultError } from "@dragoman/fault";
import { type Executable, loadElf, MAINNET_SYSCALLS, symbolHash } from "@dragoman/frontend-sbpf";
import { type PackFile, packFiles, records } from "../pack/pack-file.ts";
import { Message } from "./protobuf.ts";

/** Syscalls that a program may name beside those that this runtime provides; the loader asks for names only. */
const OTHER_SYSCALLS = [
  "sol_blake3",
  "sol_secp256k1_recover",
  "sol_curve_validate_point",
  "sol_curve_group_op",
  "sol_curve_multiscalar_mul",
  "sol_get_fees_sysvar",
  "sol_get_processed_sibling_instruction",
  "sol_alt_bn128_group_op",
  "sol_alt_bn128_compression",
  "sol_poseidon",
  "sol_big_mod_exp",
  "sol_remaining_compute_units",
  "sol_get_epoch_stake",
];

const HASHES = new Set(
  [...MAINNET_SYSCALLS.map(({ name }) => name), ...OTHER_SYSCALLS].map(symbolHash),
);

/** Runs one fixture of the ELF loader; undefined = as recorded, else what differs. */
export function checkElfLoader(fixture: Message): string | undefined {
  const input = fixture.message(2);
  const wanted = fixture.message(3);
  const executable = load(elfOf(input), input.number(4) !== 0);
  const loads = wanted.has(1) || wanted.has(2);
  if (executable === undefined) return loads ? "refused" : undefined;
  if (!loads) return "not refused";
  if (!same(executable.rodata, wanted.bytes(1))) return "read-only data differ";
  const facts = [
    ["instructions", Math.floor(executable.text.length / 8), wanted.number(4)],
    ["offset of the code", executable.textOffset, wanted.number(5)],
    ["entry", executable.entryPc, wanted.number(6)],
  ] as const;
  for (const [what, found, recorded] of facts) {
    if (found !== recorded) return `${what}: ${found} instead of ${recorded}`;
  }
  const functions = [...new Set(executable.functions.values())].sort((a, b) => a - b);
  const recorded = packedNumbers(wanted.bytes(7)).sort((a, b) => a - b);
  return String(functions) === String(recorded) ? undefined : "the functions differ";
}

function elfOf(input: Message): Uint8Array {
  const data = input.message(1).bytes(1);
  return data.subarray(0, input.has(3) ? input.number(3) : data.length);
}

/** The ELFs of the fixtures in packs of the loader. Faults: `UNSUPPORTED_FILE`, `MALFORMED_CASE`. */
export function elfsOfPacks(paths: readonly string[]): Uint8Array[] {
  const cases = (file: PackFile): Iterable<PackFile> =>
    file.name.endsWith(".rec") ? records(file) : [file];
  return [...packFiles(paths)]
    .flatMap((file) => [...cases(file)])
    .map(({ bytes }) => elfOf(new Message(bytes).message(2)));
}

/** Numbers of a packed field. */
function packedNumbers(bytes: Uint8Array): number[] {
  const numbers: number[] = [];
  for (let value = 0, scale = 1, at = 0; at < bytes.length; at++) {
    const byte = bytes[at] as number;
    value += (byte & 127) * scale;
    scale *= 128;
    if (byte >= 128) continue;
    numbers.push(value);
    value = 0;
    scale = 1;
  }
  return numbers;
}

function load(elf: Uint8Array, deploy: boolean): Executable | undefined {
  try {
    return loadElf(elf, { isSyscall: (hash) => HASHES.has(hash), deploy, versions: [0] });
  } catch (error) {
    if (error instanceof FaultError) return undefined;
    throw error;
  }
}

function same(a: Uint8Array, b: Uint8Array): boolean {
  return Buffer.compare(a, b) === 0;
}
