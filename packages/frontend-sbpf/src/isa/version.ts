/** sBPF versions, by `e_flags` of the ELF. v4 is a placeholder upstream (SIMD-0177). */
export type SbpfVersion = 0 | 1 | 2 | 3;

/** Bytes of an instruction slot. */
export const SLOT_BYTES = 8;
/** Bytes of a frame of the guest's stack. */
export const STACK_FRAME_BYTES = 4096;
/** Calls that may be open, the entry function included. */
export const CALL_DEPTH_MAX = 64;

/** v0 leaves a hole of one frame behind every frame. */
export const hasStackGaps = (version: SbpfVersion): boolean => version === 0;
/** Syscalls are told from calls by the source register, targets are relative (SIMD-0178). */
export const hasStaticSyscalls = (version: SbpfVersion): boolean => version === 3;
/** Where the version's read-only data begin (SIMD-0189). */
export const rodataRegion = (version: SbpfVersion): 0 | 1 => (version === 3 ? 0 : 1);

/** Which field of callx names the register. */
export function callxRegister(version: SbpfVersion, dst: number, src: number, imm: number): number {
  if (version === 3) return dst;
  return version === 2 ? src : imm;
}
