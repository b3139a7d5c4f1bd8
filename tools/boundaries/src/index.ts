/** Checks layers, cycles and undeclared imports. */
export { check } from "./check.ts";
export { readWorkspace } from "./read.ts";
export type { Import, Project, Workspace } from "./workspace.ts";
