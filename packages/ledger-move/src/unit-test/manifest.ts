import { refuse } from "@dragoman/fault";
import {
  canonicalModuleName,
  type JsonValue,
  MOVE_STATUS,
  parseAddress,
} from "@dragoman/frontend-move";
import type { ExpectedFailure, UnitTest } from "./unit-test.ts";

type Members = Record<string, unknown>;

const TEST_MEMBERS = ["name", "signers", "args", "type_arguments", "expected_failure"];
const FAILURE_MEMBERS = ["abort_code", "location", "status", "minor_status"];

/**
 * The tests that a manifest lists: `{"tests": [{"name": "0xA::m::f", "signers": ["0x1"], "args": [], "type_arguments": [], "expected_failure": true or
 * {"abort_code": 7, "location": "0xA::m", "status": "ABORTED", "minor_status": 1}}]}`, of which the name alone must be there.
 *
 * Faults: INVALID_COMMAND with the path of what is wrong.
 */
export function readManifest(text: string, file: string): UnitTest[] {
  const root = members(parse(text, file), file, ["tests"]);
  return list(root.tests, `${file}: tests`).map((row, index) => {
    const at = `${file}: tests[${index}]`;
    const test = members(row, at, TEST_MEMBERS);
    const { module, fn } = functionName(test.name, `${at}.name`);
    const signers = list(test.signers ?? [], `${at}.signers`).map((signer, position) =>
      address(signer, `${at}.signers[${position}]`),
    );
    const typeArguments = list(test.type_arguments ?? [], `${at}.type_arguments`).map(String);
    return {
      module,
      function: fn,
      signers,
      typeArguments,
      args: list(test.args ?? [], `${at}.args`) as JsonValue[],
      expectedFailure: readFailure(test.expected_failure, `${at}.expected_failure`),
    };
  });
}

function parse(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return wrong(file, `it is no JSON (${(error as Error).message})`);
  }
}

function wrong(at: string, why: string): never {
  return refuse("INVALID_COMMAND", undefined, `${at}: ${why}`);
}

function members(value: unknown, at: string, known: readonly string[]): Members {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    return wrong(at, "an object is expected");
  }
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined) wrong(at, `${unknown} is none of ${known.join(", ")}`);
  return value as Members;
}

const list = (value: unknown, at: string): unknown[] =>
  Array.isArray(value) ? value : wrong(at, "an array is expected");

function functionName(value: unknown, at: string): { module: string; fn: string } {
  const [, module, fn] = /^(0x[0-9a-fA-F]{1,64}::\w+)::(\w+)$/.exec(String(value)) ?? [];
  if (module === undefined || fn === undefined) return wrong(at, "0xA::module::function expected");
  return { module: canonicalModuleName(module), fn };
}

function address(value: unknown, at: string): string {
  if (typeof value !== "string" || !/^0x[0-9a-fA-F]{1,64}$/.test(value)) {
    return wrong(at, "an address as 0x… is expected");
  }
  parseAddress(value);
  return value;
}

function readFailure(value: unknown, at: string): ExpectedFailure | undefined {
  if (value === undefined || value === false) return undefined;
  if (value === true) return {};
  const row = members(value, at, FAILURE_MEMBERS);
  const { abort_code: code, location, status, minor_status: minor } = row;
  const failure: { -readonly [key in keyof ExpectedFailure]: ExpectedFailure[key] } = {};
  if (code !== undefined) failure.abortCode = integer(code, `${at}.abort_code`);
  if (minor !== undefined) failure.minorStatus = Number(integer(minor, `${at}.minor_status`));
  if (location !== undefined) {
    if (!/^0x[0-9a-fA-F]{1,64}::\w+$/.test(String(location)))
      wrong(`${at}.location`, "0xA::module expected");
    failure.location = canonicalModuleName(String(location));
  }
  if (status !== undefined) {
    if (!Object.hasOwn(MOVE_STATUS, String(status)))
      wrong(`${at}.status`, `${status} is no status`);
    failure.status = String(status);
  }
  return failure;
}

function integer(value: unknown, at: string): bigint {
  const isWhole = typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
  if (isWhole) return BigInt(value);
  if (typeof value === "string" && /^(?:0x[0-9a-fA-F]+|\d+)$/.test(value)) return BigInt(value);
  return wrong(at, "an integer from 0, or one as text, is expected");
}
