import { recoverTransactionAddress, type TransactionSerializedEIP1559, toHex } from "viem";
import { expect, test } from "vitest";
import { signerFromSecret } from "./evm-signer.ts";

test("the signature is the account's, over the payload", async () => {
  const signer = signerFromSecret(new Uint8Array(32).fill(7));
  const payload = {
    type: "eip1559",
    chainId: 1337,
    nonce: 3,
    to: `0x${"11".repeat(20)}`,
    data: "0x1234",
    value: "0",
    gas: "21000",
    maxFeePerGas: "2000000000",
    maxPriorityFeePerGas: "1",
  };
  const unsigned = {
    chain: "eip155:1337",
    encoding: "evm-json",
    payload: JSON.stringify(payload),
  } as const;
  const serializedTransaction = toHex(await signer.sign(unsigned)) as TransactionSerializedEIP1559;
  const address = await recoverTransactionAddress({ serializedTransaction });
  expect(address.toLowerCase()).toBe(signer.address);
});
