import { expect, test } from "vitest";
import { KERNEL_BASE64, KERNEL_SOURCE_HASH } from "./kernel-binary.ts";

interface Build {
  kernelSources(): Map<string, string>;
  sourceHash(sources: Map<string, string>): string;
  compileKernel(sources: Map<string, string>): Promise<Uint8Array>;
}

const script = new URL("../../kernel/build.mjs", import.meta.url).href;

test("building the kernel again gives the committed bytes", async () => {
  const build: Build = await import(script);
  const sources = build.kernelSources();
  expect(build.sourceHash(sources)).toBe(KERNEL_SOURCE_HASH);
  const bytes = await build.compileKernel(sources);
  expect(Buffer.from(bytes).toString("base64")).toBe(KERNEL_BASE64);
}, 180_000);
