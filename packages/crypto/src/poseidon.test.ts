import { toBytesBE } from "@dragoman/word";
import { expect, test } from "vitest";
import { poseidon } from "./poseidon.ts";

const ORDER = 0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001n;
const hex = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString("hex");

// anza-xyz/solana-sdk `poseidon/src/lib.rs`, which takes them from circomlib.
const OF_ONES = [
  "29176100eaa962bdc1fe6c654d6a3c130e96a4d1168b33848b897dc502820133",
  "007af346e2d304279e79e0a9f3023f771294a78acb70e73f90afe27cad401e81",
  "02c0066e10a72abd2b33c3b214cb3e81bcb1b6e30961cd23c202b18673bf2543",
  "082c9c370a0d24f4416fbc414a37681f78442d27d86385991c17d6fc0c4b7d71",
  "10389605ae688d4f14db853122c47d66a803c72b41589cb1bf868741b206b9bb",
  "2a73f679328c3eab724aa3e5bdbf50b39035d7729f135b9709890f85c5dc5e76",
  "2276310aa7f3343a284214139d9da959be2a31b2c708a5f81954b265e53a30b8",
  "177e1453c446e1b07d2b4233425147095c4fcabb233d230b6d46a214d95b2884",
  "0e8fee2fe49da30fdeeb48c42ebb44cc6ee7055f61fbca5e313b8a5fca834c47",
  "2ec4c65e6378ab8c7330854f4a7077c1ff9260e44885c4b81dd131ad3a86cd96",
  "00713d41eca635f117d4ecbceb5f3a66dc4142eb70b56765bc358f1bec40bb9b",
  "14390be0baef249bd47c65ddac65c2e52e8513c081c1cd72c98006098e9a8fbe",
];

test.each(OF_ONES.map((hash, index) => [index + 1, hash] as const))(
  "%i ones hash to what circom has",
  (count, hash) => {
    const inputs = Array.from({ length: count }, () => toBytesBE(1n, 32));
    expect(hex(poseidon(inputs))).toBe(hash);
  },
);

test("inputs keep their order, and one hash leaves nothing for the next", () => {
  const [one, two] = [new Uint8Array(32).fill(1), new Uint8Array(32).fill(2)];
  const hash = "0d54e1938f8a8c1c7deb5e0355f26319207b84fe9ca2ce1b26e735c829821990";
  expect(hex(poseidon([one, two]))).toBe(hash);
  expect(hex(poseidon([two, one]))).not.toBe(hash);
  expect(hex(poseidon([one, two]))).toBe(hash);
});

test("an input that is not below the order has no hash", () => {
  expect(poseidon([toBytesBE(ORDER - 1n, 32)])?.length).toBe(32);
  expect(poseidon([toBytesBE(1n, 32), toBytesBE(ORDER, 32)])).toBeUndefined();
});
