import { Engine, type EngineOptions, LinearMemory, MemoryState } from "@dragoman/core";
import { expect, test } from "vitest";
import { writeAccount } from "../account/accounts.ts";
import { worldOf } from "../account/world.ts";
import { assemble } from "../asm/assemble.ts";
import { machineOf } from "../load.ts";
import { evmRequest } from "../message.ts";
import { OPCODE } from "../opcodes.ts";
import type { ForkName } from "../schedule/forks.ts";
import { CallTracer } from "./call-tracer.ts";
import { createTracer } from "./create-tracer.ts";
import { FrameTrace } from "./frame-trace.ts";
import { PrestateTracer } from "./prestate-tracer.ts";
import { runTraced } from "./run-traced.ts";
import type { Step } from "./step.ts";
import { priceOfStep } from "./step-price.ts";
import { StructLogger } from "./struct-logger.ts";
import type { Tracer } from "./tracer.ts";

const SENDER = new Uint8Array(20).fill(0x5e);
const TARGET = new Uint8Array(20).fill(0x7a);
const CALLEE = new Uint8Array(20).fill(0xca);
const NOBODY = new Uint8Array(20);
const CALLEE_HEX = `push20 0x${"ca".repeat(20)}`;
const memory = new LinearMemory();

interface Run {
  readonly code: string;
  readonly callee?: string;
  readonly gas?: bigint;
  readonly fork?: ForkName;
  readonly tier?: EngineOptions["tier"];
  /** True: instructions are watched, whether the tracer wants them or not. */
  readonly isStepped?: boolean;
}

/** Runs code at an account, which may call the callee, under a tracer. */
function traced<T extends Tracer>(tracer: T, options: Run): T {
  const { code, callee = "stop", gas = 1_000_000n, fork = "osaka", tier = "interpret" } = options;
  const run = (trace: FrameTrace): void => {
    const { observer } = trace;
    const engine = new Engine({ state: new MemoryState(), tier, memory, observer });
    const { journal } = engine;
    journal.beginTransaction();
    writeAccount(journal, SENDER, { balance: 10n ** 18n });
    writeAccount(journal, TARGET, { balance: 1000n, code: assemble(code) });
    writeAccount(journal, CALLEE, { nonce: 1n, code: assemble(callee) });
    const { schedule, precompileAddresses: precompiles } = machineOf({ fork });
    const fees = { gasLimit: gas, gasPrice: 0n, coinbase: NOBODY, authorities: [] };
    const place = { sender: SENDER, to: TARGET, nonce: 0n, precompiles };
    tracer.start?.({ ...place, ...fees, rules: schedule.rules, world: worldOf(journal) });
    const frame = { depth: 0, from: SENDER, to: TARGET, input: new Uint8Array(0), gas };
    trace.enter({ type: "CALL", ...frame, value: 0n });
    const request = evmRequest(journal, { from: SENDER, to: TARGET, gas, fork, trace });
    const { gasUsed, output } = engine.execute(request);
    const failure = trace.root === undefined ? undefined : trace.close(trace.root);
    trace.exit({ depth: 0, output, gasUsed, failure, isReverted: failure !== undefined });
    trace.end(gasUsed);
  };
  if (options.isStepped === true) run(new FrameTrace(tracer, true));
  else runTraced(tracer, run);
  return tracer;
}

const call = (op: string, gas: string, value = 0): string =>
  `push 0 push 0 push 0 push 0 ${op === "call" ? `push ${value}` : ""} ${CALLEE_HEX} ${gas} ${op} pop`;

const BRANCHY = `
  ${call("call", "push 60000", 1)} ${call("staticcall", "push 30000")} ${call("delegatecall", "push 60000")}
  push 0 push 0 push 0 push 0 push 1 push 2 push 60000 call pop
  push1 0x60 push 0 mstore8 push 5 push 1 push 0 push 2 create2 pop
  push 7 push 32 push 0 log1 stop`;

/** Writes if it may, loops a little, and fails where its caller's value is odd. */
const LOOPING = `
  push 100 again: push 1 swap1 sub dup1 push @again jumpi
  callvalue push @odd jumpi push 3 push 32 push 0 log1 push 32 push 0 return
  odd: invalid`;

