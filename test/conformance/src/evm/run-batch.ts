import { refuse } from "@dragoman/fault";
import type { ForkName } from "@dragoman/frontend-evm";
import { type CaseFailure, type ConformOptions, Tally } from "../report.ts";
import { runAluVector } from "./alu256.ts";
import { runPrecompileVector } from "./precompile.ts";
import { runStateTest } from "./state-test.ts";
import { runTracerCase } from "./tracer.ts";

/** Some cases of one file; it can be sent to a worker. */
export interface CaseBatch {
  /** Base name of the file. */
  readonly file: string;
  readonly cases: readonly (readonly [name: string, value: Readonly<Record<string, unknown>>])[];
  readonly fork: ForkName | undefined;
  readonly tier: ConformOptions["tier"];
}

export interface BatchResult {
  readonly passed: number;
  readonly failures: readonly CaseFailure[];
  readonly skips: readonly (readonly [name: string, why: string])[];
}

/** Runs the cases of a batch. Fault: `MALFORMED_CASE`. */
export function runBatch({ file, cases, fork, tier }: CaseBatch): BatchResult {
  const skips: [string, string][] = [];
  const options = { tier, fork, onSkip: (name: string, why: string) => skips.push([name, why]) };
  const tally = new Tally(options);
  for (const [name, value] of cases) {
    if ("op" in value) runAluVector(name, value, fork, options, tally);
    else if ("Input" in value) runPrecompileVector(file, name, value, fork, options, tally);
    else if ("post" in value) runStateTest(name, value, options, tally);
    else if ("context" in value) runTracerCase(name, value, options, tally);
    else refuse("MALFORMED_CASE", undefined, `${name}: neither vector nor state test`);
  }
  const { passed, failures } = tally.report();
  return { passed, failures, skips };
}
