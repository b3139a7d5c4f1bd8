import { encodeHex } from "@dragoman/bytes";
import { assemble } from "@dragoman/frontend-evm/asm";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type ClientError, type GatewayClient, openGateway } from "../testing/gateway-client.ts";
import { QUERY_LIMITS } from "./query-limits.ts";

let gateway: GatewayClient;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());

/** Whatever a test sent, the next request is answered. */
afterEach(async () => {
  const { data } = await gateway.query("{ machines { id } }");
  expect(data).toBeDefined();
});

async function refusal(
  text: string,
  variables?: Record<string, unknown>,
): Promise<[ClientError, number]> {
  const { errors, status } = await gateway.query(text, variables);
  expect(errors).toHaveLength(1);
  return [errors![0]!, status];
}

async function refusedStep(step: Record<string, unknown>): Promise<Record<string, unknown>> {
  const text = `query ($steps: [SimulationStep!]!) { simulate(steps: $steps) {
    ok steps { outcome gasUsed fault { code number message at } } stateDiff { key } } }`;
  const { data, errors } = await gateway.query<{ simulate: Record<string, unknown> }>(text, {
    steps: [step],
  });
  expect(errors).toBeUndefined();
  expect(data!.simulate).toMatchObject({ ok: false, stateDiff: [] });
  const [only] = data!.simulate.steps as { outcome: string; fault: Record<string, unknown> }[];
  expect(only).toMatchObject({ outcome: "REFUSED", gasUsed: "0" });
  return only!.fault;
}

test.each([
  ["a syntax error", "{ machines {", "GRAPHQL_PARSE_FAILED"],
  ["an unknown field", "{ machines { colour } }", "GRAPHQL_VALIDATION_FAILED"],
  ["a missing argument", "{ program { id } }", "GRAPHQL_VALIDATION_FAILED"],
  [
    "a wrong enum value",
    '{ simulate(steps: [{ vm: JVM, code: "0x" }]) { ok } }',
    "GRAPHQL_VALIDATION_FAILED",
  ],
  [
    "a wrong literal type",
    "{ simulate(steps: [{ vm: EVM, code: 17 }]) { ok } }",
    "INVALID_ARGUMENT",
  ],
  ["malformed hex", '{ simulate(steps: [{ vm: EVM, code: "0x6g" }]) { ok } }', "MALFORMED_HEX"],
  [
    "hex of odd length",
    '{ simulate(steps: [{ vm: EVM, code: "0x600" }]) { ok } }',
    "HEX_LENGTH_MISMATCH",
  ],
  ["no steps", "{ simulate(steps: []) { ok } }", "INVALID_ARGUMENT"],
  [
    "a page without lines",
    '{ program(id: "move:0xd7a60::margin") { id listing(lines: 0) } }',
    "INVALID_ARGUMENT",
  ],
  [
    "an unknown program",
    `{ program(id: "evm:0x${"99".repeat(20)}") { id } }`,
    "INVALID_PROGRAM_ID",
  ],
  ["an identifier of no machine", '{ program(id: "nonsense") { id } }', "INVALID_PROGRAM_ID"],
  [
    "a Move module that is none",
    'mutation { deploy(vm: MOVE, code: "0xa11ceb0b") { id } }',
    "MALFORMED_MODULE",
  ],
  [
    "an ELF file that is none",
    'mutation { deploy(vm: SVM, code: "0x7f454c46") { id } }',
    "MALFORMED_ELF",
  ],
  [
    "an address of the wrong size",
    'mutation { deploy(vm: EVM, code: "0x00", at: "0x00") { id } }',
    "INVALID_MESSAGE",
  ],
  [
    "creation code that reverts",
    'mutation { deploy(vm: EVM, code: "0x60006000fd", construct: true) { id } }',
    "INVALID_MESSAGE",
  ],
])("%s is an error with a code", async (_, text, code) => {
  const [error] = await refusal(text);
  expect(error.extensions.code).toBe(code);
  expect(error.message).not.toBe("");
});

