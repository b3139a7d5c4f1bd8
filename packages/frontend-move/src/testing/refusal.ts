import { assembleUnit } from "../asm/assemble.ts";
import type { CompiledModule } from "../format/module.ts";
import { MoveFault } from "../format/move-fault.ts";
import { PRODUCTION_LIMITS, type VerifierConfig } from "../verify/verifier-config.ts";
import { verifyModule, verifyScript } from "../verify/verify.ts";

/**
 * What the verifier says of a text: `accepted`, or the status with function and instruction where
 * they are known, as in `TYPE_MISMATCH 0:3`.
 */
export function verdictOn(text: string): string {
  const unit = assembleUnit(text);
  return verdictOf(() => (unit.kind === "module" ? verifyModule(unit) : verifyScript(unit)));
}

/** The verdict on a module that no text can describe. */
export function verdictOnModule(
  module: CompiledModule,
  config: VerifierConfig = PRODUCTION_LIMITS,
): string {
  return verdictOf(() => verifyModule(module, config));
}

function verdictOf(verify: () => void): string {
  try {
    verify();
    return "accepted";
  } catch (error) {
    if (!(error instanceof MoveFault)) throw error;
    const { function: index, pc } = error.place;
    if (index === undefined) return error.status;
    return pc === undefined ? `${error.status} ${index}` : `${error.status} ${index}:${pc}`;
  }
}

/** The verdict on a function `f` with these parameters and results, and this bytecode body. */
export function verdictOnBody(head: string, body: string, structs = ""): string {
  return verdictOn(`module 0x1.m { ${structs} f${head} bytecode { ${body} } }`);
}
