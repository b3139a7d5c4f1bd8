import { fileURLToPath } from "node:url";
import { check } from "./check.ts";
import { readWorkspace } from "./read.ts";

const workspace = readWorkspace(fileURLToPath(new URL("../../..", import.meta.url)));
const violations = check(workspace);
for (const violation of violations) console.error(violation);
const imports = workspace.projects.reduce((sum, { imports }) => sum + imports.length, 0);
console.log(
  `${workspace.projects.length} packages, ${imports} imports, ${violations.length} violations`,
);
process.exitCode = violations.length === 0 ? 0 : 1;
