/** The bytecode verifier: what passes is memory-safe. */
export { checkBounds } from "./bounds.ts";
export { verifyCompatibility } from "./compatibility.ts";
export { keyOfModule } from "./cross-module-types.ts";
export { verifyAcyclic } from "./cyclic-dependencies.ts";
export { type FindModule, isPersistent, verifyDependencies } from "./dependencies.ts";
export { PRODUCTION_LIMITS, type VerifierConfig } from "./verifier-config.ts";
export { verifyModule, verifyScript } from "./verify.ts";
