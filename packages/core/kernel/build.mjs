// Compiles the kernel and writes it, in base64, to ../src/kernel/kernel-binary.ts.
//   node packages/core/kernel/build.mjs
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { compressSource, permuteSource } from "./generate.mjs";

const folder = dirname(fileURLToPath(import.meta.url));

/** Sources by name; the generated ones too. */
export function kernelSources() {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .sort();
  const sources = names.map((name) => [name, readFileSync(join(folder, name), "utf8")]);
  sources.push(["generated/permute.ts", permuteSource()]);
  sources.push(["generated/compress.ts", compressSource()]);
  return new Map(sources);
}

/** SHA-256 over names and contents. */
export function sourceHash(sources) {
  const hash = createHash("sha256");
  for (const [name, text] of sources) hash.update(`${name}\0${text}\0`);
  return hash.digest("hex");
}

/** The module's bytes. */
export async function compileKernel(sources) {
  const { default: asc } = await import("assemblyscript/asc");
  let binary;
  const { error, stderr } = await asc.main(
    [
      "index.ts",
      "-o",
      "kernel.wasm",
      "-O3",
      "--converge",
      "--noAssert",
      "--runtime",
      "stub",
      "--importMemory",
      "--initialMemory",
      "16",
      "--noExportMemory",
      "--memoryBase",
      "1024",
      "--enable",
      "bulk-memory",
      "--enable",
      "simd",
      "--disable",
      "nontrapping-f2i",
    ],
    {
      readFile: (name) => sources.get(name) ?? null,
      writeFile: (_name, contents) => {
        binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${stderr}`);
  return binary;
}

/** Text of kernel-binary.ts. */
export function binaryModule(hash, bytes) {
  const lines = Buffer.from(bytes)
    .toString("base64")
    .match(/.{1,96}/g);
  return `// Written by packages/core/kernel/build.mjs from the AssemblyScript beside it; do not edit.
/** SHA-256 of the sources. */
export const KERNEL_SOURCE_HASH =
  "${hash}";
export const KERNEL_BASE64 =
${lines.map((line) => `  "${line}"`).join(" +\n")};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const sources = kernelSources();
  const bytes = await compileKernel(sources);
  const target = join(folder, "../src/kernel/kernel-binary.ts");
  writeFileSync(target, binaryModule(sourceHash(sources), bytes));
  process.stdout.write(`${bytes.length} bytes\n`);
}
