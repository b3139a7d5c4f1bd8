import { Account, isUserTransactionResponse } from "@aptos-labs/ts-sdk";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startTestNode } from "./testing/test-node.ts";

let node: Awaited<ReturnType<typeof startTestNode>>;
beforeAll(async () => {
  node = await startTestNode();
});
afterAll(() => node.rpc.close());

test("ts-sdk builds, simulates and sends a transaction with a nonce", async () => {
  const { aptos } = node;
  const [alice, bob] = [Account.generate(), Account.generate()];
  await aptos.fundAccount({ accountAddress: alice.accountAddress, amount: 10_000_000_000 });
  const transaction = await aptos.transaction.build.simple({
    sender: alice.accountAddress,
    data: {
      function: "0x1::aptos_account::transfer",
      functionArguments: [bob.accountAddress, 12],
    },
    options: { replayProtectionNonce: 77n },
  });
  const [simulated] = await aptos.transaction.simulate.simple({
    signerPublicKey: alice.publicKey,
    transaction,
  });
  expect(simulated?.vm_status).toBe("Executed successfully");
  const { hash } = await aptos.signAndSubmitTransaction({ signer: alice, transaction });
  const done = await aptos.waitForTransaction({ transactionHash: hash });
  if (!isUserTransactionResponse(done)) throw new Error("a transaction of a user");
  expect(done).toMatchObject({
    replay_protection_nonce: "77",
    payload: { type: "entry_function_payload", function: "0x1::aptos_account::transfer" },
  });
  expect(await aptos.getAccountAPTAmount({ accountAddress: bob.accountAddress })).toBe(12);
  const info = await aptos.getAccountInfo({ accountAddress: alice.accountAddress });
  expect(info.sequence_number).toBe("0");
  const again = await aptos.transaction.build.simple({
    sender: alice.accountAddress,
    data: { function: "0x1::aptos_account::transfer", functionArguments: [bob.accountAddress, 13] },
    options: { replayProtectionNonce: 77n },
  });
  await expect(
    aptos.signAndSubmitTransaction({ signer: alice, transaction: again }),
  ).rejects.toThrow(/NONCE_ALREADY_USED/);
});
