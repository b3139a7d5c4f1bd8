import { existsSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ownWorkloadFiles, standardWorkloadFiles } from "../workload/evm.ts";
import { readJson } from "../workload/folder.ts";
import { bundlePage } from "./bundle-page.ts";
import type { PageAnswer, PageFunctions, WorkloadJson } from "./page.ts";

const CHROMIUM = process.env.CHROMIUM_PATH ?? "/usr/bin/chromium";
const TIERS = ["interpret", "compile", "auto"] as const;

interface Expected extends WorkloadJson {
  readonly name: string;
  readonly gasExecution: number;
  readonly returnValue: string;
}

declare const dragoman: PageFunctions;

const workloads = [...ownWorkloadFiles(), ...standardWorkloadFiles()].map((path) => {
  return readJson(path) as Expected;
});
const smallest = [...workloads].sort((a, b) => a.gasExecution - b.gasExecution).slice(0, 3);

let browser: Browser | undefined;
let page: Page;
let script = "";

beforeAll(async () => {
  if (!existsSync(CHROMIUM)) {
    console.log(`no browser at ${CHROMIUM}: the EVM is not run in one`);
    return;
  }
  script = await bundlePage();
  const args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"];
  browser = await chromium.launch({ executablePath: CHROMIUM, args });
  page = await browser.newPage();
  await page.addScriptTag({ content: script });
});
afterAll(() => browser?.close());

test("the page's script names no part of Node", async () => {
  const text = script === "" ? await bundlePage() : script;
  // A library may look for what a platform has, as `global.Buffer ?? null`.
  expect(text).not.toMatch(/\brequire\(|\bfrom "node:|(?<!\.)\bBuffer\b(?!\.(concat|from)\()/);
});

const expectedOf = ({ gasExecution, returnValue }: Expected, tier: string) => {
  return { outcome: "ok", returnValue, gas: `${gasExecution}`, tier };
};

describe.each(TIERS)("in a browser's main thread, tier %s", (tier) => {
  // The compiler takes all, the others the three smallest.
  test.each(tier === "compile" ? workloads : smallest)(
    "$name gives value and gas of the peers",
    async (workload) => {
      if (browser === undefined) return;
      const answer = await page.evaluate(([json, name]) => dragoman.runWorkload(json, name), [
        workload,
        tier,
      ] as const);
      expect(answer).toMatchObject(expectedOf(workload, tier === "interpret" ? tier : "compile"));
    },
  );
});

test("the machine of three frontends doubles its input in a browser", async () => {
  if (browser === undefined) return;
  const answer = await page.evaluate(([code, input]) => dragoman.runOnMachine(code, input), [
    "0x5f358001" + "5f5260205ff3",
    `0x${"15".padStart(64, "0")}`,
  ] as const);
  // push0 2, calldataload 3, dup1 3, add 3, push0 2, mstore 6, push1 3, push0 2, return 0
  expect(answer).toMatchObject({
    outcome: "ok",
    gas: "24",
    tier: "compile",
    returnValue: `0x${"2a".padStart(64, "0")}`,
  });
});

test("a worker compiles and runs the smallest workload", async () => {
  const [workload] = smallest;
  if (browser === undefined || workload === undefined) return;
  const answer = await page.evaluate(
    ([text, json]) => {
      const body = `${text}; postMessage(dragoman.runWorkload(${JSON.stringify(json)}, "compile"));`;
      const worker = new Worker(URL.createObjectURL(new Blob([body], { type: "text/javascript" })));
      return new Promise<PageAnswer>((resolve, reject) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => reject(new Error(message));
      });
    },
    [script, workload] as const,
  );
  expect(answer).toMatchObject(expectedOf(workload, "compile"));
});
