// Compiles the arithmetic of edwards25519 and writes it, in base64, to ../src/wasm/edwards-binary.ts.
//   node packages/crypto/edwards/build.mjs
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { fieldSource } from "./generate.mjs";

const folder = dirname(fileURLToPath(import.meta.url));

/** Sources by name; the generated one too. */
export function sources() {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith(".ts"))
    .sort();
  const texts = names.map((name) => [name, readFileSync(join(folder, name), "utf8")]);
  return new Map([...texts, ["generated/field.ts", fieldSource()]]);
}

/** SHA-256 over names and contents. */
export function sourceHash(texts) {
  const hash = createHash("sha256");
  for (const [name, text] of texts) hash.update(`${name}\0${text}\0`);
  return hash.digest("hex");
}

/** The module's bytes. */
export async function compile(texts) {
  const { default: asc } = await import("assemblyscript/asc");
  let binary;
  const options = ["-O3", "--converge", "--noAssert", "--runtime", "stub", "--initialMemory", "14"];
  const features = ["--enable", "bulk-memory", "--enable", "simd", "--disable", "nontrapping-f2i"];
  const { error, stderr } = await asc.main(
    ["index.ts", "-o", "edwards.wasm", ...options, ...features],
    {
      readFile: (name) => texts.get(name) ?? null,
      writeFile: (_name, contents) => {
        binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`${stderr}`);
  return binary;
}

/** Text of edwards-binary.ts. */
export function binaryModule(hash, bytes) {
  const lines = Buffer.from(bytes)
    .toString("base64")
    .match(/.{1,96}/g);
  return `// Written by packages/crypto/edwards/build.mjs from the AssemblyScript beside it; do not edit.
/** SHA-256 of the sources. */
export const EDWARDS_SOURCE_HASH =
  "${hash}";
export const EDWARDS_BASE64 =
${lines.map((line) => `  "${line}"`).join(" +\n")};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const texts = sources();
  const bytes = await compile(texts);
  const target = join(folder, "../src/wasm/edwards-binary.ts");
  writeFileSync(target, binaryModule(sourceHash(texts), bytes));
  process.stdout.write(`${bytes.length} bytes\n`);
}
