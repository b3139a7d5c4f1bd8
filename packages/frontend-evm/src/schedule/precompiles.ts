import type { ForkName } from "./forks.ts";

type PrecompileRow = readonly [address: number, name: string, since: ForkName, source: string];

/** Precompiles by address, with the fork that brings each. What later forks change of them is a rule of the schedule. */
export const PRECOMPILES = [
  [0x01, "ecrecover", "frontier", "Yellow Paper, appendix E"],
  [0x02, "sha256", "frontier", "Yellow Paper, appendix E"],
  [0x03, "ripemd160", "frontier", "Yellow Paper, appendix E"],
  [0x04, "identity", "frontier", "Yellow Paper, appendix E"],
  [0x05, "modexp", "byzantium", "EIP-198"],
  [0x06, "bn254Add", "byzantium", "EIP-196"],
  [0x07, "bn254Multiply", "byzantium", "EIP-196"],
  [0x08, "bn254Pairing", "byzantium", "EIP-197"],
  [0x09, "blake2f", "istanbul", "EIP-152"],
  [0x0a, "pointEvaluation", "cancun", "EIP-4844"],
  [0x0b, "blsG1Add", "prague", "EIP-2537"],
  [0x0c, "blsG1Sum", "prague", "EIP-2537"],
  [0x0d, "blsG2Add", "prague", "EIP-2537"],
  [0x0e, "blsG2Sum", "prague", "EIP-2537"],
  [0x0f, "blsPairing", "prague", "EIP-2537"],
  [0x10, "blsMapG1", "prague", "EIP-2537"],
  [0x11, "blsMapG2", "prague", "EIP-2537"],
  [0x100, "p256Verify", "osaka", "EIP-7951"],
] as const satisfies readonly PrecompileRow[];

export type PrecompileName = (typeof PRECOMPILES)[number][1];

/** The highest address of a precompile. */
export const PRECOMPILE_MAX = 0x100;