test("the tree of calls is the same in every tier and with instructions watched", () => {
  const options = { code: BRANCHY, callee: LOOPING };
  const tree = () => new CallTracer({ withLog: true });
  const seen = traced(tree(), { ...options, isStepped: true }).result();
  for (const tier of ["interpret", "compile", "auto"] as const) {
    expect(traced(tree(), { ...options, tier }).result(), tier).toEqual(seen);
  }
  expect(seen.calls?.map(({ type, error }) => [type, error])).toEqual([
    ["CALL", "invalid opcode: INVALID"],
    ["STATICCALL", "write protection"],
    ["DELEGATECALL", undefined],
    ["CALL", undefined],
    ["CREATE2", undefined],
  ]);
});

test("a frame that compiled code gave up is told once", () => {
  // Twelve calls make the callee hot; with the value 1 its compiled code traps and is run again.
  const code = Array.from({ length: 12 }, () => call("call", "push 50000", 1)).join("\n");
  const { calls } = traced(new CallTracer(), { code, callee: LOOPING, tier: "compile" }).result();
  expect(calls?.map(({ error }) => error)).toEqual(Array(12).fill("invalid opcode: INVALID"));
});

// Words of go-ethereum, core/vm/errors.go and interpreter.go.
test.each([
  ["add", "stack underflow (0 <=> 2)"],
  ["push 1 swap2", "stack underflow (1 <=> 3)"],
  ["push 0 again: dup1 push @again jump", "stack limit reached 1024 (1023)"],
  ["push 1 jump", "invalid jump destination"],
  ["data 0x0c", "invalid opcode: opcode 0xc not defined"],
  ["invalid", "invalid opcode: INVALID"],
  ["push 1 push 0 push 0 returndatacopy", "return data out of bounds"],
  [`push32 0x${"ff".repeat(32)} mload`, "gas uint64 overflow"],
  ["push5 0xffffffffff mload", "out of gas: gas uint64 overflow"],
  ["push4 0xffffffff mload", "out of gas"],
  ["again: push @again jump", "out of gas"],
  ["push 0 push 0 revert", "execution reverted"],
])("%s fails in the words of geth", (callee, text) => {
  for (const tier of ["interpret", "compile"] as const) {
    const tracer = new CallTracer();
    traced(tracer, { code: call("call", "push 40000"), callee, tier });
    expect(tracer.result().calls?.[0]?.error).toBe(text);
  }
});

test("SSTORE with the stipend alone has words of its own (EIP-2200)", () => {
  const run = { code: call("call", "push 2306"), callee: "push 1 push 0 sstore" };
  const text = "out of gas: not enough gas for reentrancy sentry";
  expect(traced(new CallTracer(), run).result().calls?.[0]?.error).toBe(text);
});

test("calls that never begin have frames", () => {
  const tracer = traced(new CallTracer(), { code: call("call", "push 0", 5000) });
  const [only] = tracer.result().calls ?? [];
  expect(only).toMatchObject({
    error: "insufficient balance for transfer",
    gas: "0x8fc",
    gasUsed: "0x0",
  });
});

test("the first call alone is told if nothing else is wanted", () => {
  const run = { code: BRANCHY, callee: LOOPING };
  const tree = traced(new CallTracer({ onlyTopCall: true, withLog: true }), run).result();
  expect(tree.calls).toBeUndefined();
  expect(tree.logs).toHaveLength(1);
});

/** Compares the price of every instruction, told beforehand, with what the run charged. */
class PriceCheck implements Tracer {
  readonly wrong: string[] = [];
  readonly #told: ({ readonly op: number; readonly price: number } | undefined)[] = [];
  count = 0;

  step(step: Step): void {
    this.#told[step.depth] = { op: step.op, price: priceOfStep(step) };
  }

  priced(depth: number, cost: number, failure: string | undefined): void {
    const told = this.#told[depth];
    if (told === undefined || failure !== undefined) return;
    this.count++;
    if (told.price !== cost)
      this.wrong.push(`0x${told.op.toString(16)}: ${told.price}, not ${cost}`);
  }

  result(): unknown {
    return this.wrong;
  }
}

