/** Faults (input that is refused) and bugs (what must not be). */
export { assert, Bug } from "./assert.ts";
export {
  FAULT_RANGES,
  FAULT_TABLE,
  type FaultCode,
  type FaultName,
} from "./codes/index.ts";
export type { FaultRow } from "./codes/row.ts";
export { Fault, type FaultContext, FaultError, fault, refuse } from "./fault.ts";
