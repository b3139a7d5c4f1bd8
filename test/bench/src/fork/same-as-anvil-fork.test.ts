import { Random } from "@dragoman/core/testing";
import { encodeFunctionData, type Hex, maxUint256 } from "viem";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type AnvilProcess, findAnvil } from "../peer/anvil-process.ts";
import { DEPLOYER, type Deployed, Deployment } from "../protocol/deployment.ts";
import { HOW_TO_GET, missingPackages } from "../protocol/packages.ts";
import { deployToken } from "../protocol/tokens.ts";
import type { ProtocolNode } from "../protocol/twin-nodes.ts";
import { uniswapV2 } from "../protocol/uniswap-v2.ts";
import { openUpstream, whileDead } from "./fork-nodes.ts";
import { RandomOrders } from "./random-orders.ts";
import { TOOLBOX, toolCall } from "./toolbox.ts";
import { logForm, TwinForks } from "./twin-forks.ts";

const found = findAnvil();
const missing = missingPackages(uniswapV2.packages);
/** Random calls and transactions. */
const COUNT = Number(process.env.FORK_COUNT ?? 100);
const SEED = Number(process.env.FORK_SEED ?? 20);
const MS_MAX = 60_000 + COUNT * 100;
const ETHER = 10n ** 18n;
const owner = DEPLOYER.address;
/** Somebody who has nothing upstream but tokens and ether. */
const HOLDER: Hex = `0x${"a1".repeat(20)}`;
const NOBODY: Hex = `0x${"0e".repeat(20)}`;

let upstream: AnvilProcess & ProtocolNode;
let twins: TwinForks;
let token: Deployed;
let toolbox: Hex;
let swap: { readonly to: Hex; readonly data: Hex } | undefined;

beforeAll(async () => {
  if ("absent" in found) return;
  upstream = await openUpstream(found.binary, owner);
  const on = new Deployment([upstream]);
  token = await deployToken(on, "FORKED");
  await on.send(token, "mint", [HOLDER, 500n]);
  toolbox = (await on.deploy({ name: "Toolbox", abi: [], bytecode: TOOLBOX, places: new Map() }))
    .address;
  for (const slot of [1n, 2n, 3n]) {
    const data = toolCall("STORE", slot, 100n + slot);
    await on.transact("storing", { to: toolbox, data });
  }
  await on.transact("logging", { to: toolbox, data: toolCall("LOG", 77n, 1n) });
  await upstream.rpc.request("anvil_setBalance", HOLDER, `0x${(5000n * ETHER).toString(16)}`);
  await upstream.rpc.request("anvil_mine", "0x8");
  if (missing.length === 0) swap = await uniswapV2.deploy(on);
  const block = Number(await upstream.rpc.request("eth_blockNumber"));
  // What comes later upstream must not be seen.
  await on.transact("storing", { to: toolbox, data: toolCall("STORE", 1n, 999n) });
  await on.transact("logging", { to: toolbox, data: toolCall("LOG", 77n, 2n) });
  twins = await TwinForks.open(found.binary, upstream.url, block);
}, 120_000);

afterAll(async () => {
  await twins?.stop();
  await upstream?.stop();
});

/** A test that needs anvil. */
function forked(name: string, run: () => Promise<void>): void {
  test(
    name,
    async () => {
      if ("absent" in found) return console.log(`${name}: ${found.absent}`);
      await run();
    },
    MS_MAX,
  );
}

const tool = (...call: Parameters<typeof toolCall>) => ({
  from: owner as Hex,
  to: toolbox,
  data: toolCall(...call),
});
const tokenCall = (from: Hex, functionName: string, args: readonly unknown[]) => ({
  from,
  to: token.address,
  data: encodeFunctionData({ abi: token.abi, functionName, args }),
});

