import { expect, test } from "vitest";
import { sourceHash } from "../build/evm.mjs";
import { EVM_SOURCE_HASH } from "./evm-artefacts.ts";

test("the committed bytecode was made from the committed Solidity", () => {
  expect(EVM_SOURCE_HASH).toBe(sourceHash());
}, 60_000);
