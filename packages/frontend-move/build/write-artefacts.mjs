// Rebuilds artefacts.ts from the texts beside it, after a build of the package:
//   node packages/frontend-move/build/write-artefacts.mjs
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { buildStdlib } from "../dist/stdlib/build.js";

const FOLDER = new URL("../src/stdlib/", import.meta.url);
const source = (name) => readFileSync(new URL(`${name}.mvir`, FOLDER), "utf8");
const lines = ["// tidy: table", "// Written by build/write-artefacts.mjs; do not edit."];
lines.push('import type { StdlibRow } from "./build.ts";', "");
lines.push("/** The modules of the standard library, built. */");
lines.push("export const STDLIB_ARTEFACTS: readonly StdlibRow[] = [");
for (const [name, bytes] of buildStdlib(source)) {
  const hash = createHash("sha256").update(source(name)).digest("hex");
  lines.push(
    `  [\n    "${name}",\n    "${hash}",\n    "${Buffer.from(bytes).toString("base64")}",\n  ],`,
  );
}
lines.push("];", "");
writeFileSync(new URL("artefacts.ts", FOLDER), lines.join("\n"));
