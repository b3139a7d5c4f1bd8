import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { encodeHex } from "@dragoman/bytes";
import { expect, test } from "vitest";
import { type GatewayClient, openGateway } from "../testing/gateway-client.ts";

const FIXTURES =
  process.env.DRAGOMAN_FIXTURES ??
  join(fileURLToPath(new URL("../../../../", import.meta.url)), "../shared/fixtures");
const MODULES = join(FIXTURES, "move/oracle_modules.json");
const CASES = join(FIXTURES, "move/oracle_dev.jsonl.gz");
/** Every so manieth case is asked over HTTP; all of them run in the conformance suite. */
const STRIDE = 7;

interface OracleStep {
  readonly kind: string;
  readonly call: string;
  readonly typeArgs: readonly string[];
  readonly argsBcs: readonly string[];
  readonly expect: { readonly ok: boolean; readonly ret?: unknown; readonly status?: string };
}

interface OracleCase {
  readonly id: string;
  readonly steps: readonly OracleStep[];
}

test("modules of the oracle pack give over HTTP what the native Move VM recorded", async () => {
  if (!existsSync(MODULES)) {
    console.log(`no fixtures at ${MODULES}: the oracle pack is not asked`);
    return;
  }
  const gateway = await openGateway();
  await deployAll(gateway, JSON.parse(readFileSync(MODULES, "utf8")));
  const cases = gunzipSync(readFileSync(CASES))
    .toString("utf8")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as OracleCase)
    .filter(({ steps }) => steps.length === 1 && steps[0]?.kind === "call")
    .filter((_, index) => index % STRIDE === 0);
  expect(cases.length).toBeGreaterThan(50);
  for (const { id, steps } of cases) {
    const [step] = steps as [OracleStep];
    const { outcome, returns } = await call(gateway, step);
    const { ok, status, ret } = step.expect;
    expect([id, outcome], `outcome of ${id}`).toEqual([id, ok ? "OK" : status]);
    // The pack writes one result bare and several as a list.
    const found = returns?.length === 1 ? returns[0] : returns;
    if (ok) expect(plain(found), `results of ${id}`).toEqual(plain(ret ?? []));
  }
  await gateway.close();
}, 120_000);

async function deployAll(gateway: GatewayClient, modules: Record<string, string>): Promise<void> {
  const text = "mutation ($code: Bytes!) { deploy(vm: MOVE, code: $code) { id } }";
  for (const base64 of Object.values(modules)) {
    const code = encodeHex(new Uint8Array(Buffer.from(base64, "base64")));
    const { errors } = await gateway.query(text, { code });
    expect(errors).toBeUndefined();
  }
}

interface Called {
  readonly outcome: string;
  readonly returns: readonly unknown[] | null;
}

async function call(gateway: GatewayClient, step: OracleStep): Promise<Called> {
  const at = step.call.lastIndexOf("::");
  const types = step.typeArgs.length === 0 ? "" : `<${step.typeArgs.join(", ")}>`;
  const steps = [
    {
      vm: "MOVE",
      program: `move:${step.call.slice(0, at)}`,
      fn: `${step.call.slice(at + 2)}${types}`,
      input: argumentsBcs(step.argsBcs),
    },
  ];
  const { data, errors } = await gateway.query<{ simulate: { steps: Called[] } }>(
    "query ($steps: [SimulationStep!]!) { simulate(steps: $steps) { steps { outcome returns } } }",
    { steps },
  );
  expect(errors).toBeUndefined();
  return data!.simulate.steps[0]!;
}

/** BCS of `vector<vector<u8>>`. */
function argumentsBcs(args: readonly string[]): string {
  const parts = args.map((hex) => uleb(hex.length / 2) + hex);
  return `0x${uleb(args.length)}${parts.join("")}`;
}

function uleb(value: number): string {
  const low = value & 0x7f;
  const rest = value >>> 7;
  const byte = (rest === 0 ? low : low | 0x80).toString(16).padStart(2, "0");
  return rest === 0 ? byte : byte + uleb(rest);
}

/** Values without the prefix of hex text and without leading zeros of addresses. */
function plain(value: unknown): unknown {
  if (typeof value === "string") return value.replace(/^0x/, "");
  return Array.isArray(value) ? value.map(plain) : value;
}
