import { encodeHex } from "@dragoman/bytes";
import { xxhashAsHex } from "@polkadot/util-crypto";
import fc from "fast-check";
import { expect, test } from "vitest";
import { PALLETS } from "../runtime/runtime.ts";
import { storageKey, storagePrefix } from "./storage-key.ts";
import { twox } from "./xxhash.ts";

test("twox is that of Polkadot's own library", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (data) => {
      expect(encodeHex(twox(data, 64))).toBe(xxhashAsHex(data, 64));
      expect(encodeHex(twox(data, 128))).toBe(xxhashAsHex(data, 128));
    }),
  );
});

test("keys are those that every Substrate chain has", () => {
  // The prefix of System.Account and the key of Alice's account, as any block explorer shows them.
  expect(encodeHex(storagePrefix("System", "Account"))).toBe(
    "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9",
  );
  const alice = Buffer.from(
    "d43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
    "hex",
  );
  expect(encodeHex(storageKey("System", "Account", PALLETS.System.storage.Account, [alice]))).toBe(
    "0x26aa394eea5630e07c48ae0c9558cef7b99d880ec681799c0cf30e8886371da9de1e86a9a8c739864cf3cc5ec2bea59fd43593c715fdd31c61141abd04a99fd6822c8558854ccde39a5684e7a56da27d",
  );
});
