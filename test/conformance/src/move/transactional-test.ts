import { readFileSync } from "node:fs";
import { refuse } from "@dragoman/fault";
import type { MvirCase, MvirTask } from "@dragoman/frontend-move/testing";
import type { PackFile } from "../pack/pack-file.ts";

type Expectation = MvirTask["expect"];

/** What a task without a word in the expectations does. */
const SUCCESS: Expectation = { ok: true };

/**
 * A transactional test of a Move repository, `x.mvir`, with the expectations beside it, `x.exp`. In the trees of Sui and IOTA such tests lie under
 * `external-crates/move`; all others are read as Aptos's.
 *
 * Faults: `UNSUPPORTED_FILE` where there are no expectations, `MALFORMED_CASE` naming the file and line of what cannot be read.
 */
export function readTransactionalTest({ path, bytes }: PackFile): MvirCase {
  const expectations = readExpectations(path.replace(/\.mvir$/, ".exp"));
  const tasks = readTasks(Buffer.from(bytes).toString("utf8"));
  const beyond = [...expectations.keys()].find((index) => index >= tasks.length);
  if (beyond !== undefined) {
    refuse("MALFORMED_CASE", undefined, `${path} has no task ${beyond}, its expectations do`);
  }
  return {
    name: path.replace(/\.mvir$/, ""),
    flavour: path.includes("external-crates/move/") ? "iota" : "aptos-fork",
    tasks: tasks.map((task, index) => ({ ...task, expect: expectations.get(index) ?? SUCCESS })),
  };
}

/** Tasks begin with lines of `//#`: a command and its arguments; what stands behind them is the task's text. */
function readTasks(source: string): Omit<MvirTask, "expect">[] {
  const tasks: { head: string; lines: string[] }[] = [];
  let isHead = false;
  for (const line of source.split("\n")) {
    const head = /^\s*\/\/#(.*)$/.exec(line)?.[1];
    if (head === undefined) tasks.at(-1)?.lines.push(line);
    else if (isHead) tasks.at(-1)!.head += ` ${head.trim()}`;
    else tasks.push({ head: head.trim(), lines: [] });
    isHead = head !== undefined;
  }
  return tasks.map(({ head, lines }) => {
    const [cmd = "", ...args] = head.split(/\s+/);
    return { cmd, args: args.join(" "), text: lines.join("\n") };
  });
}

/** Expectations by the number of their task. */
function readExpectations(path: string): Map<number, Expectation> {
  const lines = readLines(path);
  const found = new Map<number, Expectation>();
  let at = lines.findIndex((line) => /^task \d+/.test(line));
  if (at < 0 && !/^processed \d+ tasks?$/.test(lines[0]!.trim())) {
    refuse("MALFORMED_CASE", 0, `${path} line 1 is not "processed n tasks"`);
  }
  while (at >= 0 && at < lines.length) {
    const head = /^task (\d+)\b/.exec(lines[at]!);
    if (head === null) refuse("MALFORMED_CASE", at, `${path} line ${at + 1} is no task`);
    let end = at + 1;
    while (end < lines.length && !/^task \d+/.test(lines[end]!)) end++;
    found.set(
      Number(head[1]),
      expectation(lines.slice(at, end).join("\n"), `${path} line ${at + 1}`),
    );
    at = end;
  }
  return found;
}

function readLines(path: string): string[] {
  try {
    return readFileSync(path, "utf8").split("\n");
  } catch {
    refuse("UNSUPPORTED_FILE", undefined, `there are no expectations ${path}`);
  }
}

/** `Error: … VMError { major_status: …, sub_status: …, location: …, offsets: [(FunctionDefinitionIndex(0), 11)] }`, or what a success printed. */
function expectation(text: string, where: string): Expectation {
  if (!/^Error: /m.test(text)) return SUCCESS;
  if (!text.includes("VMError")) return { ok: false, text: text.slice(0, 200) };
  const status = /major_status: (\w+)/.exec(text)?.[1];
  if (status === undefined) refuse("MALFORMED_CASE", undefined, `${where}: no major_status`);
  const offset = /offsets: \[\s*\(FunctionDefinitionIndex\((\d+)\), (\d+)\)/.exec(text);
  return {
    ok: false,
    status,
    sub: /sub_status: Some\((\d+)\)/.exec(text)?.[1] ?? null,
    location: /location: ([\w:]+)/.exec(text)?.[1] ?? "undefined",
    ...(offset === null ? {} : { func: Number(offset[1]), offset: Number(offset[2]) }),
  };
}
