import { afterAll, describe, expect, it } from "vitest";
import { type Contender, isAbsent, type Opener } from "../contender.ts";
import { type EvmAnswer, type EvmWorkload, evmWorkload } from "../workload/evm.ts";
import { openAnvil } from "./anvil.ts";
import { openEdr } from "./edr.ts";
import { openEthereumJs } from "./ethereumjs.ts";

const CALLER = `0x${"11".repeat(20)}`;
const CONTRACT = `0x${"22".repeat(20)}`;

/** sstore(0, sload(0) + 1), then returns what it stored; slot 0 begins as 41. */
const COUNTER = evmWorkload("counter", {
  name: "counter",
  from: CALLER,
  to: CONTRACT,
  calldata: "0x",
  accounts: { [CONTRACT]: "0x5f54600101805f555f5260205ff3" },
  storage: { [CONTRACT]: { "0x0": "0x29" } },
});

const opened: Contender<EvmWorkload, EvmAnswer>[] = [];
afterAll(() => Promise.all(opened.map((peer) => peer.close())));

const OPENERS: readonly (readonly [string, Opener<EvmWorkload, EvmAnswer>])[] = [
  ["anvil", openAnvil],
  ["EDR", openEdr],
  ["@ethereumjs/evm", openEthereumJs],
];

describe("EVM peers", () => {
  it.each(OPENERS)("%s answers alike however often it ran", async (name, open) => {
    const peer = await open();
    if (isAbsent(peer)) return console.log(`${name} is absent: ${peer.absent}`);
    opened.push(peer);
    const loaded = await peer.load(COUNTER);
    await loaded.once();
    const answer = await loaded.answer();
    expect(answer).toMatchObject({
      outcome: "ok",
      returnValue: `0x${"2a".padStart(64, "0")}`,
      // push0 2, sload 2100, push1 3, add 3, dup1 3, push0 2, sstore 2900, push0 2, mstore 6,
      // push1 3, push0 2, return 0
      gas: 5026n,
    });
    expect(await loaded.once()).toBeLessThan(1000);
  });
});
