import { Account } from "@aptos-labs/ts-sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestNode } from "./testing/test-node.ts";

let node: Awaited<ReturnType<typeof startTestNode>>;
beforeAll(async () => {
  node = await startTestNode({ kind: "demand" });
});
afterAll(() => node.rpc.close());

async function fund(account: Account, amount: number): Promise<string> {
  const response = await fetch(`${node.rpc.url}/fund`, {
    method: "POST",
    body: JSON.stringify({ address: account.accountAddress.toString(), amount }),
  });
  const { txn_hashes } = (await response.json()) as { txn_hashes: [string] };
  return `0x${txn_hashes[0]}`;
}

const balance = (account: Account) =>
  node.aptos.getAccountAPTAmount({ accountAddress: account.accountAddress });

test("a reorganisation moves the head back, and its transactions wait again", async () => {
  const { aptos, develop } = node;
  const alice = Account.generate();
  const hash = await fund(alice, 900);
  expect((await aptos.getTransactionByHash({ transactionHash: hash })).type).toBe(
    "pending_transaction",
  );
  const height = await develop("mine");
  const before = await aptos.getBlockByHeight({ blockHeight: Number(height) });
  expect(await balance(alice)).toBe(900);
  expect(await develop("reorganise", [1])).toBe(Number(height) - 1);
  expect((await aptos.getLedgerInfo()).chain_id).toBe(4);
  expect(await balance(alice)).toBe(0);
  expect((await aptos.getTransactionByHash({ transactionHash: hash })).type).toBe(
    "pending_transaction",
  );
  await expect(aptos.getBlockByHeight({ blockHeight: Number(height) })).rejects.toThrow(
    "block_not_found",
  );
  await develop("mine");
  const after = await aptos.getBlockByHeight({ blockHeight: Number(height) });
  expect(after.block_hash).not.toBe(before.block_hash);
  expect(await balance(alice)).toBe(900);
  await develop("reorganise", [1, true]);
  await develop("mine");
  expect(await balance(alice)).toBe(0);
});

test("wait_by_hash answers as soon as the block is made", async () => {
  const { aptos, develop } = node;
  const hash = await fund(Account.generate(), 5);
  const waiting = aptos.waitForTransaction({ transactionHash: hash });
  await new Promise((resolve) => setTimeout(resolve, 50));
  await develop("mine");
  expect((await waiting).success).toBe(true);
});

test("time goes forward for views at once, and snapshots bring everything back", async () => {
  const { aptos, develop, clock } = node;
  const now = async () =>
    Number((await aptos.view({ payload: { function: "0x1::timestamp::now_seconds" } }))[0]);
  const alice = Account.generate();
  const id = await develop("snapshot");
  await fund(alice, 12);
  await develop("mine");
  const seconds = Number(await develop("increaseTime", [86_400]));
  expect(seconds).toBe(clock.seconds());
  expect(await now()).toBeGreaterThanOrEqual(seconds);
  await develop("restore", [id]);
  expect(await balance(alice)).toBe(0);
  expect(await develop("setBlockMode", [{ kind: "instant" }])).toBe(true);
  await fund(alice, 13);
  expect(await balance(alice)).toBe(13);
  const refused = (await develop("restore", [99])) as { error_code: string };
  expect(refused.error_code).toBe("invalid_input");
});
