import { isTrap, Journal, MemoryState, type StateReader } from "@dragoman/core";
import { machineOf, readNonce, scheduleOf, worldOf, writeAccount } from "@dragoman/frontend-evm";
import { type FrameTrace, runTraced, type Tracer } from "@dragoman/frontend-evm/trace";
import { type CreateMachineOptions, createMachine } from "./create-machine.ts";
import { evmInput, evmTarget } from "./frontends/evm.ts";
import type { Machine } from "./machine.ts";
import { GAS_DEFAULT, type Message } from "./message.ts";
import type { Receipt } from "./receipt.ts";

const NOBODY = new Uint8Array(20);

/**
 * Executes an EVM message on a machine of its own under a tracer, as if it were a transaction whose call is all that it pays for, on a state (default: an
 * empty one) with the accounts that it brings. Faults as those of `Machine.execute`, and those of the state's reads.
 */
export function traceMessage(
  message: Message,
  tracer: Tracer,
  { tier = "auto", state: below }: Pick<CreateMachineOptions, "tier" | "state"> = {},
): Receipt {
  const state = stateOf(message, below);
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

/** The accounts of a message on a state: what the tracer takes for the time before. */
function stateOf({ accounts = [] }: Message, below: StateReader = new MemoryState()): StateReader {
  const journal = new Journal(below);
  for (const { key, balance } of accounts) {
    if (key.length === 20 && balance !== undefined) writeAccount(journal, key, { balance });
  }
  const brought = new MemoryState();
  brought.apply(journal.changes());
  return {
    read: (domain, account, key) =>
      brought.read(domain, account, key) ?? below.read(domain, account, key),
  };
}

function begin(machine: Machine, message: Message, trace: FrameTrace): void {
  const [to, gas] = [evmTarget(message), message.gasLimit ?? GAS_DEFAULT.evm];
  const { schedule, precompileAddresses: precompiles } = machineOf();
  const { rules } = scheduleOf(schedule.fork);
  const world = worldOf(machine.engine.journal);
  const sender = message.sender ?? NOBODY;
  const { coinbase = NOBODY } = message.environment ?? {};
  const fees = { gasLimit: gas, gasPrice: 0n, coinbase };
  trace.tracer.start?.({
    sender,
    to,
    nonce: readNonce(machine.engine.journal, sender),
    ...fees,
    authorities: [],
    precompiles,
    rules,
    world,
  });
  const frame = { depth: 0, from: sender, to, input: evmInput(message), gas };
  trace.enter({ type: "CALL", ...frame, value: message.value ?? 0n });
}
