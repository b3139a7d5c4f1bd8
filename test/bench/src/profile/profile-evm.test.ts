import { LinearMemory } from "@dragoman/core";
import { expect, test } from "vitest";
import { loadOurEvm } from "../ours/evm.ts";
import { evmWorkload } from "../workload/evm.ts";
import { countHostCalls } from "./count-host-calls.ts";
import { countInstructions } from "./count-instructions.ts";
import { sampleTime } from "./sample-time.ts";

const CALLER = `0x${"11".repeat(20)}`;
const CONTRACT = `0x${"22".repeat(20)}`;

/** Three times: balance of the caller, dropped; then stop. */
const WORKLOAD = evmWorkload("balances", {
  name: "balances",
  from: CALLER,
  to: CONTRACT,
  calldata: "0x",
  accounts: { [CONTRACT]: "0x33315033315033315000" },
});

test("instructions are counted by name", async () => {
  const { total, byName } = await countInstructions(WORKLOAD);
  expect(total).toBe(10);
  expect(new Map(byName)).toEqual(
    new Map([
      ["caller", 3],
      ["balance", 3],
      ["pop", 3],
      ["stop", 1],
    ]),
  );
});

test("host calls of a compiled run are counted, and the table is as before", async () => {
  const counts = { total: 3, byName: [["evm.balance", 3]] };
  expect(await countHostCalls(WORKLOAD)).toEqual(counts);
  expect(await countHostCalls(WORKLOAD)).toEqual(counts);
});

test("time is sampled by parts of the machine", async () => {
  const { total, byName } = await sampleTime(
    loadOurEvm(WORKLOAD, { memory: new LinearMemory() }),
    100,
  );
  expect(total).toBe(byName.reduce((sum, [, count]) => sum + count, 0));
  expect(byName.map(([part]) => part)).toContain("core/engine");
});