const PRICED = `
  push 7 push 1 sstore push 1 sload push 7 push 1 sstore push 0 push 1 sstore push 9 push 1 sstore pop
  push 2 sload pop push 2 sload pop
  push 0x1234 push 0x55 exp pop push 64 push 100 keccak256 pop
  ${CALLEE_HEX} balance pop ${CALLEE_HEX} extcodesize pop push20 0x${"0e".repeat(20)} extcodehash pop
  push 70 push 0 push 200 ${CALLEE_HEX} extcodecopy push 33 push 0 push 300 calldatacopy
  push 10 push 0 push 400 codecopy push 40 push 300 push 500 mcopy push 1 push 33 push 600 log1
  ${BRANCHY.replace("stop", "")}
  push 1 push 2 tstore push 2 tload pop
  push20 0x${"0d".repeat(20)} selfdestruct`;

test.each([
  "homestead",
  "tangerine",
  "byzantium",
  "istanbul",
  "berlin",
  "london",
  "cancun",
  "osaka",
] as const)("the price of an instruction is known before it runs (%s)", (fork) => {
  const { schedule } = machineOf({ fork });
  // Instructions of later forks end the run: they are left out.
  const isThere = (word: string) => {
    const op = OPCODE[word as keyof typeof OPCODE];
    return op === undefined || schedule.gas[op]! >= 0;
  };
  const lines = PRICED.split("\n").filter((line) => line.trim().split(/\s+/).every(isThere));
  const check = traced(new PriceCheck(), {
    code: lines.join("\n"),
    callee: LOOPING,
    fork,
    gas: 3_000_000n,
  });
  expect(check.wrong).toEqual([]);
  expect(check.count).toBeGreaterThan(50);
});

test("a step that cannot be paid has its price and its reason", () => {
  const logs = (gas: bigint, code: string) =>
    traced(new StructLogger(), { code, gas }).result().structLogs.at(-1);
  // Price of a cold slot (EIP-2929) and of a new one (EIP-2200).
  expect(logs(2000n, "push 1 sload")).toMatchObject({
    op: "SLOAD",
    gasCost: 2100,
    error: "out of gas",
  });
  const sstore = logs(20_000n, "push 1 push 1 sstore");
  expect(sstore).toMatchObject({ op: "SSTORE", gasCost: 22_100, error: "out of gas" });
  const call = logs(3000n, `push 0 push 0 push 0 push 0 push 1 ${CALLEE_HEX} push 9 call`);
  expect(call).toMatchObject({ op: "CALL", gasCost: 2600 + 9000, error: "out of gas" });
  expect(logs(100n, "add")).toMatchObject({ op: "ADD", error: "stack underflow (0 <=> 2)" });
});

test("a refund is counted with the instruction that earns it", () => {
  const code = "push 5 push 1 sstore push 0 push 1 sstore push 1 pop";
  const { structLogs } = traced(new StructLogger(), { code }).result();
  // Back to the original zero: 20,000 less 100 (EIP-2200, EIP-2929).
  expect(structLogs.filter(({ op }) => op === "SSTORE").map(({ refund }) => refund)).toEqual([
    undefined,
    19_900,
  ]);
});

test("a list of instructions that grows too long ends the run", () => {
  const run = { code: "again: push @again jump", gas: 100_000n };
  expect(() => traced(new StructLogger({ sizeMax: 10_000 }), run)).toThrow("more than 10000 bytes");
});

test("an account that a call could not pay for is not part of the state before", () => {
  const accounts = (gas: bigint) =>
    Object.keys(
      traced(new PrestateTracer({ includeEmpty: true }), {
        code: `${CALLEE_HEX} balance`,
        gas,
      }).result(),
    );
  expect(accounts(3000n)).toContain(`0x${"ca".repeat(20)}`);
  expect(accounts(2000n)).not.toContain(`0x${"ca".repeat(20)}`);
});

test("tracers are made by name, with options of the right form", () => {
  expect(() => createTracer("jsTracer")).toThrow("tracer not found: jsTracer");
  expect(() => createTracer("callTracer", { withLog: 1 })).toThrow(
    "withLog is neither true nor false",
  );
  expect(() => createTracer("callTracer", [])).toThrow("the options are no object");
  expect(() => createTracer("muxTracer", { nothing: {} })).toThrow("tracer not found: nothing");
  const ignored = { ignoredOpcodes: ["0x1ff"] };
  expect(() => createTracer("erc7562Tracer", ignored)).toThrow("no list of instructions");
});
