/** EVM bytecode to IR. */
export {
  type Account,
  readBalance,
  readCode,
  readNonce,
  readStorage,
  writeAccount,
} from "./account/accounts.ts";
export { DESTROYED_COUNTER, DOMAIN, MARK, REFUND_COUNTER } from "./account/domains.ts";
export { type World, worldOf } from "./account/world.ts";
export { findJumpdests } from "./decode/jumpdests.ts";
export type { CallResult } from "./evm/call-result.ts";
export { type CallOptions, type CodeOptions, Evm, type EvmOptions } from "./evm/evm.ts";
export { depositCode, isTaken } from "./host/create.ts";
export { create2Address, createAddress } from "./host/create-address.ts";
export { isDelegation } from "./host/delegation.ts";
export { DEFAULT_ENVIRONMENT, type Environment } from "./host/environment.ts";
export type { PrecompileCall } from "./host/precompile-call.ts";
export { findFunctions } from "./lift/find-functions.ts";
export { CODE_SIZE_MAX, type LoadOptions, loadEvm, machineOf } from "./load.ts";
export { creationRequest, type EvmMessage, evmRequest } from "./message.ts";
export { EVM_OPS, OP_ROWS, OPCODE, type OpName } from "./opcodes.ts";
export { EVM_OUTCOME, EVM_OUTCOME_NAMES } from "./outcome.ts";
export type {
  ComputedPrecompile,
  Precompile,
  PrecompileResult,
  ProgramPrecompile,
} from "./precompile/precompile.ts";
export { findPrecompile, type PrecompileTable } from "./precompile/table.ts";
export { EvmProgram } from "./program.ts";
export { FORK_NAMES, FORKS, type ForkName, findFork, forkIndex } from "./schedule/forks.ts";
export { PATCHES, type Patch, type Rules } from "./schedule/patches.ts";
export { NEWEST_FORK, type Schedule, scheduleOf } from "./schedule/schedule.ts";
export { type WarmUpOptions, warmUp } from "./warm-up/warm-up.ts";
