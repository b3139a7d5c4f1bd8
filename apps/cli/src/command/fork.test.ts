import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { JsonRpcClient } from "@dragoman/fork-evm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildCommand, COMMAND_FILE, dragomanCall, fileOf } from "../testing/child.ts";
import { compiledContract, compileSum, SUM_INPUT } from "../testing/sum-contract.ts";

const word = (value: number | bigint): string => `0x${value.toString(16).padStart(64, "0")}`;
const SUM = `0x${"5a".repeat(20)}`;
const SEES = `0x${"5b".repeat(20)}`;
const STORES = `0x${"5c".repeat(20)}`;
/** An account with ether on every node that `dragoman node` starts. */
const RICH = "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266";
/** Returns NUMBER, TIMESTAMP, CHAINID, CALLER, BASEFEE, CALLVALUE and BLOCKHASH(NUMBER - 1). */
const SEEING =
  "0x435f52" +
  "42602052" +
  "46604052" +
  "33606052" +
  "48608052" +
  "3460a052" +
  "600143034060c05260e05ff3";
/** Writes what is in slot 0, plus 1, to slot 0. */
const STORING = "0x5f5460010180" + "5f555f5260205ff3";

let child: ChildProcess;
let url: string;
let ask: (method: string, ...params: readonly unknown[]) => Promise<unknown>;
let block: number;
let build: string;

beforeAll(async () => {
  buildCommand();
  child = spawn(process.execPath, [COMMAND_FILE, "node", "--port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  child.stdout?.on("data", (chunk: Buffer) => {
    text += chunk.toString();
  });
  while (!text.includes("ready")) await once(child.stdout!, "data");
  url = /^ethereum (\S+)$/m.exec(text)![1]!;
  const client = new JsonRpcClient(url);
  ask = (method, ...params) => client.passOn(method, params);
  const { object } = compiledContract("Sum").evm.deployedBytecode;
  await ask("anvil_setCode", SUM, `0x${object}`);
  await ask("anvil_setCode", SEES, SEEING);
  await ask("anvil_setCode", STORES, STORING);
  await ask("anvil_setStorageAt", STORES, "0x0", word(41));
  block = Number(await ask("eth_blockNumber"));
  // What comes later is not seen from that block.
  await ask("anvil_setStorageAt", STORES, "0x0", word(900));
  build = fileOf("forked.json", JSON.stringify({ input: SUM_INPUT, output: compileSum() }));
}, 300_000);

afterAll(async () => {
  if (child === undefined) return;
  const ended = once(child, "exit");
  child.kill();
  await ended;
});

const onFork = (command: string, to: string, ...more: string[]) =>
  dragomanCall(command, "--fork-url", url, "--fork-block-number", `${block}`, "--to", to, ...more);

