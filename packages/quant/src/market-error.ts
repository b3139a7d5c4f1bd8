/** Numbers of the market's errors, the same in every implementation (SPEC.md, section 5). */
export const MARKET_ERROR = {
  OUT_OF_RANGE: 1,
  ORACLE: 2,
  MARGIN: 3,
  COLLATERAL: 4,
  POOL: 5,
  LIMIT: 6,
  EXPIRY: 7,
  SLOTS: 8,
  NO_POSITION: 9,
  NOT_LIQUIDATABLE: 10,
  NOT_ALLOWED: 11,
  PACKET: 12,
  RECEIPT: 13,
  TIMEOUT: 14,
  ATTESTATION: 15,
  NOT_MOVABLE: 16,
  INITIALISED: 17,
} as const;

/** An action that the market refuses. */
export class MarketError extends Error {
  override readonly name = "MarketError";
  readonly code: number;

  constructor(code: number) {
    super(`market error ${code}`);
    this.code = code;
  }
}

/** Refuses with `code` unless `condition` holds. */
export function require(condition: boolean, code: number): asserts condition {
  if (!condition) throw new MarketError(code);
}
