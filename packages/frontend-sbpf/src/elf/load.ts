import { refuse } from "@dragoman/fault";
import type { SbpfVersion } from "../isa/version.ts";
import type { Executable, LoadOptions } from "./executable.ts";
import { loadLenient } from "./load-lenient.ts";
import { loadStrict } from "./load-strict.ts";

/** Longest program: what an account can hold (10 MiB). */
export const ELF_BYTES_MAX = 10 << 20;

const DEFAULT_VERSIONS: readonly SbpfVersion[] = [0, 3];

/**
 * Loads an ELF by the rules of the version in its `e_flags`. The code is decoded and verified later.
 *
 * Faults: `ELF_SIZE_EXCEEDED`, `UNSUPPORTED_SBPF_VERSION` and those of the two loaders; `at` is a file offset.
 */
export function loadElf(bytes: Uint8Array, options: LoadOptions): Executable {
  if (bytes.length > ELF_BYTES_MAX) {
    refuse(
      "ELF_SIZE_EXCEEDED",
      ELF_BYTES_MAX,
      `${bytes.length} bytes are more than a program can have`,
    );
  }
  if (bytes.length < 52) {
    refuse("MALFORMED_ELF", bytes.length, `a file of ${bytes.length} bytes has no header`);
  }
  const flags = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(48, true);
  const version = (options.versions ?? DEFAULT_VERSIONS).find((candidate) => candidate === flags);
  if (version === undefined) {
    refuse("UNSUPPORTED_SBPF_VERSION", 48, `sBPF v${flags} is not supported`, { version: flags });
  }
  return version === 3 ? loadStrict(bytes, version) : loadLenient(bytes, version, options);
}
