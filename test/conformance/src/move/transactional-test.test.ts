import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { FaultError } from "@dragoman/fault";
import { afterAll, beforeAll, expect, test } from "vitest";
import { conformMove } from "./conform-move.ts";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "dragoman-transactional-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Writes a test with its expectations; gives its path. */
function write(name: string, source: string, expectations?: string): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, source);
  if (expectations !== undefined) writeFileSync(path.replace(".mvir", ".exp"), expectations);
  return path;
}

const run = (path: string) => conformMove([path], { tier: "interpret" });

const vmError = (status: string, sub: string, location: string, offsets: string): string =>
  `VMError {\n    major_status: ${status},\n    sub_status: ${sub},\n    location: ${location},\n    indices: [],\n    offsets: [${offsets}],\n}\n`;

const COUNTER = `//# publish
module 0x42.counter {
  public half(a: u64, b: u64): u64 {
    label b0:
      return move(a) / move(b);
  }
  public stop(code: u64) {
    label b0:
      abort move(code);
  }
}

`;

test("what a file beside a test expects, task by task, is compared with what happens", () => {
  const source = `${COUNTER}//# run 0x42::counter::half --args 6 2

//# run 0x42::counter::half
//# --args 6 0

//# run 0x42::counter::stop --args 77 --gas-budget 1000
`;
  const expectations = `processed 4 tasks

task 1 'run'. lines 13-13:
return values: 3

task 2 'run'. lines 15-16:
Error: Function execution failed with ${vmError("ARITHMETIC_ERROR", "None", "0x42::counter", "(FunctionDefinitionIndex(0), 2)")}
task 3 'run'. lines 18-18:
Error: Function execution failed with ${vmError("ABORTED", "Some(77)", "0x42::counter", "(FunctionDefinitionIndex(1), 1)")}`;
  expect(run(write("good.mvir", source, expectations))).toMatchObject({ passed: 1, failures: [] });
  const wrong = expectations.replace("Some(77)", "Some(78)");
  const path = write("wrong.mvir", source, wrong);
  expect(run(path).failures).toEqual([
    {
      name: join(folder, "wrong"),
      why: "task 3: wanted ABORTED 78 in 0x42::counter at 1:1, got ABORTED 77 in 0x42::counter at 1:1",
    },
  ]);
});

test("refusals count in the tree of IOTA as in that of Aptos", () => {
  const source = `//# publish
module 0x42.m {
  f(): u64 {
    label b0:
      return true;
  }
}
`;
  const offsets = "(FunctionDefinitionIndex(0), 1)";
  const said = vmError("RET_TYPE_MISMATCH_ERROR", "None", "0x42::m", offsets);
  const aptos = `processed 1 task\n\ntask 0 'publish'. lines 1-7:\nError: Unable to publish module '42::m'. Got ${said}`;
  const iota = `processed 1 task\n\ntask 0, lines 1-7:\n//# publish\nError: Unable to publish module '42::m'. Got ${said}`;
  expect(run(write("aptos/refused.mvir", source, aptos))).toMatchObject({ passed: 1, failed: 0 });
  const tree = "external-crates/move/crates/vm/refused.mvir";
  expect(run(write(tree, source, iota))).toMatchObject({ passed: 1, failed: 0 });
  const silent = run(write("silent.mvir", source, "processed 1 task\n"));
  expect(silent.failures[0]?.why).toBe(
    "task 0: wanted accepted, got RET_TYPE_MISMATCH_ERROR at 0:1",
  );
});

test.each([
  ["nothing beside it", undefined, "UNSUPPORTED_FILE", /there are no expectations .*\.exp/],
  ["other words", "hello\n", "MALFORMED_CASE", /line 1 is not "processed n tasks"/],
  [
    "a task that is not there",
    "processed 9 tasks\n\ntask 8 'run'. lines 1-2:\nok\n",
    "MALFORMED_CASE",
    /has no task 8/,
  ],
  [
    "an error without a status",
    "processed 1 task\n\ntask 0 'publish'. lines 1-9:\nError: VMError { }\n",
    "MALFORMED_CASE",
    /line 3: no major_status/,
  ],
])("a test with %s is refused by name", (name, expectations, fault, message) => {
  const path = write(`${name.replaceAll(" ", "-")}.mvir`, COUNTER, expectations);
  try {
    run(path);
    expect.unreachable("it was read");
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    expect(error.fault.name).toBe(fault);
    expect(error.message).toMatch(message);
  }
});
