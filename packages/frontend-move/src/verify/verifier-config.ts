/** Limits of the verifier, and which features of the format it accepts. */
export interface VerifierConfig {
  /** Enums. */
  readonly enumTypes: boolean;
  /** Access specifiers. */
  readonly accessSpecifiers: boolean;
  /** Function types, closures and attributes of functions. */
  readonly functionValues: boolean;
  readonly loopDepthMax: number;
  readonly parametersMax: number;
  readonly typeParametersMax: number;
  readonly basicBlocksMax: number;
  readonly stackHeightMax: number;
  /** Values that one basic block pushes. */
  readonly pushesMax: number;
  /** Weighted nodes of one type. */
  readonly typeNodesMax: number;
  readonly structDefinitionsMax: number;
  readonly variantsMax: number;
  readonly fieldsMax: number;
  readonly functionDefinitionsMax: number;
  /** Work of the analyses, per function and per module. */
  readonly meterUnitsMax: number;
}

/** The limits with which the public Aptos chain verifies what it publishes. */
export const PRODUCTION_LIMITS: VerifierConfig = {
  enumTypes: true,
  accessSpecifiers: true,
  functionValues: true,
  loopDepthMax: 5,
  parametersMax: 128,
  typeParametersMax: 32,
  basicBlocksMax: 1024,
  stackHeightMax: 1024,
  pushesMax: 10_000,
  typeNodesMax: 256,
  structDefinitionsMax: 200,
  variantsMax: 90,
  fieldsMax: 64,
  functionDefinitionsMax: 1000,
  meterUnitsMax: 8_000_000,
};
