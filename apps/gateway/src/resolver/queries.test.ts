import { encodeHex } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import { assemble } from "@dragoman/frontend-evm/asm";
import { encodeModule } from "@dragoman/frontend-move";
import { assembleModule } from "@dragoman/frontend-move/asm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type GatewayClient, openGateway } from "../testing/gateway-client.ts";

let gateway: GatewayClient;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());

/** Adds 1 to slot 0 and returns the sum. */
const COUNTER = assemble(
  "PUSH1 0 SLOAD PUSH1 1 ADD DUP1 PUSH1 0 SSTORE PUSH1 0 MSTORE PUSH1 32 PUSH1 0 RETURN",
);
const COUNTER_HEX = encodeHex(COUNTER);

const SIMULATE = `query ($steps: [SimulationStep!]!) {
  simulate(steps: $steps) {
    ok
    steps { vm outcome output gasUsed logs fault { code message at } }
    stateDiff { domain account key before after }
  }
}`;

interface Simulated {
  readonly simulate: {
    readonly ok: boolean;
    readonly steps: readonly {
      readonly vm: string;
      readonly outcome: string;
      readonly output: string;
      readonly gasUsed: string;
      readonly logs: readonly string[];
      readonly fault: { code: string; message: string; at: number | null } | null;
    }[];
    readonly stateDiff: readonly { domain: string; key: string; before: string; after: string }[];
  };
}

async function simulate(...steps: Record<string, unknown>[]): Promise<Simulated["simulate"]> {
  const { data, errors } = await gateway.query<Simulated>(SIMULATE, { steps });
  expect(errors).toBeUndefined();
  return data!.simulate;
}

async function deploy(vm: string, code: Uint8Array, more = ""): Promise<Record<string, unknown>> {
  const text = `mutation ($code: Bytes!) {
    deploy(vm: ${vm}, code: $code${more}) { id vm name codeHash size code listing ir }
  }`;
  const { data, errors } = await gateway.query(text, { code: encodeHex(code) });
  expect(errors).toBeUndefined();
  return data!.deploy as Record<string, unknown>;
}

const word = (value: number): string => `0x${value.toString(16).padStart(64, "0")}`;

test("the three machines are listed with their units of gas", async () => {
  const { data } = await gateway.query(
    "{ machines { id vm gasUnit gasLimitDefault gasLimitMax } }",
  );
  expect(data).toEqual({
    machines: [
      ["evm", "EVM", "gas", "30000000", "60000000"],
      ["svm", "SVM", "compute units", "1400000", "2800000"],
      ["move", "MOVE", "internal gas units", "9000000000", "18000000000"],
    ].map(([id, vm, gasUnit, gasLimitDefault, gasLimitMax]) => {
      return { id, vm, gasUnit, gasLimitDefault, gasLimitMax };
    }),
  });
});

test("a deployed program is found by its identifier with listing, IR and code hash", async () => {
  const deployed = await deploy("EVM", COUNTER, `, at: "0x${"c0".repeat(20)}"`);
  expect(deployed).toMatchObject({
    id: `evm:0x${"c0".repeat(20)}`,
    vm: "EVM",
    name: null,
    codeHash: encodeHex(keccak256(COUNTER)),
    size: COUNTER.length,
    code: COUNTER_HEX,
  });
  expect(deployed.listing).toContain("sload");
  expect(deployed.ir).toContain("function");
  const { data } = await gateway.query(
    `{ program(id: "evm:0x${"C0".repeat(20)}") { id listing(from: 1, lines: 2) listingLineCount } }`,
  );
  const lines = (deployed.listing as string).split("\n");
  expect(data!.program).toEqual({
    id: deployed.id,
    listing: lines.slice(1, 3).join("\n"),
    listingLineCount: lines.length,
  });
});

test("creation code is run and what it returns is installed", async () => {
  const creation = assemble("PUSH5 0x60016000f3 PUSH1 0 MSTORE PUSH1 5 PUSH1 27 RETURN");
  const deployed = await deploy("EVM", creation, ", construct: true");
  expect(deployed.code).toBe("0x60016000f3");
});

