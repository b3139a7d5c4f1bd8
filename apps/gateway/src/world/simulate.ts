import { type Fault, FaultError, refuse } from "@dragoman/fault";
import type { SimulationModel, SimulationStep, StepModel } from "@dragoman/schema";
import { decodeReturns, type Machine, type Message, type Receipt } from "@dragoman/vm";
import { GAS_LIMIT_MAX } from "./limits.ts";
import { checkBalances, stepMessage } from "./step-message.ts";
import type { Tracer } from "./trace.ts";

/** Outcome of a step whose program or arguments were refused. */
const REFUSED = "REFUSED";
const NOTHING = new Uint8Array(0);

/**
 * Runs steps in order on the machine's journal, to the end or to the first that fails. `check` refuses messages whose program does not
 * exist. Bugs pass through.
 */
export function simulate(
  machine: Machine,
  steps: readonly SimulationStep[],
  check: (message: Message) => void,
  tracer: Tracer | undefined,
): SimulationModel {
  const done: StepModel[] = [];
  /** Parts of the gas that a simulation may use, 1 = all of it. */
  let spent = 0;
  const checkAll = (message: Message): void => {
    if (spent >= 1) refuse("GAS_EXCEEDED", undefined, "the earlier steps used too much gas");
    check(message);
  };
  for (const step of steps) {
    const { model, ok } = runStep(machine, step, checkAll, tracer);
    done.push(model);
    spent += Number(model.gasUsed) / Number(GAS_LIMIT_MAX[model.vm]);
    if (!ok) return { ok: false, steps: done, stateDiff: [] };
  }
  return { ok: true, steps: done, stateDiff: machine.changes() };
}

function runStep(
  machine: Machine,
  step: SimulationStep,
  check: (message: Message) => void,
  tracer: Tracer | undefined,
): { model: StepModel; ok: boolean } {
  let receipt: Receipt;
  try {
    const message = stepMessage(step);
    checkBalances(message.vm, message.accounts ?? []);
    check(message);
    receipt = machine.execute(message);
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return { model: refused(step, error.fault), ok: false };
  }
  return { model: finished(step, receipt, tracer?.take() ?? []), ok: receipt.ok };
}

function finished(step: SimulationStep, receipt: Receipt, trace: StepModel["trace"]): StepModel {
  const { vm, ok, outcomeName, output, gasUsed, logs, failure } = receipt;
  const isCall = ok && vm === "evm" && step.fn != null;
  const returns = isCall ? decodeReturns(step.fn as string, output) : receipt.returns;
  return {
    vm,
    outcome: outcomeName,
    output,
    returns,
    gasUsed,
    logs,
    fault: failure && {
      code: outcomeName,
      number: failure.code,
      message: failure.message,
      at: placeOf(receipt),
    },
    trace,
  };
}

/** Byte or instruction of the failure; on Move the instruction alone, the function being named in the message. */
function placeOf({ vm, failure }: Receipt): number | undefined {
  if (failure === undefined || failure.at < 0) return undefined;
  return vm === "move" ? failure.at & 0xffff : failure.at;
}

function refused({ vm }: SimulationStep, { name, code, message, at }: Fault): StepModel {
  return {
    vm,
    outcome: REFUSED,
    output: NOTHING,
    returns: undefined,
    gasUsed: 0n,
    logs: [],
    fault: { code: name, number: code, message, at },
    trace: [],
  };
}
