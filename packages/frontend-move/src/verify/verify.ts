import type { CompiledModule, CompiledScript } from "../format/module.ts";
import { verifyAcquires } from "./acquires.ts";
import { checkBounds } from "./bounds.ts";
import { verifyConstants } from "./constants.ts";
import { verifyControlFlow } from "./control-flow.ts";
import { verifyDuplication } from "./duplication.ts";
import { verifyFeatures } from "./features.ts";
import { verifyFriends } from "./friends.ts";
import { type CompiledFile, type FunctionView, functionViews } from "./function-view.ts";
import { verifyInstantiationLoops } from "./instantiation-loops.ts";
import { verifyInstructionConsistency } from "./instruction-consistency.ts";
import { verifyLimits } from "./limits.ts";
import { verifyLocalsSafety } from "./locals-safety.ts";
import { verifyRecursiveStructs } from "./recursive-structs.ts";
import { acquiresByHandle, verifyReferenceSafety } from "./reference-safety.ts";
import { verifySignatures } from "./signatures.ts";
import { verifyStackUsage } from "./stack-usage.ts";
import { TypeArena } from "./type-arena.ts";
import { verifyTypeSafety } from "./type-safety.ts";
import { VerificationMeter } from "./verification-meter.ts";
import { PRODUCTION_LIMITS, type VerifierConfig } from "./verifier-config.ts";

/**
 * Verifies a module on its own; what it imports is for `verifyDependencies`. The passes run in the
 * order of the reference, and each relies on those before it.
 *
 * @throws MoveFault with a status of the 1xxx range, and function and instruction where known.
 */
export function verifyModule(
  module: CompiledModule,
  config: VerifierConfig = PRODUCTION_LIMITS,
): void {
  checkBounds(module);
  const views = verifyDeclarations(module, config);
  verifyConstants(module);
  verifyFriends(module);
  verifyRecursiveStructs(module);
  verifyInstantiationLoops(module);
  verifyFunctions(module, views, config);
}

/**
 * Verifies a script on its own; see {@link verifyModule}.
 *
 * @throws MoveFault with a status of the 1xxx range, and the instruction where known.
 */
export function verifyScript(
  script: CompiledScript,
  config: VerifierConfig = PRODUCTION_LIMITS,
): void {
  checkBounds(script);
  const views = verifyDeclarations(script, config);
  verifyConstants(script);
  verifyFunctions(script, views, config);
}

function verifyDeclarations(file: CompiledFile, config: VerifierConfig): FunctionView[] {
  verifyFeatures(file, config);
  verifyLimits(file, config);
  verifyDuplication(file);
  const views = functionViews(file);
  verifySignatures(file, views);
  for (const view of views) verifyInstructionConsistency(view);
  return views;
}

function verifyFunctions(
  file: CompiledFile,
  views: readonly FunctionView[],
  config: VerifierConfig,
): void {
  const meter = new VerificationMeter(config.meterUnitsMax);
  const types = new TypeArena(file);
  const acquires = file.kind === "module" ? acquiresByHandle(file) : new Map();
  for (const view of views) {
    meter.enterFunction();
    verifyControlFlow(view, config);
    verifyStackUsage(view, config);
    verifyTypeSafety(view, types, meter);
    verifyLocalsSafety(view, types, meter);
    verifyReferenceSafety(view, meter, acquires);
    if (file.kind === "module") verifyAcquires(view, acquires);
    meter.leaveFunction();
  }
}
