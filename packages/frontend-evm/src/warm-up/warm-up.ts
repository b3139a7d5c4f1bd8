import { decodeHex } from "@dragoman/bytes";
import { LinearMemory } from "@dragoman/core";
import { Evm } from "../evm/evm.ts";
import type { ForkName } from "../schedule/forks.ts";
import { TRAINING_CODE, TRAINING_SELECTORS } from "./training-code.ts";

export interface WarmUpOptions {
  /** How many contracts are run and compiled; default: 40. */
  readonly rounds?: number;
  /** Ends it after the contract that it is at. */
  readonly signal?: AbortSignal;
}

type TrainingFunction = keyof typeof TRAINING_SELECTORS;

const ROUNDS_DEFAULT = 40;
/** Calls of one round and their argument. */
const CALLS: readonly (readonly [TrainingFunction, number])[] = [
  ["sums", 20],
  ["signed", 20],
  ["transfers", 6],
  ["trades", 6],
  ["texts", 4],
  ["calls", 4],
  ["creations", 10],
];
/** Contracts run under these in turns: code that V8 has seen with one schedule only it compiles for that one, and drops at the next. */
const TRAINING_FORKS: readonly ForkName[] = ["osaka", "prague", "cancun"];
/** A run as long as this one is worth compiling. */
const LONG: readonly [TrainingFunction, number] = ["sums", 700];
/** Looks for the compiled code, a millisecond between two. */
const LOOKS_MAX = 100;
const GAS = 30_000_000n;

const CALLER = decodeHex("ca11".padStart(40, "0"));
const CONTRACT = decodeHex("c0de".padStart(40, "0"));
const OTHER = decodeHex("07e7".padStart(40, "0"));

let serial = 0;

/**
 * Runs and compiles contracts of no meaning until the platform has compiled the interpreter, the host functions and the translator, and the
 * thread that translates has started: a process that has done so needs milliseconds for the first call of a contract that would otherwise
 * take a tenth of a second. Takes about a second, most of it on that thread; the loop of events goes on meanwhile.
 */
export async function warmUp({ rounds, signal }: WarmUpOptions = {}): Promise<void> {
  const memory = new LinearMemory();
  for (let round = 0; round < (rounds ?? ROUNDS_DEFAULT); round++) {
    if (signal?.aborted) return;
    const call = openTraining(
      trainingCode(serial++),
      TRAINING_FORKS[round % TRAINING_FORKS.length]!,
      memory,
    );
    for (const [name, argument] of CALLS) call(name, argument);
    let looks = 0;
    while (call(...LONG) !== "compile" && looks++ < LOOKS_MAX && !signal?.aborted) {
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    for (const [name, argument] of CALLS) call(name, argument);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** Code of its own: a number behind it, which it never reads, makes it a program that nobody has seen. */
function trainingCode(number: number): Uint8Array {
  return decodeHex(`${TRAINING_CODE}${number.toString(16).padStart(8, "0")}`);
}

/** Calls functions of two contracts with that code on a state of their own; answers the tier that ran. */
function openTraining(
  code: Uint8Array,
  fork: ForkName,
  memory: LinearMemory,
): (name: TrainingFunction, argument: number) => "interpret" | "compile" {
  const evm = new Evm({ memory, fork });
  evm.putAccount(CONTRACT, { code, balance: 100n });
  evm.putAccount(OTHER, { code });
  return (name, argument) => {
    const word = argument.toString(16).padStart(64, "0");
    const first = name === "calls" ? "07e7".padStart(64, "0") : "";
    const data = decodeHex(`${TRAINING_SELECTORS[name]}${first}${word}`);
    return evm.runCall({ caller: CALLER, to: CONTRACT, data, gasLimit: GAS }).tier;
  };
}
