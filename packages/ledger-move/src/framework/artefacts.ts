// tidy: table
import type { FrameworkRow } from "./build.ts";
export const FRAMEWORK_ARTEFACTS: readonly FrameworkRow[] = [];
