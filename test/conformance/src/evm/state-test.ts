import { encodeHex } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import { type ForkName, findFork } from "@dragoman/frontend-evm";
import { trieRoot } from "@dragoman/ledger-evm";
import type { ConformOptions, Tally } from "../report.ts";
import { executeCase } from "./execute-case.ts";
import { type StateCase, stateCases } from "./state-case.ts";
import { refusal } from "./validity.ts";

/** All cases of one state test: state root and hash of the logs, after a refused transaction the root of before. */
export function runStateTest(
  name: string,
  value: unknown,
  options: ConformOptions,
  tally: Tally,
): void {
  for (const stateCase of stateCases(name, value, options.fork)) {
    const fork = findFork(stateCase.fork);
    if (fork === undefined) tally.skip(stateCase.name, `fork ${stateCase.fork} is not known`);
    else tally.count(stateCase.name, failureOf(stateCase, fork, options));
  }
}

function failureOf(
  stateCase: StateCase,
  fork: ForkName,
  options: ConformOptions,
): string | undefined {
  const refused = refusal(fork, stateCase);
  if (stateCase.refused !== undefined) {
    if (refused === undefined) return `was accepted, wanted ${stateCase.refused}`;
    const root = encodeHex(trieRoot(stateCase.pre.trie));
    return root === stateCase.root ? undefined : `root ${root} of before, wanted ${stateCase.root}`;
  }
  if (refused !== undefined) return `was refused: ${refused}`;
  try {
    const { root, logs } = executeCase(stateCase, fork, options.tier);
    if (root !== stateCase.root) return `root ${root}, wanted ${stateCase.root}`;
    return logs === stateCase.logs ? undefined : `logs ${logs}, wanted ${stateCase.logs}`;
  } catch (error) {
    // One broken case must not hide the others; its message is the failure.
    return error instanceof FaultError ? `${error.fault}` : `threw ${(error as Error).message}`;
  }
}
