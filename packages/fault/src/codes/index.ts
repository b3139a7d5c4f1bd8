import { BRIDGE_FAULTS } from "./bridge.ts";
import { BYTES_FAULTS } from "./bytes.ts";
import { CLI_FAULTS } from "./cli.ts";
import { CORE_FAULTS } from "./core.ts";
import { EVM_FAULTS } from "./evm.ts";
import { FORK_FAULTS } from "./fork.ts";
import { GATEWAY_FAULTS } from "./gateway.ts";
import { LEDGER_FAULTS } from "./ledger.ts";
import { MARKET_FAULTS } from "./market.ts";
import { MOVE_FAULTS } from "./move.ts";
import { RPC_FAULTS } from "./rpc.ts";
import { SBPF_FAULTS } from "./sbpf.ts";
import { STORE_FAULTS } from "./store.ts";
import { VM_FAULTS } from "./vm.ts";

/**
 * The fault codes of all packages. A package has a thousand codes, numbered from 1 without gaps, so a new one goes to the
 * end of its file: codes are stored and compared by clients, and are never renumbered, renamed or used again.
 */
export const FAULT_RANGES = {
  bytes: { first: 1000, rows: BYTES_FAULTS },
  evm: { first: 2000, rows: EVM_FAULTS },
  sbpf: { first: 3000, rows: SBPF_FAULTS },
  move: { first: 4000, rows: MOVE_FAULTS },
  vm: { first: 5000, rows: VM_FAULTS },
  gateway: { first: 6000, rows: GATEWAY_FAULTS },
  cli: { first: 7000, rows: CLI_FAULTS },
  core: { first: 8000, rows: CORE_FAULTS },
  ledger: { first: 9000, rows: LEDGER_FAULTS },
  market: { first: 10000, rows: MARKET_FAULTS },
  bridge: { first: 11000, rows: BRIDGE_FAULTS },
  store: { first: 12000, rows: STORE_FAULTS },
  rpc: { first: 13000, rows: RPC_FAULTS },
  fork: { first: 14000, rows: FORK_FAULTS },
} as const;

export const FAULT_TABLE = [
  ...BYTES_FAULTS,
  ...EVM_FAULTS,
  ...SBPF_FAULTS,
  ...MOVE_FAULTS,
  ...VM_FAULTS,
  ...GATEWAY_FAULTS,
  ...CLI_FAULTS,
  ...CORE_FAULTS,
  ...LEDGER_FAULTS,
  ...MARKET_FAULTS,
  ...BRIDGE_FAULTS,
  ...STORE_FAULTS,
  ...RPC_FAULTS,
  ...FORK_FAULTS,
] as const;

export type FaultName = (typeof FAULT_TABLE)[number][1];
export type FaultCode = (typeof FAULT_TABLE)[number][0];
