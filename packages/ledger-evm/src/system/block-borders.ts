import { concatBytes } from "@dragoman/bytes";
import type { Engine, LogEntry } from "@dragoman/core";
import { type Environment, type ForkName, scheduleOf } from "@dragoman/frontend-evm";
import { REQUEST_TYPE } from "./block-requests.ts";
import { callSystemContract } from "./call-system-contract.ts";
import { depositRequests } from "./deposit-requests.ts";
import {
  BEACON_ROOTS,
  BLOCK_HASHES,
  CONSOLIDATION_REQUESTS,
  WITHDRAWAL_REQUESTS,
} from "./system-contracts.ts";

/** What a block begins with. */
export interface BlockParents {
  readonly parentHash: Uint8Array;
  readonly parentBeaconRoot?: Uint8Array;
}

/** What the protocol does before the first transaction: it tells contracts the parents' hashes (EIP-4788, EIP-2935). */
export function openBlock(
  engine: Engine,
  { parentHash, parentBeaconRoot }: BlockParents,
  environment: Environment,
  fork: ForkName,
): void {
  const { rules } = scheduleOf(fork);
  if (rules.beaconRoot && parentBeaconRoot !== undefined) {
    callSystemContract(engine, BEACON_ROOTS, parentBeaconRoot, environment, fork);
  }
  if (rules.blockHashContract) {
    callSystemContract(engine, BLOCK_HASHES, parentHash, environment, fork);
  }
}

/** What the protocol does behind the last transaction: it collects requests, each its type and its data. */
export function closeBlock(
  engine: Engine,
  logs: Iterable<LogEntry>,
  environment: Environment,
  fork: ForkName,
): readonly Uint8Array[] {
  if (!scheduleOf(fork).rules.requests) return [];
  const asked = (contract: typeof WITHDRAWAL_REQUESTS): Uint8Array =>
    callSystemContract(engine, contract, NOTHING, environment, fork);
  const typed = (type: number, data: Uint8Array) => concatBytes(Uint8Array.of(type), data);
  const requests = [
    typed(REQUEST_TYPE.DEPOSIT, depositRequests(logs)),
    typed(REQUEST_TYPE.WITHDRAWAL, asked(WITHDRAWAL_REQUESTS)),
    typed(REQUEST_TYPE.CONSOLIDATION, asked(CONSOLIDATION_REQUESTS)),
  ];
  return requests.filter(({ length }) => length > 1);
}

const NOTHING = new Uint8Array(0);
