import { expect, test } from "vitest";
import { sourceHash } from "../../build/solidity.mjs";
import { openOurEvm } from "../ours/evm.ts";
import { evmWorkload, ownWorkloadFiles } from "./evm.ts";
import { readJson } from "./folder.ts";

const paths = ownWorkloadFiles();

test("the committed workloads were made from the committed Solidity", () => {
  const hashes = paths.map((path) => (readJson(path) as { source: string }).source);
  expect(paths.length).toBeGreaterThan(0);
  expect(new Set(hashes)).toEqual(new Set([sourceHash("Workloads.sol")]));
}, 60_000);

// The expected gas and value are what @ethereumjs/evm answered when the files were written.
test.each(paths)("%s ends as in the peer", async (path) => {
  const workload = evmWorkload(path, readJson(path));
  const contender = await openOurEvm();
  const { outcome, returnValue, gas } = await (await contender.load(workload)).answer();
  expect({ outcome, returnValue, gas }).toEqual({
    outcome: "ok",
    returnValue: workload.returnValue,
    gas: workload.gasExecution,
  });
});