test("a fault carries number, place and context", async () => {
  const [error] = await refusal('mutation { deploy(vm: MOVE, code: "0xa11ceb0bff") { id } }');
  expect(error.path).toEqual(["deploy"]);
  expect(error.extensions).toMatchObject({ code: "MALFORMED_MODULE", number: 4001, at: 4 });
  expect(error.extensions.context).toMatchObject({ status: expect.any(String) });
});

test("a variable of the wrong type is an error that names it", async () => {
  const text = "query ($code: Bytes!) { simulate(steps: [{ vm: EVM, code: $code }]) { ok } }";
  const [malformed] = await refusal(text, { code: "0xzz" });
  expect(malformed.extensions).toMatchObject({ code: "MALFORMED_HEX", at: 2 });
  expect(malformed.message).toContain("$code");
  const [missing] = await refusal(text, {});
  expect(missing.extensions.code).toBe("BAD_USER_INPUT");
});

test.each([
  ["neither code nor program", { vm: "EVM" }, "INVALID_MESSAGE"],
  ["code and program", { vm: "EVM", code: "0x", program: "evm:0x00" }, "INVALID_MESSAGE"],
  ["an unknown program", { vm: "EVM", program: `evm:0x${"98".repeat(20)}` }, "INVALID_PROGRAM_ID"],
  [
    "a program of another machine",
    { vm: "EVM", program: "move:0x1::vector" },
    "INVALID_PROGRAM_ID",
  ],
  ["args without fn", { vm: "EVM", code: "0x00", args: [] }, "INVALID_MESSAGE"],
  ["args that are no array", { vm: "EVM", code: "0x00", fn: "f()", args: {} }, "INVALID_ARGUMENT"],
  [
    "args and input",
    { vm: "EVM", code: "0x00", fn: "f()", args: [], input: "0x" },
    "INVALID_MESSAGE",
  ],
  [
    "an argument of the wrong type",
    { vm: "EVM", code: "0x00", fn: "f(uint8)", args: ["x"] },
    "INVALID_CALL_ARGUMENT",
  ],
  [
    "too few arguments",
    { vm: "EVM", code: "0x00", fn: "f(uint8)", args: [] },
    "INVALID_CALL_ARGUMENT",
  ],
  ["no signature", { vm: "EVM", code: "0x00", fn: "f(", args: [] }, "INVALID_CALL_ARGUMENT"],
  ["fn on SVM", { vm: "SVM", code: "0x00", fn: "f()" }, "INVALID_MESSAGE"],
  ["an ELF file that is none", { vm: "SVM", code: "0x00" }, "MALFORMED_ELF"],
  ["a module that is none", { vm: "MOVE", code: "0x00", fn: "f" }, "MALFORMED_MODULE"],
  ["a Move call without fn", { vm: "MOVE", program: "move:0xd7a60::margin" }, "INVALID_MESSAGE"],
  [
    "a negative balance",
    { vm: "EVM", code: "0x00", accounts: [{ key: "0x", balance: -1 }] },
    "VALUE_OUT_OF_RANGE",
  ],
  [
    "a key of the wrong size",
    { vm: "EVM", code: "0x00", accounts: [{ key: "0x11" }] },
    "INVALID_MESSAGE",
  ],
  [
    "gas beyond the limit",
    { vm: "EVM", code: "0x00", gasLimit: "1000000000000" },
    "VALUE_OUT_OF_RANGE",
  ],
  [
    "a signature longer than any",
    { vm: "EVM", code: "0x00", fn: `f${"(".repeat(100_000)}` },
    "INVALID_ARGUMENT",
  ],
])("a step with %s is refused, and says why", async (_, step, code) => {
  const fault = await refusedStep(step);
  expect(fault.code).toBe(code);
  expect(fault.number).toEqual(expect.any(Number));
  expect(fault.message).toMatch(/\S/);
});