describe("a contract on a fork", () => {
  it("runs on its state, which stays as it is", async () => {
    for (let turn = 0; turn < 2; turn++) {
      const { status, stdout, stderr } = await onFork("run", STORES, "--json");
      expect([status, stderr]).toEqual([0, `on block ${block} of chain 31337`]);
      const { output, stateDiff } = JSON.parse(stdout);
      expect(output).toBe(word(42));
      expect(stateDiff).toMatchObject([{ account: STORES, before: word(41), after: word(42) }]);
    }
    const newest = await dragomanCall("run", "--fork-url", url, "--to", STORES, "--json");
    expect(JSON.parse(newest.stdout).output).toBe(word(901));
  });

  it("sees block, chain and sender as in eth_call", async () => {
    const call = { from: RICH, to: SEES, value: "0x7" };
    const answer = await ask("eth_call", call, `0x${block.toString(16)}`);
    const from = ["--from", RICH, "--value", "7", "--json"];
    expect(JSON.parse((await onFork("run", SEES, ...from)).stdout).output).toBe(answer);
    const traced = JSON.parse((await onFork("trace", SEES, ...from)).stdout);
    expect(traced).toMatchObject({ from: RICH, to: SEES, value: "0x7", output: answer });
  });

  it("repeats from the same state in every tier", async () => {
    const gas = new Set<string>();
    for (const tier of ["interpret", "compile"]) {
      const more = ["--fn", "sumOfSquares(uint256)", "--args", '["5"]', "--json"];
      const run = await onFork("run", SUM, "--tier", tier, "--repeat", "30", ...more);
      const { output, gasUsed } = JSON.parse(run.stdout);
      expect(output).toBe(word(30));
      gas.add(gasUsed);
    }
    expect(gas.size).toBe(1);
  });

  it("is traced, with names of the compiler's JSON", async () => {
    const call = ["--contract", "Sum", "--fn", "make", "--args", '["7"]'];
    const { status, stdout } = await onFork("trace", SUM, build, ...call);
    expect(status).toBe(0);
    const [first, second] = stdout.split("\n");
    expect(first).toMatch(
      new RegExp(`^\\[\\d+ of 30000000\\] CALL ${SUM} make\\(uint256\\) 0x0+7$`),
    );
    expect(second).toMatch(/^ {2}\[\d+ of \d+\] CREATE 0x[0-9a-f]{40} initcode of \d+ bytes$/);
    const diff = ["--tracer", "prestateTracer", "--tracer-config", '{"diffMode":true}'];
    const { pre, post } = JSON.parse((await onFork("trace", STORES, ...diff)).stdout);
    const slotOf = (state: Record<string, { storage?: unknown }>) => state[STORES]?.storage;
    expect([slotOf(pre), slotOf(post)]).toEqual([{ [word(0)]: word(41) }, { [word(0)]: word(42) }]);
  });

  it("is profiled, by line where the compiler's JSON is given", async () => {
    const call = ["--fn", "sumOfSquares(uint256)", "--args", '["9"]', "--json", "--top", "10000"];
    const { stdout } = await onFork("profile", SUM, build, "--contract", "Sum", ...call);
    const { gasUsed, sites, lines } = JSON.parse(stdout);
    const sum = sites.reduce((total: number, { gas }: { gas: number }) => total + gas, 0);
    expect(sum).toBe(Number(gasUsed));
    expect(lines[0]).toMatchObject({ file: "src/Sum.sol", line: 12 });
    const bare = JSON.parse((await onFork("profile", SUM, ...call)).stdout);
    expect([bare.gasUsed, bare.lines]).toEqual([gasUsed, []]);
  });
});

describe("what is wrong with a call on a fork is named", () => {
  const NO_CODE = `0x${"0e".repeat(20)}`;
  it.each<[string, () => string[], string]>([
    ["no --to", () => ["--fork-url", url], "--to is missing: the contract on the fork"],
    [
      "--to alone",
      () => ["0x00", "--vm", "evm", "--to", SUM],
      "--to names an account of a fork: give --fork-url",
    ],
    [
      "--from alone",
      () => ["0x00", "--vm", "evm", "--from", SUM],
      "--from names an account of a fork",
    ],
    [
      "a number alone",
      () => ["0x00", "--vm", "evm", "--fork-block-number", "1"],
      "--fork-block-number needs --fork-url",
    ],
    ["a short address", () => ["--fork-url", url, "--to", "0x1234"], "--to has 2 bytes, not 20"],
    ["no hex", () => ["--fork-url", url, "--to", "0xzz"], "--to: "],
    [
      "another machine",
      () => ["--fork-url", url, "--to", SUM, "--vm", "sbpf"],
      "--vm sbpf: forks are of the evm alone",
    ],
    ["no code", () => ["--fork-url", url, "--to", NO_CODE], `--to ${NO_CODE} has no code at block`],
    [
      "two senders",
      () => ["--fork-url", url, "--to", SUM, "--from", RICH, "--sender", RICH],
      "--from and --sender: give one of them",
    ],
    [
      "code beside it",
      () => ["0x6001", "--fork-url", url, "--to", SUM],
      "0x6001: beside --to only a compiler's JSON",
    ],
    [
      "a contract of nothing",
      () => ["--fork-url", url, "--to", SUM, "--contract", "Sum"],
      "--contract Sum needs a compiler's JSON",
    ],
    [
      "a block to come",
      () => ["--fork-url", url, "--to", SUM, "--fork-block-number", "9999"],
      "has no block 9999",
    ],
    ["no URL", () => ["--fork-url", "nowhere", "--to", SUM], "the node's URL is no URL"],
  ])("%s", async (_, args, words) => {
    for (const command of ["run", "trace", "profile"]) {
      const { status, stderr, stdout } = await dragomanCall(command, ...args());
      expect([status, stdout]).toEqual([2, ""]);
      expect(stderr).toContain(words);
    }
  });
});
