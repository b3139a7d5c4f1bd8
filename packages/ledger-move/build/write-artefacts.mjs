// Rebuilds src/framework/artefacts.ts from framework/*.mvir, after a build of the package:
//   node packages/ledger-move/build/write-artefacts.mjs
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { stdlibModules } from "@dragoman/frontend-move";
import { buildFramework } from "../dist/framework/build.js";

const source = (name) =>
  readFileSync(new URL(`../framework/${name}.mvir`, import.meta.url), "utf8");
const lines = ["// tidy: table", "// Written by build/write-artefacts.mjs; do not edit."];
lines.push('import type { FrameworkRow } from "./build.ts";', "");
lines.push("/** The modules of the framework, built. */");
lines.push("export const FRAMEWORK_ARTEFACTS: readonly FrameworkRow[] = [");
for (const [name, bytes] of buildFramework(stdlibModules(), source)) {
  const hash = createHash("sha256").update(source(name)).digest("hex");
  lines.push(
    `  [\n    "${name}",\n    "${hash}",\n    "${Buffer.from(bytes).toString("base64")}",\n  ],`,
  );
}
lines.push("];", "");
writeFileSync(new URL("../src/framework/artefacts.ts", import.meta.url), lines.join("\n"));
