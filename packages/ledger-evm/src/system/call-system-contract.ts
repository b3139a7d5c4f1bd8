import { type Engine, isOk } from "@dragoman/core";
import { type Environment, evmRequest, type ForkName, readCode } from "@dragoman/frontend-evm";
import type { SystemContract } from "./system-contracts.ts";

/** The caller that contracts know the protocol by: 0xff…fe. */
const SYSTEM_ADDRESS = new Uint8Array(20).fill(0xff);
SYSTEM_ADDRESS[19] = 0xfe;

/** Gas of a system call; it counts for no block and nobody pays it. */
const SYSTEM_GAS = 30_000_000n;

/**
 * Calls a contract as the protocol does at the borders of blocks (EIP-4788, 2935, 7002, 7251). Returns its output; nothing if there is no such
 * contract or it failed, as after a developer's decree.
 */
export function callSystemContract(
  engine: Engine,
  { address }: SystemContract,
  input: Uint8Array,
  environment: Environment,
  fork: ForkName,
): Uint8Array {
  const { journal } = engine;
  journal.beginTransaction();
  if (readCode(journal, address).length === 0) return NOTHING;
  const message = { from: SYSTEM_ADDRESS, to: address, input, gas: SYSTEM_GAS, environment, fork };
  const { outcome, output } = engine.execute(evmRequest(journal, message));
  return isOk(outcome) ? output : NOTHING;
}

const NOTHING = new Uint8Array(0);
