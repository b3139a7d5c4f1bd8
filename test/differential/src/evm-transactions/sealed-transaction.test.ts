import { encodeHex } from "@dragoman/bytes";
import { decodeTransaction } from "@dragoman/ledger-evm";
import { parseTransaction } from "viem";
import { expect, test } from "vitest";
import { addressHex } from "./block-case.ts";
import { KEY_ADDRESSES, sealTransaction, type TransactionPlan } from "./sealed-transaction.ts";

const zeroHash = Uint8Array.from(
  Buffer.from("010657f37554c781402a22917dee2f75def7ab966d7b770905398eba3c444014", "hex"),
);
const plan: TransactionPlan = {
  type: 2,
  chainId: 1n,
  nonce: 3n,
  maxFee: 10n,
  maxPriorityFee: 2n,
  gasLimit: 50_000n,
  to: 0xabcn,
  value: 7n,
  data: Uint8Array.of(1, 2),
  accessList: [],
  authorizations: [],
  blobHashes: [],
  maxBlobFee: 0n,
  key: 1,
  flaw: "none",
  note: "",
};

test.each([0, 1, 2, 3, 4] as const)("type %i reads back by viem and by our ledger", (type) => {
  const authorization = { chainId: 1n, address: 5n, nonce: 9n, key: 2, flaw: "none" } as const;
  const special =
    type === 3
      ? { blobHashes: [zeroHash], maxBlobFee: 4n }
      : type === 4
        ? { authorizations: [authorization] }
        : {};
  const { raw } = sealTransaction({ ...plan, ...special, type }, "osaka");
  const parsed = parseTransaction(encodeHex(raw));
  expect(parsed).toMatchObject({ nonce: 3, gas: 50_000n, to: addressHex(0xabcn), value: 7n });
  const decoded = decodeTransaction(raw);
  expect(encodeHex(decoded.sender)).toBe(addressHex(KEY_ADDRESSES[1] as bigint));
});

test.each(["prague", "osaka"] as const)(
  "our ledger takes the sidecar of zero blobs in %s",
  (fork) => {
    const blobs = { type: 3, blobHashes: [zeroHash, zeroHash], maxBlobFee: 4n } as const;
    const { raw, wrapped } = sealTransaction({ ...plan, ...blobs }, fork);
    const decoded = decodeTransaction(wrapped?.() as Uint8Array);
    expect(encodeHex(decoded.hash)).toBe(encodeHex(decodeTransaction(raw).hash));
    expect(decoded.sidecar?.blobs.length).toBe(2);
  },
);
