import { loadSbpf } from "@dragoman/frontend-sbpf";
import { expect, test } from "vitest";
import { sourceHash } from "../build/sbpf.mjs";
import { SVM_SOURCE_HASH } from "./svm-artefacts.ts";
import { svmMarketElf } from "./svm-program.ts";

test("the committed program was made from the committed C", () => {
  expect(SVM_SOURCE_HASH).toBe(sourceHash());
});

test("the program loads by the rules of deployment", () => {
  const { executable } = loadSbpf(svmMarketElf(), { deploy: true });
  expect(executable.version).toBe(0);
});
