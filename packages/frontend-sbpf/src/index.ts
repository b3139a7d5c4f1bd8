/** sBPF programs: loading, verification, lift, syscalls, accounts. */
export { buildGraph, type ProgramGraph } from "./analysis/program-graph.ts";
export type { Executable, LoadOptions } from "./elf/executable.ts";
export { ELF_BYTES_MAX, loadElf } from "./elf/load.ts";
export { decodeText, encodeText, type Text } from "./isa/decode.ts";
export { ENTRYPOINT_HASH, murmur3, pcHash, symbolHash } from "./isa/murmur3.ts";
export { INSTRUCTIONS, type Instruction, type Mnemonic, SBPF_OPS } from "./isa/table.ts";
export { verifyText } from "./isa/verify.ts";
export type { SbpfVersion } from "./isa/version.ts";
export { SBPF_TRAP, SVM_OUTCOME } from "./lift/outcomes.ts";
export {
  loadProgram,
  type ProgramOptions,
  programOfExecutable,
  type SbpfProgram,
} from "./program.ts";
export { exitRaw, type RawEnd, type RawRun, rawRequest, readRawEnd } from "./runtime/raw.ts";
export type { Syscall } from "./syscalls/syscall.ts";
