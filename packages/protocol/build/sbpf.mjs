// Compiles and links the market in C and writes src/svm-artefacts.ts: `npx tsc -b tools/sbpf-link && node packages/protocol/build/sbpf.mjs`.
// Needs clang 19 (Debian: clang-19); another one by the variable CLANG.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = new URL("../sbpf/", import.meta.url);
/** sBPF v0, so `-mcpu=v2`: every cluster loads it. Frames are 4 KiB; pointers to packed fields are read as what they are. */
const FLAGS = [
  ..."-target bpf -mcpu=v2 -std=c11 -O2 -Wall -Wextra -Werror".split(" "),
  ..."-ffreestanding -fno-builtin -fno-strict-aliasing -mllvm -bpf-stack-size=4096".split(" "),
];
const VERSION = 0;

/** SHA-256 over the compiler's flags and names and contents of the sources. */
export function sourceHash() {
  const hash = createHash("sha256").update(FLAGS.join(" "));
  const files = readdirSync(folder).filter((name) => /\.[ch]$/.test(name));
  for (const file of files.sort()) hash.update(file).update(readFileSync(new URL(file, folder)));
  return hash.digest("hex");
}

/** Text of src/svm-artefacts.ts. */
export async function artefacts() {
  const { linkObject } = await import("../../../tools/sbpf-link/dist/index.js");
  const clang = process.env.CLANG ?? "clang-19";
  const work = mkdtempSync(join(tmpdir(), "market-"));
  try {
    const object = join(work, "market.o");
    const source = fileURLToPath(new URL("market.c", folder));
    execFileSync(clang, [...FLAGS, "-c", source, "-o", object], { stdio: "inherit" });
    const elf = linkObject(new Uint8Array(readFileSync(object)), VERSION);
    return [
      "// tidy: generated. biome-ignore-all format: written by a program",
      "// Written by packages/protocol/build/sbpf.mjs from packages/protocol/sbpf; do not edit.",
      `export const SVM_SOURCE_HASH = "${sourceHash()}";`,
      `/** ELF of the market, sBPF v${VERSION}. */`,
      `export const SVM_MARKET_BASE64 =\n  "${Buffer.from(elf).toString("base64")}";`,
      "",
    ].join("\n");
  } finally {
    rmSync(work, { recursive: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL("../src/svm-artefacts.ts", import.meta.url), await artefacts());
}