test("programs of a chain are listed in pages", async () => {
  await deploy("EVM", assemble("PUSH1 1 STOP"));
  const text = `query ($after: ID) { machines { id programs(first: 1, after: $after) { id } } }`;
  const all = await gateway.query<Chains>("{ machines { id programs { id } } }");
  const expected = all.data!.machines[0]!.programs;
  const first = await gateway.query<Chains>(text);
  expect(first.data!.machines[0]!.programs).toEqual(expected.slice(0, 1));
  const next = await gateway.query<Chains>(text, { after: expected[0]!.id });
  expect(next.data!.machines[0]!.programs).toEqual(expected.slice(1, 2));
});

interface Chains {
  readonly machines: readonly { readonly id: string; readonly programs: { id: string }[] }[];
}

test("steps run in order on one journal", async () => {
  const at = `0x${"c1".repeat(20)}`;
  const { id } = await deploy("EVM", COUNTER, `, at: "${at}"`);
  const step = { vm: "EVM", program: id };
  const { ok, steps, stateDiff } = await simulate(step, step, step);
  expect(ok).toBe(true);
  expect(steps.map(({ output }) => output)).toEqual([word(1), word(2), word(3)]);
  expect(stateDiff.filter(({ domain }) => domain === "evm.storage")).toEqual([
    { domain: "evm.storage", account: at, key: word(0), before: null, after: word(3) },
  ]);
});

test("nothing of a simulation persists", async () => {
  const { id } = await deploy("EVM", COUNTER, `, at: "0x${"c2".repeat(20)}"`);
  const once = async () => (await simulate({ vm: "EVM", program: id })).steps[0]!.output;
  expect(await once()).toBe(word(1));
  expect(await once()).toBe(word(1));
});

test("a step that fails undoes the others and stops the later ones", async () => {
  const { id } = await deploy("EVM", COUNTER, `, at: "0x${"c3".repeat(20)}"`);
  const failing = { vm: "EVM", code: encodeHex(assemble("PUSH1 3 JUMP STOP")) };
  const result = await simulate({ vm: "EVM", program: id }, failing, { vm: "EVM", program: id });
  expect(result.ok).toBe(false);
  expect(result.steps.map(({ outcome }) => outcome)).toEqual(["OK", "INVALID_JUMP"]);
  expect(result.steps[1]!.fault).toEqual({
    code: "INVALID_JUMP",
    message: "the jump's destination is no JUMPDEST",
    at: 2,
  });
  expect(result.stateDiff).toEqual([]);
});

test("logs are text lines, and events take them apart", async () => {
  const code = encodeHex(assemble("PUSH1 0x2a PUSH1 0 MSTORE PUSH1 7 PUSH1 32 PUSH1 0 LOG1 STOP"));
  const { data } = await gateway.query<{ simulate: { steps: Record<string, unknown>[] } }>(
    `{ simulate(steps: [{ vm: EVM, code: "${code}" }]) {
      steps { logs events { vm account topics data text } } } }`,
  );
  const account = encodeHex(
    keccak256(assemble(`${"PUSH1 0x2a PUSH1 0 MSTORE PUSH1 7 PUSH1 32 PUSH1 0 LOG1 STOP"}`)).slice(
      12,
    ),
  );
  expect(data!.simulate.steps[0]).toEqual({
    logs: [`evm ${account} ${word(7)} ${word(42)}`],
    events: [{ vm: "EVM", account, topics: [word(7)], data: word(42), text: null }],
  });
});

test("results of a contract whose signature names them are JSON", async () => {
  const code = encodeHex(assemble("PUSH1 4 CALLDATALOAD PUSH1 0 MSTORE PUSH1 32 PUSH1 0 RETURN"));
  const { data } = await gateway.query<{ simulate: { steps: Record<string, unknown>[] } }>(
    `{ simulate(steps: [
      { vm: EVM, code: "${code}", fn: "same(uint256) returns (uint256)", args: ["0x2a"] }
      { vm: EVM, code: "${code}", fn: "same(int8)", args: [-1] }
    ]) { steps { returns output } } }`,
  );
  expect(data!.simulate.steps).toEqual([
    { returns: ["42"], output: word(42) },
    { returns: null, output: `0x${"ff".repeat(32)}` },
  ]);
});

