/** The records of the oracle pack: see the fixtures' README, section move. */
export interface OracleCase {
  readonly id: string;
  readonly group: string;
  /** `0xADDR::name` of what the case needs; modules at 0x1 are the machine's own. */
  readonly modules: readonly string[];
  readonly steps: readonly OracleStep[];
}

export interface OracleStep {
  readonly kind: "call" | "entry";
  /** `0xADDR::module::function`. */
  readonly call: string;
  readonly typeArgs: readonly string[];
  readonly args: readonly { readonly type: string; readonly value: unknown }[];
  /** Hex of the BCS of each argument. */
  readonly argsBcs: readonly string[];
  readonly sender?: string;
  readonly expect: OracleExpectation;
  /** Hex of address and StructTag -> hex of the resource. */
  readonly stateAfter?: Readonly<Record<string, string>>;
}

export interface OracleExpectation {
  readonly ok: boolean;
  readonly ret?: unknown;
  readonly status?: string;
  /** Abort code, in decimal. */
  readonly code?: string;
  readonly sub?: number;
  readonly location?: string;
  readonly func?: number;
  readonly offset?: number;
}

/** Whether a line of a pack has the form of an oracle case. */
export function isOracleCase(value: unknown): value is OracleCase {
  return typeof value === "object" && value !== null && "steps" in value && "modules" in value;
}
