/** The machine: load programs of any frontend, execute messages, tiers, portal. */
export { type CreateMachineOptions, createMachine } from "./create-machine.ts";
export { describePosition, type PositionText } from "./describe-position.ts";
export { decodeReturns, encodeCall, explainRevert } from "./evm-abi.ts";
export type { Frontend, LoadedProgram } from "./frontend.ts";
export { EVM_PORTAL_ADDRESS } from "./frontends/evm.ts";
export { SVM_PORTAL_PROGRAM, SVM_PORTAL_SYSCALL } from "./frontends/svm.ts";
export { Machine, type MachineOptions } from "./machine.ts";
export { type AccountInput, GAS_DEFAULT, type Message } from "./message.ts";
export { outcomeName, PORTAL_OUTCOME } from "./outcome.ts";
export {
  decodePortalCall,
  encodePortalCall,
  type PortalAccount,
  type PortalCall,
  VMS,
  type Vm,
} from "./portal/payload.ts";
export { type Deliver, Portal, type PortalRequest } from "./portal/portal.ts";
export { MOVE_PORTAL_MODULE } from "./portal/portal-module.ts";
export { convertGas, costOf, PORTAL_TICKS, TICKS_PER_GAS } from "./portal/rates.ts";
export { derivedSender } from "./portal/sender.ts";
export { formatProgramId, type ProgramAddress, parseProgramId } from "./program-id.ts";
export type { Receipt } from "./receipt.ts";
export { traceMessage } from "./trace-message.ts";