test("a trace lists depth, machine, position, mnemonic and gas", async () => {
  const { data } = await gateway.query<{ simulate: { steps: Record<string, unknown>[] } }>(
    `fragment F on Step { trace(limit: 3) }
     { simulate(steps: [{ vm: EVM, gasLimit: 100, code: "${encodeHex(assemble("PUSH1 1 PUSH1 2 ADD STOP"))}" }]) {
       steps { ...F } } }`,
  );
  expect(data!.simulate.steps[0]!.trace).toEqual([
    { depth: 0, vm: "evm", pc: 0, op: "PUSH1", gas: 100 },
    { depth: 0, vm: "evm", pc: 2, op: "PUSH1", gas: 97 },
    { depth: 0, vm: "evm", pc: 4, op: "ADD", gas: 94 },
  ]);
});

test("balances that a step brings exist while it runs", async () => {
  const key = `0x${"ba".repeat(20)}`;
  const code = encodeHex(assemble(`PUSH20 ${key} BALANCE PUSH1 0 MSTORE PUSH1 32 PUSH1 0 RETURN`));
  const accounts = [{ key, balance: "1000" }];
  const { steps, stateDiff } = await simulate({ vm: "EVM", code, accounts });
  expect(steps[0]!.output).toBe(word(1000));
  expect(stateDiff.map(({ domain }) => domain)).toContain("evm.balance");
});

test("a generic Move function takes its type arguments in angle brackets", async () => {
  const code = encodeHex(
    encodeModule(
      assembleModule(`module 0x77.pair {
        public second<A: drop, B: copy + drop>(a: A, b: B): B bytecode { MoveLoc b; Ret }
      }`),
    ),
  );
  const { data, errors } = await gateway.query<{ simulate: { steps: Record<string, unknown>[] } }>(
    `{ simulate(steps: [
      { vm: MOVE, code: "${code}", fn: "second<vector<u8>, u128>", args: ["0x01", "340282366920938463463374607431768211455"] }
    ]) { steps { outcome returns fault { message } } } }`,
  );
  expect(errors).toBeUndefined();
  expect(data!.simulate.steps).toEqual([
    { outcome: "OK", returns: ["340282366920938463463374607431768211455"], fault: null },
  ]);
});

test("a mutation may deploy and simulate in one request", async () => {
  const at = "c4".repeat(20);
  const { data } = await gateway.query<Simulated>(`mutation {
    deploy(vm: EVM, code: "${COUNTER_HEX}", at: "0x${at}") { id }
    simulate(steps: [{ vm: EVM, program: "evm:0x${at}" }]) { ok steps { output } }
  }`);
  expect(data!.simulate).toEqual({ ok: true, steps: [{ output: word(1) }] });
});

test("the IR of a Move module is that of one function", async () => {
  const { data, errors } = await gateway.query<{ program: Record<string, string> }>(
    '{ program(id: "move:0xd7a60::margin") { first: ir open: ir(fn: "open") equity: ir(fn: "equity") } }',
  );
  expect(errors).toBeUndefined();
  expect(data!.program.first).toBe(data!.program.open);
  expect(data!.program.equity).not.toBe(data!.program.open);
});

test("a Move trace names functions", async () => {
  const { data } = await gateway.query<{ simulate: { steps: { trace: unknown[] }[] } }>(
    `{ simulate(steps: [{ vm: MOVE, program: "move:0xd7a60::margin", fn: "open", args: [9, 1, 9, 1] }]) {
      steps { trace(limit: 1) } } }`,
  );
  expect(data!.simulate.steps[0]!.trace).toEqual([
    { depth: 0, vm: "move", fn: "0xd7a60::margin::open", pc: 0, op: "CopyLoc", gas: 9_000_000_000 },
  ]);
});
