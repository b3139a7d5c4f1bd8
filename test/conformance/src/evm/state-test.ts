import { FaultError } from "@dragoman/fault";
import type { ConformOptions, Tally } from "../report.ts";
import { type StateCase, stateCases } from "./state-case.ts";
import { logsHash, stateRoot } from "./state-root.ts";
import { executeCase } from "./transaction.ts";
import { refusal, type TestedFork, testedFork } from "./validity.ts";

/** All cases of one state test: state root and hash of the logs, after a refused transaction the root of before. */
export async function runStateTest(
  name: string,
  value: unknown,
  options: ConformOptions,
  tally: Tally,
): Promise<void> {
  for (const stateCase of stateCases(name, value, options.fork)) {
    const fork = testedFork(stateCase.fork);
    if (fork === undefined) tally.skip(stateCase.name, `fork ${stateCase.fork} is not run`);
    else tally.count(stateCase.name, await failureOf(stateCase, fork, options));
  }
}

async function failureOf(
  stateCase: StateCase,
  fork: TestedFork,
  options: ConformOptions,
): Promise<string | undefined> {
  const refused = refusal(fork, stateCase);
  if (stateCase.refused !== undefined) {
    if (refused === undefined) return `was accepted, wanted ${stateCase.refused}`;
    const root = await stateRoot(stateCase.pre);
    return root === stateCase.root ? undefined : `root ${root} of before, wanted ${stateCase.root}`;
  }
  if (refused !== undefined) return `was refused: ${refused}`;
  try {
    const { accounts, logs } = executeCase(stateCase, fork, options.tier);
    const root = await stateRoot(accounts);
    if (root !== stateCase.root) return `root ${root}, wanted ${stateCase.root}`;
    const hash = logsHash(logs);
    return hash === stateCase.logs ? undefined : `logs ${hash}, wanted ${stateCase.logs}`;
  } catch (error) {
    // One broken case must not hide the others; its message is the failure.
    return error instanceof FaultError ? `${error.fault}` : `threw ${(error as Error).message}`;
  }
}
