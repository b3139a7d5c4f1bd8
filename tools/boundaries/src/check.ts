import { cycles } from "./rules/cycles.ts";
import { imports } from "./rules/imports.ts";
import { layerOrder } from "./rules/layer-order.ts";
import { references } from "./rules/references.ts";
import type { Workspace } from "./workspace.ts";

const RULES = [layerOrder, cycles, imports, references];

/** One sentence for each violation of any rule, in the order of the rules. */
export const check = (workspace: Workspace): string[] => RULES.flatMap((rule) => rule(workspace));
