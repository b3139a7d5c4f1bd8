import { decodeHex, encodeHex } from "@dragoman/bytes";
import { Engine, type FrameResult, LinearMemory, MemoryState } from "@dragoman/core";
import {
  type JsonValue,
  MODULE_DOMAIN,
  type MoveFailure,
  type MovePrograms,
  moveMessage,
  moveResults,
  parseAddress,
  RESOURCE_DOMAIN,
} from "@dragoman/frontend-move";
import type { ConformOptions } from "../report.ts";
import type { OracleCase, OracleExpectation, OracleStep } from "./oracle-case.ts";

/** Far above what any case uses: the expectations do not speak of gas. */
const GAS = 10n ** 14n;

let memory: LinearMemory | undefined;

/** Runs the steps of a case on one state; gives what differs first, undefined if nothing does. */
export function runOracleCase(
  oracle: OracleCase,
  modules: ReadonlyMap<string, Uint8Array>,
  programs: MovePrograms,
  options: ConformOptions,
): string | undefined {
  memory ??= new LinearMemory();
  const state = new MemoryState();
  for (const name of oracle.modules) {
    const bytes = modules.get(name);
    if (bytes === undefined) continue;
    const [address, identifier] = name.split("::") as [string, string];
    const key = new TextEncoder().encode(identifier);
    state.write(MODULE_DOMAIN, parseAddress(address), key, bytes);
  }
  const engine = new Engine({ state, tier: options.tier, memory });
  for (const [index, step] of oracle.steps.entries()) {
    const why = runStep(step, engine, programs);
    if (why !== undefined) return `step ${index}: ${why}`;
  }
  return undefined;
}

function runStep(step: OracleStep, engine: Engine, programs: MovePrograms): string | undefined {
  const { journal } = engine;
  const [address, module, fn] = step.call.split("::");
  journal.beginTransaction();
  const request = moveMessage(programs, journal, {
    module: `${address}::${module}`,
    function: fn as string,
    typeArguments: step.typeArgs,
    args: step.argsBcs.map((hex) => decodeHex(hex)),
    ...(step.sender === undefined ? {} : { sender: parseAddress(step.sender) }),
    entryOnly: step.kind === "entry",
    gas: GAS,
  });
  const result = engine.execute(request);
  const returned =
    result.outcome === 0 ? moveResults(request.program, result.output).json : undefined;
  return compareEnd(step.expect, result, returned) ?? compareState(step.stateAfter, engine);
}

function compareEnd(
  expect: OracleExpectation,
  result: FrameResult,
  returned: readonly JsonValue[] | undefined,
): string | undefined {
  if (expect.ok) {
    if (returned === undefined) return `wanted success, got ${describe(result)}`;
    if (!("ret" in expect)) return undefined;
    const got = JSON.stringify(returned.length === 1 ? returned[0] : returned);
    const wanted = JSON.stringify(expect.ret);
    // An empty vector<u8> is recorded as an empty list.
    if (got === wanted || (wanted === "[]" && got === '""')) return undefined;
    return `wanted ${wanted}, got ${got}`;
  }
  if (returned !== undefined) return `wanted ${expect.status}, got success`;
  const failure = result.detail as MoveFailure;
  const differs =
    failure.status !== expect.status ||
    (expect.code !== undefined && String(failure.abortCode) !== expect.code) ||
    (expect.sub !== undefined && failure.sub !== expect.sub) ||
    (expect.location !== undefined && failure.module !== expect.location) ||
    (expect.func !== undefined && failure.function !== expect.func) ||
    (expect.offset !== undefined && failure.offset !== expect.offset);
  return differs ? `wanted ${JSON.stringify(expect)}, got ${describe(result)}` : undefined;
}

function describe({ detail, outcome }: FrameResult): string {
  const text = JSON.stringify(detail, (_, value) =>
    typeof value === "bigint" ? String(value) : value,
  );
  return `outcome ${outcome} ${text}`;
}

function compareState(wanted: OracleStep["stateAfter"], engine: Engine): string | undefined {
  if (wanted === undefined) return undefined;
  const hex = (bytes: Uint8Array): string => encodeHex(bytes).slice(2);
  const got = new Map(
    engine.journal
      .changes()
      .filter(({ domain, after }) => domain === RESOURCE_DOMAIN && after !== undefined)
      .map(({ account, key, after }) => [`${hex(account)}/${hex(key)}`, hex(after as Uint8Array)]),
  );
  for (const [key, value] of Object.entries(wanted)) {
    if (got.get(key) !== value) return `state ${key}: wanted ${value}, got ${got.get(key)}`;
    got.delete(key);
  }
  const [extra] = got.keys();
  return extra === undefined ? undefined : `state ${extra} should not be there`;
}