test("more steps than allowed are refused", async () => {
  const steps = Array.from({ length: 65 }, () => ({ vm: "EVM", code: "0x00" }));
  const text = "query ($steps: [SimulationStep!]!) { simulate(steps: $steps) { ok } }";
  const [error] = await refusal(text, { steps });
  expect(error.extensions).toMatchObject({ code: "INVALID_ARGUMENT", context: { max: 64 } });
});

test.each([
  ["deep", `{ machines { programs { ${"... on Program { ".repeat(12)}id${" }".repeat(12)} } } }`],
  [
    "costly",
    `{ machines { programs(first: 100) { id ... on Program { ${"code ".repeat(40)} } } } }`,
  ],
  [
    "full of aliases",
    `{ ${Array.from({ length: 31 }, (_, i) => `a${i}: machines { id }`).join(" ")} }`,
  ],
  ["long", `{ ${"machines { id } ".repeat(6000)} }`],
])("a query that is too %s is refused before it runs", async (_, text) => {
  const [error] = await refusal(text);
  expect(error.extensions.code).toBe("QUERY_SIZE_EXCEEDED");
});

test("introspection is allowed, whatever its depth", async () => {
  const ofType = `${"ofType { ".repeat(9)}name${" }".repeat(9)}`;
  const { data } = await gateway.query(`{ __schema { types { fields { type { ${ofType} } } } } }`);
  expect(data).toBeDefined();
});

test("a body beyond the limit is refused with 413, its length being declared or not", async () => {
  const body = JSON.stringify({ query: `#${"x".repeat(QUERY_LIMITS.bodyBytes)}` });
  const headers = { "content-type": "application/json" };
  const declared = await fetch(gateway.url, { method: "POST", headers, body });
  expect(declared.status).toBe(413);
  expect(await declared.json()).toMatchObject({
    errors: [{ extensions: { code: "REQUEST_SIZE_EXCEEDED" } }],
  });
  const stream = new Blob([body]).stream();
  const init = { method: "POST", headers, body: stream, duplex: "half" };
  const chunked = await fetch(gateway.url, init as RequestInit);
  expect(chunked.status).toBe(413);
});

test.each([
  ["no JSON", "{", "application/json", 400],
  ["another content type", "<x/>", "text/xml", 415],
])("a body with %s is refused", async (_, body, type, status) => {
  const headers = { "content-type": type };
  const response = await fetch(gateway.url, { method: "POST", headers, body });
  expect(response.status).toBe(status);
});

test("a body without a query is an error with a code", async () => {
  const headers = { "content-type": "application/json" };
  const response = await fetch(gateway.url, { method: "POST", headers, body: "{}" });
  const { errors } = (await response.json()) as { errors: ClientError[] };
  expect(errors[0]!.extensions.code).toMatch(/^[A-Z_]+$/);
});

test("code that runs for ever ends with its gas", async () => {
  const code = encodeHex(assemble("JUMPDEST PUSH1 0 JUMP"));
  const { data } = await gateway.query(
    `{ simulate(steps: [{ vm: EVM, code: "${code}", gasLimit: 1000000 }]) {
      ok steps { outcome gasUsed } } }`,
  );
  expect(data!.simulate).toEqual({
    ok: false,
    steps: [{ outcome: "OUT_OF_GAS", gasUsed: "1000000" }],
  });
});

test("steps that burnt all gas of a simulation stop the next one", async () => {
  const loop = encodeHex(
    assemble("JUMPDEST GAS PUSH2 100 GT PUSH1 12 JUMPI PUSH1 0 JUMP JUMPDEST STOP"),
  );
  const step = { vm: "EVM", code: loop, gasLimit: "60000000" };
  const { data } = await gateway.query<{ simulate: { steps: { outcome: string }[] } }>(
    `query ($steps: [SimulationStep!]!) { simulate(steps: $steps) { steps { outcome fault { code } } } }`,
    { steps: [step, step, step] },
  );
  expect(data!.simulate.steps).toEqual([
    { outcome: "OK", fault: null },
    { outcome: "OK", fault: null },
    { outcome: "REFUSED", fault: { code: "GAS_EXCEEDED" } },
  ]);
});
