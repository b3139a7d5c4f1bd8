import type { Observer } from "@dragoman/core";
import { FaultError, refuse } from "@dragoman/fault";
import {
  CallTracer,
  type CallView,
  createStructLogger,
  createTracer,
  type StructLogs,
  TRACER_NAMES,
} from "@dragoman/frontend-evm/trace";
import { describePosition, traceMessage } from "@dragoman/vm";
import type { Command, Console } from "../command.ts";
import {
  SUBJECT_FORK_USAGE,
  SUBJECT_OPTIONS,
  type Subject,
  withSubject,
} from "../input/subject.ts";
import { machineOn } from "../machine.ts";
import { Options } from "../options.ts";
import { callLines } from "../trace/call-lines.ts";
import { structLines } from "../trace/struct-lines.ts";

/** Runs a program and shows what it did: frame by frame, or instruction by instruction. */
export const trace: Command = {
  name: "trace",
  usage: `<file|hex> --vm evm|sbpf|move [options of run] [--steps] [--memory] [--tracer name] [--tracer-config json] [--json] ${SUBJECT_FORK_USAGE}`,
  summary:
    "Shows the calls of a run as a tree, its instructions, or what a tracer of geth says of it.",
  async run(args, console) {
    const forms = {
      steps: "flag",
      memory: "flag",
      tracer: "text",
      "tracer-config": "text",
      json: "flag",
    } as const;
    const options = new Options(this, { ...SUBJECT_OPTIONS, ...forms }, args);
    return withSubject(options, console, (subject) => {
      const { vm, program, message, state } = subject;
      if (vm !== "evm") return traceSteps(subject, console);
      const name = options.text("tracer");
      if (name !== undefined) return traceWith(name, options, subject, console);
      if (options.flag("steps")) return traceEvmSteps(options, subject, console);
      const tracer = new CallTracer({ withLog: true });
      const receipt = traceMessage(message, tracer, { state });
      const tree: CallView = tracer.result();
      if (options.flag("json")) console.json(tree);
      else for (const line of callLines(tree, program.contract?.abi ?? [])) console.text(line);
      return receipt.ok ? 0 : 1;
    });
  },
};

/** A tracer by the name that RPC knows it by; its answer is JSON. */
function traceWith(
  name: string,
  options: Options,
  { message, state }: Subject,
  console: Console,
): number {
  const config = options.json("tracer-config");
  const tracer = tracerOf(name, config);
  const receipt = traceMessage(message, tracer, { state });
  console.json(tracer.result());
  return receipt.ok ? 0 : 1;
}

function tracerOf(name: string, config: unknown): ReturnType<typeof createTracer> {
  if (name === "structLogs") return createStructLogger(config);
  try {
    return createTracer(name, config);
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.name !== "UNSUPPORTED_TRACER") throw error;
    const names = ["structLogs", ...TRACER_NAMES].join(", ");
    refuse("INVALID_COMMAND", undefined, `--tracer ${name} is none of ${names}`);
  }
}

function traceEvmSteps(options: Options, { message, state }: Subject, console: Console): number {
  const logger = createStructLogger({
    enableMemory: options.flag("memory"),
    enableReturnData: true,
  });
  const receipt = traceMessage(message, logger, { state });
  const logs: StructLogs = logger.result();
  if (options.flag("json")) console.json(logs);
  else for (const line of structLines(logs)) console.text(line);
  return receipt.ok ? 0 : 1;
}

/** Programs of the other machines: one line an instruction. */
function traceSteps({ message, state }: Subject, console: Console): number {
  const observer: Observer = (frame, position, gas) => {
    const { vm, fn, pc, op } = describePosition(frame.program, position);
    const where = fn === undefined ? String(pc) : `${fn}@${pc}`;
    console.text(
      `${"  ".repeat(frame.depth)}${vm} ${where.padStart(8)}  ${op.padEnd(24)} gas ${gas}`,
    );
  };
  const receipt = machineOn(state, "interpret", observer).execute(message);
  console.text(`${receipt.outcomeName}, ${receipt.gasUsed} gas`);
  return receipt.ok ? 0 : 1;
}
