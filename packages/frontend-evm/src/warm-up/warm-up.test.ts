import { decodeHex } from "@dragoman/bytes";
import { expect, test } from "vitest";
import { sourceHash } from "../../build/training.mjs";
import { Evm, warmUp } from "../index.ts";
import { TRAINING_CODE, TRAINING_SELECTORS, TRAINING_SOURCE_HASH } from "./training-code.ts";

test("the training code was made from the committed Solidity", () => {
  expect(TRAINING_SOURCE_HASH).toBe(sourceHash());
}, 60_000);

test.each(["interpret", "compile"] as const)(
  "what the training calls succeeds, tier %s",
  (tier) => {
    const evm = new Evm({ tier });
    const to = new Uint8Array(20).fill(7);
    evm.putAccount(to, { code: decodeHex(TRAINING_CODE), balance: 10n });
    const word = (value: bigint) => value.toString(16).padStart(64, "0");
    const call = (name: keyof typeof TRAINING_SELECTORS, ...words: bigint[]) =>
      evm.runCall({ to, data: decodeHex(TRAINING_SELECTORS[name] + words.map(word).join("")) });
    for (const name of ["sums", "signed", "transfers", "trades", "texts", "creations"] as const) {
      expect(call(name, 12n)).toMatchObject({ ok: true });
    }
    const self = BigInt(`0x${"07".repeat(20)}`);
    const { ok, returnValue } = call("calls", self, 4n);
    // Two of the four calls of `fails` fail, with a reason.
    expect([ok, returnValue.at(-1)]).toEqual([true, 2]);
    expect(call("fails", 3n)).toMatchObject({ ok: false, exceptionError: "REVERT" });
  },
);

test("a warm-up leaves the machine as it was and ends by itself", async () => {
  const evm = new Evm();
  await warmUp({ rounds: 2 });
  expect(evm.runCode({ code: decodeHex("602a5f5260205ff3") }).returnValue.at(-1)).toBe(42);
});
