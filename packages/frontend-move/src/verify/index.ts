/** The bytecode verifier: what passes is memory-safe. */
export { checkBounds } from "./bounds.ts";
export { verifyAcyclic } from "./cyclic-dependencies.ts";
export { type FindModule, keyOfModule, verifyDependencies } from "./dependencies.ts";
export { PRODUCTION_LIMITS, type VerifierConfig } from "./verifier-config.ts";
export { verifyModule, verifyScript } from "./verify.ts";
