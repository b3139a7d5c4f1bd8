import type { JsonValue } from "@dragoman/frontend-move";

/** How a test must fail; what is undefined may be anything. */
export interface ExpectedFailure {
  readonly abortCode?: bigint;
  /** `0xA::m` where it must fail. */
  readonly location?: string;
  /** Name of the status, such as ARITHMETIC_ERROR. */
  readonly status?: string;
  /** Sub-status of a vector operation. */
  readonly minorStatus?: number;
}

/** A function to call on a state of its own. */
export interface UnitTest {
  /** `0xA::m`. */
  readonly module: string;
  readonly function: string;
  /** Addresses of the signers, one for each parameter that is one. */
  readonly signers: readonly string[];
  readonly args: readonly JsonValue[];
  readonly typeArguments: readonly string[];
  /** Undefined: it must succeed. */
  readonly expectedFailure: ExpectedFailure | undefined;
}

/** `0xA::m::f`. */
export const testName = ({ module, function: fn }: UnitTest): string => `${module}::${fn}`;
