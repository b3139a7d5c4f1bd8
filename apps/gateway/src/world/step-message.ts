import { refuse } from "@dragoman/fault";
import type { SimulationStep } from "@dragoman/schema";
import { type AccountInput, type Message, parseProgramId, type Vm } from "@dragoman/vm";
import { GAS_LIMIT_MAX } from "./limits.ts";

/** The message that a step asks for. Faults: INVALID_MESSAGE, INVALID_ARGUMENT, INVALID_PROGRAM_ID. */
export function stepMessage(step: SimulationStep): Message {
  const { vm } = step;
  const code = step.code ?? undefined;
  const program = step.program ?? undefined;
  const input = step.input ?? undefined;
  if ((code === undefined) === (program === undefined)) {
    const found = code === undefined ? "neither" : "both";
    refuse("INVALID_MESSAGE", undefined, `a step names \`code\` or \`program\`, not ${found}`);
  }
  if (program !== undefined && parseProgramId(program).vm !== vm) {
    refuse("INVALID_PROGRAM_ID", 0, `${program.slice(0, 80)} is no program of ${vm}`);
  }
  const args = readArguments(step);
  if (args !== undefined && input !== undefined) {
    refuse("INVALID_MESSAGE", undefined, "a step has `args` or `input`, not both");
  }
  return {
    vm,
    ...(code === undefined ? {} : { code }),
    ...(program === undefined ? {} : { program }),
    ...readFunction(step),
    ...(args === undefined ? {} : { args }),
    ...(input === undefined ? {} : { input }),
    ...readGas(step),
    ...(step.accounts == null ? {} : { accounts: step.accounts.map(readAccount) }),
  };
}

function readArguments({ vm, fn, args }: SimulationStep): readonly unknown[] | undefined {
  if (args === undefined || args === null) return undefined;
  if (!Array.isArray(args)) {
    refuse("INVALID_ARGUMENT", undefined, "`args` is a JSON array with one value per argument");
  }
  if (fn == null) {
    const instead = vm === "svm" ? "instruction data is given as `input`" : "`args` needs `fn`";
    refuse("INVALID_MESSAGE", undefined, instead);
  }
  return args;
}

const FUNCTION_LENGTH_MAX = 1024;

/** Function and type arguments: `value<u64, 0x1::m::T>` is `value` with two of them. */
function readFunction({ vm, fn }: SimulationStep): Pick<Message, "fn" | "typeArgs"> {
  if (fn === undefined || fn === null) return {};
  if (vm === "svm") {
    refuse("INVALID_MESSAGE", undefined, "a Solana program has one entry point and takes no `fn`");
  }
  if (fn.length > FUNCTION_LENGTH_MAX) {
    const why = `\`fn\` has at most ${FUNCTION_LENGTH_MAX} characters, not ${fn.length}`;
    refuse("INVALID_ARGUMENT", FUNCTION_LENGTH_MAX, why);
  }
  const open = vm === "move" ? fn.indexOf("<") : -1;
  if (open < 0) return { fn };
  if (!fn.endsWith(">")) refuse("INVALID_ARGUMENT", fn.length, "type arguments end with >");
  return { fn: fn.slice(0, open), typeArgs: splitTypes(fn.slice(open + 1, -1)) };
}

/** The parts between the commas that stand in no brackets. */
function splitTypes(text: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const character of text) {
    if (character === "<") depth++;
    if (character === ">") depth--;
    if (character === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
}

function readGas({ vm, gasLimit }: SimulationStep): Pick<Message, "gasLimit"> {
  if (gasLimit === undefined || gasLimit === null) return {};
  const max = GAS_LIMIT_MAX[vm];
  if (gasLimit < 0n || gasLimit > max) {
    const why = `a gas limit of ${vm} is 0 to ${max}, not ${gasLimit}`;
    refuse("VALUE_OUT_OF_RANGE", undefined, why, { max, gasLimit });
  }
  return { gasLimit };
}

const BALANCE_BITS: Record<Vm, number> = { evm: 256, svm: 64, move: 64 };

type StepAccount = NonNullable<SimulationStep["accounts"]>[number];

function readAccount(this: void, account: StepAccount): AccountInput {
  const { key, owner, balance, data, isSigner, isWritable, executable } = account;
  return {
    key,
    ...(owner == null ? {} : { owner }),
    ...(balance == null ? {} : { balance }),
    ...(data == null ? {} : { data }),
    ...(isSigner == null ? {} : { isSigner }),
    ...(isWritable == null ? {} : { isWritable }),
    ...(executable == null ? {} : { executable }),
  };
}

/** Refuses balances that the machine cannot hold. Fault: VALUE_OUT_OF_RANGE. */
export function checkBalances(vm: Vm, accounts: readonly AccountInput[]): void {
  for (const { balance } of accounts) {
    if (balance === undefined || BigInt.asUintN(BALANCE_BITS[vm], balance) === balance) continue;
    const why = `a balance on ${vm} has at most ${BALANCE_BITS[vm]} bits and no sign: ${balance}`;
    refuse("VALUE_OUT_OF_RANGE", undefined, why, { balance });
  }
}
