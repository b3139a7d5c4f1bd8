/** The machine: load programs of any frontend, execute messages, tiers, portal. */
export type { Frontend, LoadedProgram } from "./frontend.ts";
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
export { convertGas, costOf, PORTAL_TICKS, TICKS_PER_GAS } from "./portal/rates.ts";
export { derivedSender } from "./portal/sender.ts";
export type { Receipt } from "./receipt.ts";
