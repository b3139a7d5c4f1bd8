import { BEGINNING, type Frame, type Observer } from "@dragoman/core";
import { decodeReturns, type Machine, type Message, type Receipt } from "@dragoman/vm";
import type { Command, Console } from "../command.ts";
import { SUBJECT_FORK_USAGE, SUBJECT_OPTIONS, withSubject } from "../input/subject.ts";
import { machineOn, TIERS } from "../machine.ts";
import { Options } from "../options.ts";

/** Loads and executes one program on an empty state, or a contract on the state behind a block of another chain. */
export const run: Command = {
  name: "run",
  usage:
    "<file|hex> --vm evm|sbpf|move [--input hex] [--fn name] [--args json] [--type-args json] [--accounts json] " +
    `[--sender address] [--value n] [--gas n] [--contract name] [--tier interpret|compile|auto] [--repeat n] [--trace] [--json] ${SUBJECT_FORK_USAGE}`,
  summary: "Runs one program; exits 0 if it ended well, 1 if it reverted or failed.",
  async run(args, console) {
    const forms = { tier: "text", repeat: "text", trace: "flag", json: "flag" } as const;
    const options = new Options(this, { ...SUBJECT_OPTIONS, ...forms }, args);
    const tier = options.choice("tier", TIERS) ?? "auto";
    const repeat = options.count("repeat", 1) ?? 1;
    return withSubject(options, console, ({ vm, program, message, state }) => {
      const observer = options.flag("trace") ? traceTo(console) : undefined;
      const machine = machineOn(state, tier, observer);
      const loadBegin = performance.now();
      machine.load(vm, program.bytes);
      const loadMs = performance.now() - loadBegin;
      const { receipt, execMs } = execute(machine, message, repeat);
      const result = report(machine, withReturns(message, receipt), loadMs, execMs);
      if (options.flag("json")) console.json(result);
      else describe(console, result);
      return receipt.ok ? 0 : 1;
    });
  },
};

/** Runs `repeat` times from the same state; the receipt is the last one, the time the shortest. */
function execute(machine: Machine, message: Message, repeat: number) {
  const { journal } = machine.engine;
  let execMs = Infinity;
  for (let left = repeat; ; left--) {
    const begin = performance.now();
    const receipt = machine.execute(message);
    execMs = Math.min(execMs, performance.now() - begin);
    if (left === 1) return { receipt, execMs };
    journal.revert(BEGINNING, false);
  }
}

/** Results of an EVM function whose signature says what it returns. */
function withReturns({ vm, fn }: Message, receipt: Receipt): Receipt {
  const hasTypes = vm === "evm" && fn !== undefined && receipt.ok;
  const returns = hasTypes ? decodeReturns(fn, receipt.output) : undefined;
  return returns === undefined ? receipt : { ...receipt, returns };
}

function report(machine: Machine, receipt: Receipt, loadMs: number, execMs: number) {
  const { outcomeName, output, gasUsed, failure, returns } = receipt;
  return {
    outcome: outcomeName,
    ok: receipt.ok,
    output,
    ...(returns === undefined ? {} : { returns }),
    gasUsed,
    logs: receipt.logs.map(({ vm, account, topics, data }) => {
      const text = printableText(data);
      return { vm, account, topics, data, ...(text === undefined ? {} : { text }) };
    }),
    stateDiff: machine.changes().map(({ domain, account, key, before, after }) => {
      return { domain, account, key, before: before ?? null, after: after ?? null };
    }),
    engine: receipt.tier,
    loadMs,
    execMs,
    ...(failure === undefined ? {} : { failure }),
  };
}

/** Log lines of Solana programs are text: people should not have to decode hex. */
function printableText(data: Uint8Array): string | undefined {
  const printable = data.length > 0 && data.every((byte) => byte >= 32 && byte < 127);
  return printable ? Buffer.from(data).toString("latin1") : undefined;
}

function describe(console: Console, result: ReturnType<typeof report>): void {
  console.json(result);
  const { outcome, gasUsed, engine, loadMs, execMs, failure } = result;
  const times = `loaded in ${loadMs.toFixed(2)} ms, ran in ${execMs.toFixed(3)} ms (${engine})`;
  console.note(`${outcome}, ${gasUsed} gas, ${times}`);
  if (failure !== undefined) console.note(`at ${failure.at}: ${failure.message}`);
}

/** Writes one line an instruction: depth of the call, machine, position in the program, gas left. */
function traceTo(console: Console): Observer {
  return (frame: Frame, position, gas) => {
    console.note(`${frame.depth} ${frame.program.vm} ${position} gas ${gas}`);
  };
}
