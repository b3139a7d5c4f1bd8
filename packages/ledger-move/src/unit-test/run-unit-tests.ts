import { type MemoryState, OUTCOME } from "@dragoman/core";
import {
  type CompiledModule,
  decodeModule,
  failureSentence,
  MODULE_DOMAIN,
  type MoveFailure,
  MoveFault,
  moduleId,
  parseAddress,
  type TouchedResource,
  touchedResources,
} from "@dragoman/frontend-move";
import { abortInfo } from "../execution/abort-info.ts";
import { failureOf, MoveMachine, type MoveRun } from "../execution/move-machine.ts";
import { makeGenesis } from "../genesis.ts";
import { type ExpectedFailure, testName, type UnitTest } from "./unit-test.ts";

/** How a test ended. */
export interface UnitTestResult {
  /** `0xA::m::f`. */
  readonly name: string;
  readonly passed: boolean;
  /** Internal gas units. */
  readonly gasUsed: bigint;
  /** Why it is not passed; empty where it is. */
  readonly why: string;
  /** What it printed. */
  readonly printed: readonly string[];
  /** The resources that it had touched, of a test that is not passed. */
  readonly resources: readonly TouchedResource[];
}

export interface UnitTestOptions {
  /** Internal gas units that each test may use. */
  readonly gasLimit: bigint;
}

const CHAIN_ID = 4;
const ASCII = new TextEncoder();

/**
 * Runs tests, each on a fresh chain with the framework, its resources and the modules in it; nothing that one does is seen by another.
 *
 * @param modules files of the modules under test
 */
export function* runUnitTests(
  modules: readonly Uint8Array[],
  tests: readonly UnitTest[],
  { gasLimit }: UnitTestOptions,
): Generator<UnitTestResult> {
  const machine = new MoveMachine(CHAIN_ID);
  const { state } = makeGenesis(machine, { chainId: CHAIN_ID, timestamp: 0, accounts: [] });
  for (const file of modules) install(state, file, decodeModule(file));
  for (const test of tests) yield runTest(machine, state, test, gasLimit);
}

function install(state: MemoryState, file: Uint8Array, module: CompiledModule): void {
  const { address, name } = moduleId(module, module.self);
  state.write(MODULE_DOMAIN, address, ASCII.encode(name), file);
}

function runTest(
  machine: MoveMachine,
  state: MemoryState,
  test: UnitTest,
  gas: bigint,
): UnitTestResult {
  const printed: string[] = [];
  const name = testName(test);
  const none = { name, printed, resources: [], gasUsed: 0n, passed: false };
  let run: MoveRun;
  try {
    run = machine.run(machine.engine(state), {
      module: test.module,
      function: test.function,
      args: test.args,
      typeArguments: test.typeArguments,
      signers: test.signers.map(parseAddress),
      gas,
      anyVisibility: true,
      print: (text) => printed.push(text),
    });
  } catch (error) {
    if (!(error instanceof MoveFault)) throw error;
    return { ...none, why: `it cannot run: ${error.status}: ${error.sentence}` };
  }
  const { result, request } = run;
  const why = judge(run, test.expectedFailure);
  const resources = why === "" ? [] : touchedResources(request, machine.memory);
  return { name, printed, gasUsed: result.gasUsed, passed: why === "", why, resources };
}

/** Why the run is not what was expected; empty if it is. */
function judge(run: MoveRun, expected: ExpectedFailure | undefined): string {
  if (run.result.outcome === OUTCOME.OK) {
    return expected === undefined ? "" : `it succeeded; ${wanted(expected)} was expected`;
  }
  const failure = failureOf(run);
  const told = `it failed: ${failureSentence(failure)}${reason(failure)}`;
  if (expected === undefined) return told;
  const { abortCode, location, status, minorStatus } = expected;
  const matches =
    (abortCode === undefined || failure.abortCode === abortCode) &&
    (status === undefined || failure.status === status) &&
    (minorStatus === undefined || failure.sub === minorStatus) &&
    (location === undefined || failure.module === location);
  return matches ? "" : `${told}; ${wanted(expected)} was expected`;
}

/** The framework's own words for one of its codes. */
function reason({ module, abortCode }: MoveFailure): string {
  const info =
    module === undefined || abortCode === undefined ? undefined : abortInfo(module, abortCode);
  return info === undefined ? "" : ` (${info.name}: ${info.description})`;
}

function wanted({ abortCode, location, status, minorStatus }: ExpectedFailure): string {
  const parts = [
    abortCode === undefined ? (status ?? "a failure") : `an abort with code ${abortCode}`,
    minorStatus === undefined ? "" : `(${minorStatus})`,
    location === undefined ? "" : `in ${location}`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}
