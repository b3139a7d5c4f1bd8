import type { SbpfVersion } from "../isa/version.ts";

/** What a loader makes of an ELF: the parts that a run needs. */
export interface Executable {
  readonly version: SbpfVersion;
  /** Bytes from offset 0 of the read-only region: region 1 in v0 to v2, code included; region 0 in v3. */
  readonly rodata: Uint8Array;
  /** The code, relocated. */
  readonly text: Uint8Array;
  /** Offset of the code in region 1. */
  readonly textOffset: number;
  /** Slot where the program begins. */
  readonly entryPc: number;
  /** Functions by hash of their slot, v0 to v2; empty in v3. */
  readonly functions: ReadonlyMap<number, number>;
}

export interface LoadOptions {
  /** Versions that may be loaded; default v0 and v3. */
  readonly versions?: readonly SbpfVersion[];
  /** True if `hash` is a syscall of the runtime. */
  readonly isSyscall: (hash: number) => boolean;
  /** The stricter rules of deployment (`reject_broken_elfs`); default false, as when a program runs. */
  readonly deploy?: boolean;
}
