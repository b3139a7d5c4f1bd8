import { MoveFault } from "../format/move-fault.ts";
import type { CompiledFile } from "./function-view.ts";
import type { VerifierConfig } from "./verifier-config.ts";

/** The file uses no part of the language that the chain has not switched on. */
export function verifyFeatures(file: CompiledFile, config: VerifierConfig): void {
  if (!config.accessControl) {
    const index = file.functionHandles.findIndex(({ accesses }) => accesses !== undefined);
    if (index >= 0) refuse("functionHandles", index, "access specifiers are not switched on");
  }
  if (config.enums || file.kind === "script") return;
  const index = file.structDefinitions.findIndex(({ layout }) => layout.tag === "variants");
  if (index >= 0) refuse("structDefinitions", index, "enums are not switched on");
}

function refuse(table: string, index: number, sentence: string): never {
  throw new MoveFault("FEATURE_NOT_ENABLED", { table, index }, sentence);
}