describe("our fork of anvil is like anvil's fork of it", () => {
  forked("for a slot that is set upstream and becomes zero, and comes back", async () => {
    expect(await twins.slot(toolbox, 1n)).toBe(101n);
    expect((await twins.send(tool("STORE", 1n, 0n))).status).toBe("0x1");
    expect(await twins.slot(toolbox, 1n)).toBe(0n);
    await twins.send(tool("STORE", 1n, 5n));
    await twins.send(tool("UNDO", 2n, 6n));
    expect(await twins.account(toolbox, [0n, 1n, 2n, 3n])).toEqual(
      expect.arrayContaining([5n, 102n, 103n]),
    );
  });

  forked("for tokens", async () => {
    const { logs } = await twins.send(tokenCall(HOLDER, "transfer", [NOBODY, 200n]));
    expect(logs).toHaveLength(1);
    expect((await twins.send(tokenCall(HOLDER, "transfer", [NOBODY, 301n]))).status).toBe("0x0");
    await twins.send(tokenCall(HOLDER, "approve", [owner, maxUint256]));
    await twins.send(tokenCall(owner, "transferFrom", [HOLDER, owner, 300n]));
    for (const holder of [HOLDER, NOBODY, owner] as const) {
      await twins.call(tokenCall(owner, "balanceOf", [holder]));
    }
    const left = await twins.call(tokenCall(owner, "balanceOf", [HOLDER]));
    expect(left).toEqual({ result: `0x${"0".repeat(64)}` });
  });

  forked("for swaps in a pool of Uniswap v2", async () => {
    if (swap === undefined) return console.log(`no ${missing}; ${HOW_TO_GET}`);
    const order = { from: owner, ...swap };
    for (let turn = 0; turn < 3; turn++) {
      const answer = await twins.call(order);
      expect("result" in answer && String(answer.result).length).toBe(2 + 4 * 64);
      const { status, logs, gasUsed } = await twins.send(order);
      expect([status, logs.length]).toEqual(["0x1", 4]);
      expect(Number(gasUsed)).toBeGreaterThan(80_000);
    }
  });

  forked("for ether, an account that does not exist, and one that comes to be", async () => {
    expect(await twins.account(NOBODY, [0n])).toEqual(["0x0", "0x0", "0x", 0n]);
    await twins.call(tool("LOOK", BigInt(NOBODY)));
    await twins.send({ from: HOLDER, to: NOBODY, value: ETHER });
    await twins.call(tool("LOOK", BigInt(NOBODY)));
    await twins.send({ ...tool("FORWARD", BigInt(NOBODY)), value: 7n });
    expect(await twins.account(NOBODY)).toEqual([`0x${(ETHER + 7n).toString(16)}`, "0x0", "0x"]);
    await twins.account(HOLDER);
  });

  forked("for creations and self-destructs", async () => {
    const { created, status } = await twins.send({ from: HOLDER, data: TOOLBOX });
    expect(status).toBe("0x1");
    await twins.send({ from: HOLDER, to: created, data: toolCall("STORE", 4n, 4n) });
    expect(await twins.slot(created!, 4n)).toBe(4n);
    await twins.send({ ...tool("CREATE"), value: 3n });
    await twins.send({ ...tool("FLASH"), value: 3n });
    for (const address of [created!, toolbox]) {
      const before = await twins.account(address, [1n, 4n]);
      await twins.send({ from: HOLDER, to: address, data: toolCall("DESTROY"), value: 9n });
      // EIP-6780: what was not created in the same transaction only loses its ether.
      const after = await twins.account(address, [1n, 4n]);
      expect(after.slice(1)).toEqual(before.slice(1));
      expect(after[0]).toBe("0x0");
    }
  });

  forked("for hashes of blocks below the fork, and none that are too old", async () => {
    for (const back of [0, 1, 2, 5, 10]) {
      const answer = await twins.call(tool("BLOCK_HASH", BigInt(twins.block - back)));
      const { hash } = (await upstream.rpc.request(
        "eth_getBlockByNumber",
        `0x${(twins.block - back).toString(16)}`,
        false,
      )) as { hash: Hex };
      expect(answer).toEqual({ result: hash });
    }
    await twins.call(tool("BLOCK_HASH", BigInt(twins.block + 5000)));
  });

  forked("for snapshots", async () => {
    const before = await twins.account(toolbox, [1n, 2n, 9n]);
    const ids = new Map<ProtocolNode, unknown>();
    for (const node of [twins.ours, twins.anvil]) {
      ids.set(node, await node.rpc.request("evm_snapshot"));
    }
    await twins.send(tool("STORE", 2n, 0n));
    await twins.send(tool("STORE", 9n, 1n));
    expect(await twins.account(toolbox, [1n, 2n, 9n])).not.toEqual(before);
    for (const [{ rpc }, id] of ids) expect(await rpc.request("evm_revert", id)).toBe(true);
    expect(await twins.account(toolbox, [1n, 2n, 9n])).toEqual(before);
    await twins.result("eth_blockNumber");
  });

  forked("for logs on both sides of the fork", async () => {
    await twins.send(tool("LOG", 77n, 3n));
    const filter = { address: toolbox, fromBlock: "0x0", toBlock: "latest" };
    const answer = await twins.ask("eth_getLogs", [filter], (logs) =>
      (logs as Parameters<typeof logForm>[0][]).map(logForm),
    );
    const data = (answer as { result: { data: Hex }[] }).result.map((log) => BigInt(log.data));
    expect(data).toEqual([1n, 3n]);
  });

  forked("for random calls and transactions", async () => {
    const random = new RandomOrders(new Random(SEED), {
      people: [owner, HOLDER],
      toolbox,
      token,
      forkedBlock: twins.block,
    });
    const ended = { calls: 0, done: 0, reverted: 0 };
    for (let left = COUNT; left > 0; left--) {
      const { isCall, order } = random.next();
      if (isCall) {
        await twins.call(order);
        ended.calls += 1;
        continue;
      }
      const { status, created } = await twins.send(order);
      if (status === "0x1") ended.done += 1;
      else ended.reverted += 1;
      if (created !== undefined && status === "0x1") random.toolboxes.push(created);
    }
    const slots = Array.from({ length: 8 }, (_, slot) => BigInt(slot));
    for (const address of random.toolboxes) await twins.account(address, slots);
    for (const address of random.people) await twins.account(address);
    await twins.account(token.address, slots);
    console.log(`seed ${SEED}: ${JSON.stringify(ended)}`);
    expect(ended.calls).toBeGreaterThan(COUNT / 5);
    expect(ended.done).toBeGreaterThan(COUNT / 5);
    expect(ended.reverted).toBeGreaterThan(0);
  });

  forked(
    "after the node below died: calls and transactions fail, and go well when it is back",
    async () => {
      if ("absent" in found) return;
      const [look, store] = [tool("LOOK", 0xabcdn), tool("STORE", 60n, 6n)];
      const { rpc } = twins.ours;
      const why = /was asked .* did not answer/;
      upstream = await whileDead(found.binary, upstream, async () => {
        await expect(rpc.request("eth_call", look, "latest")).rejects.toThrow(why);
        await rpc.request("anvil_impersonateAccount", store.from);
        const tx = { ...store, gas: "0x100000", gasPrice: "0x174876e800" };
        await expect(rpc.request("eth_sendTransaction", tx)).rejects.toThrow(why);
        await twins.slot(toolbox, 1n);
      });
      await twins.call(look);
      // Nothing of the one that failed is left: this one has its nonce.
      expect((await twins.send(store)).status).toBe("0x1");
      expect(await twins.slot(toolbox, 60n)).toBe(6n);
    },
  );
});
