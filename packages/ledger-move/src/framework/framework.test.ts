import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { stdlibModules } from "@dragoman/frontend-move";
import { expect, test } from "vitest";
import { FRAMEWORK_ARTEFACTS } from "./artefacts.ts";
import { buildFramework, type FrameworkName } from "./build.ts";
import { frameworkFiles } from "./framework.ts";

const source = (name: FrameworkName) =>
  readFileSync(new URL(`../../framework/${name}.mvir`, import.meta.url), "utf8");

test("the committed files are what the texts assemble to", () => {
  expect(frameworkFiles()).toEqual(buildFramework(stdlibModules(), source));
});

test("the committed hashes are those of the texts", () => {
  for (const [name, hash] of FRAMEWORK_ARTEFACTS) {
    expect(createHash("sha256").update(source(name)).digest("hex"), name).toBe(hash);
  }
});
