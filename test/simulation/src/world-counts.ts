/** What is counted in a world. */
export const COUNTS = [
  "transfers",
  "received",
  "refunded",
  "crashes",
  "powerLosses",
  "reorganisations",
] as const;

export type WorldCounts = Record<(typeof COUNTS)[number], number>;

export const NOTHING: Readonly<WorldCounts> = {
  transfers: 0,
  received: 0,
  refunded: 0,
  crashes: 0,
  powerLosses: 0,
  reorganisations: 0,
};
