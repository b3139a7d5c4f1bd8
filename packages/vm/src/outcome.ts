import { OUTCOME } from "@dragoman/core";

/** Outcomes of the facade and the portal: 0x600 and up. */
export const PORTAL_OUTCOME = {
  /** The payload could not be read. */
  PORTAL_PAYLOAD: 0x600,
  /** The machine already has a frame below: reentrancy across machines is refused. */
  PORTAL_REENTRANCY: 0x601,
  /** No program at the target. */
  PORTAL_TARGET: 0x602,
  /** The caller may not write (EVM static call). */
  PORTAL_STATIC: 0x603,
  /** Not even the portal itself could be paid. */
  PORTAL_GAS: 0x604,
} as const;

const NAMES = new Map<number, string>(
  [...Object.entries(OUTCOME), ...Object.entries(PORTAL_OUTCOME)].map(([name, code]) => [
    code,
    name,
  ]),
);

/** Name of an outcome of the core's or the portal's range; undefined for those of frontends. */
export const outcomeName = (outcome: number): string | undefined => NAMES.get(outcome);
