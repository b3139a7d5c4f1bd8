import { isTrap, Journal, MemoryState } from "@dragoman/core";
import { machineOf, scheduleOf, worldOf, writeAccount } from "@dragoman/frontend-evm";
import { type FrameTrace, runTraced, type Tracer } from "@dragoman/frontend-evm/trace";
import { type CreateMachineOptions, createMachine } from "./create-machine.ts";
import { evmInput, evmTarget } from "./frontends/evm.ts";
import type { Machine } from "./machine.ts";
import { GAS_DEFAULT, type Message } from "./message.ts";
import type { Receipt } from "./receipt.ts";

const NOBODY = new Uint8Array(20);

/**
 * Executes an EVM message on a machine of its own under a tracer, as if it were a transaction whose call is all that it pays for, on a state with
 * nothing but the accounts that it brings. Faults as those of `Machine.execute`.
 */
export function traceMessage(
  message: Message,
  tracer: Tracer,
  tier: CreateMachineOptions["tier"] = "auto",
): Receipt {
  const state = stateOf(message);
  return runTraced(tracer, (trace) => {
    const { observer } = trace;
    const machine = createMachine({ state, tier, ...(observer === undefined ? {} : { observer }) });
    begin(machine, message, trace);
    const receipt = machine.execute({ ...message, trace });
    const failure = trace.root === undefined ? undefined : trace.close(trace.root);
    const { gasUsed, ok } = receipt;
    const output = isTrap(receipt.outcome) ? new Uint8Array(0) : receipt.output;
    trace.exit({ depth: 0, output, gasUsed, failure, isReverted: !ok });
    trace.end(gasUsed);
    return receipt;
  });
}

/** The accounts of a message as a state: what the tracer takes for the time before. */
function stateOf({ accounts = [] }: Message): MemoryState {
  const state = new MemoryState();
  const journal = new Journal(state);
  for (const { key, balance } of accounts) {
    if (key.length === 20 && balance !== undefined) writeAccount(journal, key, { balance });
  }
  state.apply(journal.changes());
  return state;
}

function begin(machine: Machine, message: Message, trace: FrameTrace): void {
  const [to, gas] = [evmTarget(message), message.gasLimit ?? GAS_DEFAULT.evm];
  const { schedule, precompileAddresses: precompiles } = machineOf();
  const { rules } = scheduleOf(schedule.fork);
  const world = worldOf(machine.engine.journal);
  const sender = message.sender ?? NOBODY;
  const fees = { gasLimit: gas, gasPrice: 0n, coinbase: NOBODY };
  trace.tracer.start?.({
    sender,
    to,
    nonce: 0n,
    ...fees,
    authorities: [],
    precompiles,
    rules,
    world,
  });
  const frame = { depth: 0, from: sender, to, input: evmInput(message), gas };
  trace.enter({ type: "CALL", ...frame, value: message.value ?? 0n });
}
