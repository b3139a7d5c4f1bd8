import { refuse } from "@dragoman/fault";
import { canonicalModuleName } from "@dragoman/frontend-move";
import type { ExpectedFailure, UnitTest } from "./unit-test.ts";

/** Named addresses of a package, as `0x…`. */
export type NamedAddresses = ReadonlyMap<string, string>;

/** A name, or an address, behind `@` or before `::`. */
const WORD = "(?:0x[0-9a-fA-F_]+|\\w+)";

/**
 * The tests that a Move source marks: `#[test]`, `#[test(a = @0x1)]`, with `#[expected_failure(…)]` beside it. Compilers leave no attribute in the
 * bytecode, so where the sources are at hand they say what the tests are.
 *
 * Faults: INVALID_COMMAND for an address, a constant or an attribute that cannot be resolved, with the file and the function.
 */
export function testsOfSource(text: string, file: string, addresses: NamedAddresses): UnitTest[] {
  const source = withoutComments(text);
  const tests: UnitTest[] = [];
  const modules = [...source.matchAll(new RegExp(`\\bmodule\\s+(${WORD})::(\\w+)\\s*[{;]`, "g"))];
  modules.forEach((match, index) => {
    const [, owner, name] = match as unknown as [string, string, string];
    const body = source.slice(match.index, modules[index + 1]?.index);
    const at = `${file}: ${name}`;
    const module = `${addressOf(owner, addresses, at)}::${name}`;
    tests.push(...testsOfModule(body, canonicalModuleName(module), at, addresses));
  });
  return tests;
}

/** Blanks comments out; texts in quotes keep their slashes. */
const withoutComments = (text: string): string =>
  text.replace(/"(?:\\.|[^"\\])*"|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (part) =>
    part.startsWith('"') ? part : " ",
  );

const FUNCTION =
  /((?:#\[[^\]]*\]\s*)+)(?:(?:public(?:\s*\(\s*\w+\s*\))?|entry|friend|package|inline)\s+)*fun\s+(\w+)\s*\(([^)]*)\)/g;

function testsOfModule(
  body: string,
  module: string,
  file: string,
  addresses: NamedAddresses,
): UnitTest[] {
  const constants = new Map(
    [...body.matchAll(/\bconst\s+(\w+)\s*:\s*u64\s*=\s*(0x[0-9a-fA-F_]+|[\d_]+)(?:u64)?\s*;/g)].map(
      ([, name, value]) => [name as string, integer(value as string)],
    ),
  );
  return [...body.matchAll(FUNCTION)].flatMap((match) => {
    const [, attributes = "", fn = "", parameters = ""] = match;
    const test = /#\[[^\]]*?\btest\b\s*(?:\(([^)]*)\))?/.exec(attributes);
    if (test === null || /#\[\s*test_only/.test(attributes)) return [];
    const at = `${file}::${fn}`;
    const given = assignments(test[1] ?? "");
    const signers = parameters
      .split(",")
      .map((parameter) => parameter.split(":")[0]?.trim() ?? "")
      .filter((name) => name !== "")
      .map((name) => {
        const value = given.get(name);
        if (value === undefined) return wrong(at, `#[test] gives ${name} no address`);
        return addressOf(value.replace(/^@/, ""), addresses, at);
      });
    const failure = /expected_failure\s*(?:\(((?:[^()]|\([^()]*\))*)\))?/.exec(attributes);
    const expectedFailure =
      failure === null
        ? undefined
        : failureOf(failure[1] ?? "", { module, constants, addresses, at });
    return [{ module, function: fn, signers, args: [], typeArguments: [], expectedFailure }];
  });
}

interface Place {
  readonly module: string;
  readonly constants: ReadonlyMap<string, bigint>;
  readonly addresses: NamedAddresses;
  readonly at: string;
}

/** Words for failures that are no aborts. */
const STATUSES = {
  arithmetic_error: "ARITHMETIC_ERROR",
  vector_error: "VECTOR_OPERATION_ERROR",
  out_of_gas: "OUT_OF_GAS",
} as const;

function failureOf(text: string, place: Place): ExpectedFailure {
  const given = assignments(text);
  const failure: { -readonly [key in keyof ExpectedFailure]: ExpectedFailure[key] } = {};
  for (const [word, status] of Object.entries(STATUSES)) {
    if (given.has(word)) failure.status = status;
  }
  const code = given.get("abort_code");
  if (code !== undefined) failure.abortCode = constant(code, place);
  const minor = given.get("minor_status");
  if (minor !== undefined) failure.minorStatus = Number(constant(minor, place));
  const location = given.get("location");
  if (location !== undefined) failure.location = locationOf(location, place);
  return failure;
}

function locationOf(text: string, { module, addresses, at }: Place): string {
  if (text === "Self") return module;
  const [, owner, name] = new RegExp(`^(${WORD})::(\\w+)$`).exec(text) ?? [];
  if (owner === undefined) return wrong(at, `location = ${text} is no module`);
  return canonicalModuleName(`${addressOf(owner, addresses, at)}::${name}`);
}

/** A number, or a constant of the module. */
function constant(text: string, { constants, at }: Place): bigint {
  const plain = text.replace(/u64$/, "");
  if (/^(?:0x[0-9a-fA-F_]+|[\d_]+)$/.test(plain)) return integer(plain);
  const value = constants.get(text.replace(/^.*::/, ""));
  return value ?? wrong(at, `${text} is no number and no constant of the module`);
}

/** `a = 1, b = @0x2, word` as names with values; a word alone has an empty value. */
const assignments = (text: string): ReadonlyMap<string, string> =>
  new Map(
    text
      .split(",")
      .map((part) => part.split("=").map((side) => side.trim()))
      .filter(([name]) => name !== "")
      .map(([name = "", value = ""]) => [name, value]),
  );

function addressOf(word: string, addresses: NamedAddresses, at: string): string {
  if (/^0x[0-9a-fA-F_]+$/.test(word)) return word.replaceAll("_", "");
  return addresses.get(word) ?? wrong(at, `the address ${word} is not named in Move.toml`);
}

const integer = (text: string): bigint => BigInt(text.replaceAll("_", ""));

function wrong(at: string, why: string): never {
  return refuse("INVALID_COMMAND", undefined, `${at}: ${why}`);
}
