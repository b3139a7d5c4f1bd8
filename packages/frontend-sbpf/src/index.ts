/** sBPF programs: loading, verification, lift, syscalls, accounts. */
export { buildGraph, type ProgramGraph } from "./analysis/program-graph.ts";
export type { Executable, LoadOptions } from "./elf/executable.ts";
export { functionNames } from "./elf/function-names.ts";
export { ELF_BYTES_MAX, loadElf } from "./elf/load.ts";
export { decodeText, encodeText, type Text } from "./isa/decode.ts";
export { ENTRYPOINT_HASH, murmur3, pcHash, symbolHash } from "./isa/murmur3.ts";
export { INSTRUCTIONS, type Instruction, type Mnemonic, SBPF_OPS } from "./isa/table.ts";
export { verifyText } from "./isa/verify.ts";
export type { SbpfVersion } from "./isa/version.ts";
export { SBPF_TRAP, SVM_OUTCOME } from "./lift/outcomes.ts";
export { MAINNET_NATIVES } from "./natives/mainnet.ts";
export { type NonceState, nonceOf, readNonce, writeNonce } from "./natives/nonce.ts";
export {
  loadProgram,
  type ProgramOptions,
  programOfExecutable,
  type SbpfProgram,
} from "./program.ts";
export {
  ACCOUNT_DOMAIN,
  accountCells,
  accountIndex,
  decodeAccount,
  encodeHead,
  findHead,
  HEAD,
  hasLamports,
  headLamports,
  readAccount,
  readData,
  readStateAccount,
  removeAccount,
  type SvmAccount,
  withLamports,
  writeAccount,
  writeData,
  writeHead,
} from "./runtime/accounts.ts";
export { ADDRESS } from "./runtime/addresses.ts";
export { executeInstruction, type SvmResult } from "./runtime/execute.ts";
export {
  FEATURE_ADDRESSES,
  type FeatureName,
  type FeatureSet,
  MAINNET_FEATURES,
} from "./runtime/features.ts";
export { argHigh, argLow, argNumber, hostAddress, numberAt } from "./runtime/guest-memory.ts";
export {
  INSTRUCTION_ERRORS,
  type InstructionErrorName,
  instructionErrorCode,
  type SvmFailure,
} from "./runtime/instruction-error.ts";
export {
  type AccountMeta,
  type FoundProgram,
  hasFeature,
  type InputPart,
  type InstructionAccount,
  type Invocation,
  invocationOf,
  logLine,
  type NativeCall,
  type NativeProgram,
  type RecordedCall,
  recordedCall,
  type SvmInstruction,
  type SvmTransaction,
} from "./runtime/invocation.ts";
export { invocationRequest, openInvocation, settle } from "./runtime/invoke.ts";
export { LOADER_HEADER, readLoaderState } from "./runtime/loader-state.ts";
export { LogLine } from "./runtime/log-line.ts";
export { hostProgram, nativeProgram } from "./runtime/native.ts";
export { createProgramAddress, findProgramAddress } from "./runtime/program-address.ts";
export { type LoadSbpfOptions, loadSbpf, SvmPrograms } from "./runtime/programs.ts";
export { exitRaw, type RawEnd, type RawRun, rawRequest, readRawEnd } from "./runtime/raw.ts";
export { rentExemption } from "./runtime/rent-exemption.ts";
export { readReturnData, recordedReturn, writeReturnData } from "./runtime/return-data.ts";
export { SYSVARS, type SysvarName } from "./runtime/sysvars.ts";
export { countInstruction, noteProcessed } from "./runtime/trace.ts";
export { answer, failAccess, failSyscall, failWith, pay } from "./syscalls/answer.ts";
export { BLAKE3_SYSCALL } from "./syscalls/hashing.ts";
export { MAINNET_SYSCALLS, syscallsOf } from "./syscalls/registry.ts";
export type { Syscall } from "./syscalls/syscall.ts";
export { type SbpfWarmUpOptions, warmUpSbpf } from "./warm-up/warm-up.ts";
