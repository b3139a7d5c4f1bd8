import { FaultError } from "@dragoman/fault";
import { expect, test } from "vitest";
import { decodeInputs, encodeInput } from "./input-log.ts";
import type { LedgerInput } from "./ledger.ts";

const INPUTS: readonly LedgerInput[] = [
  {
    kind: "block",
    timestamp: 1_700_000_000,
    salt: 3,
    transactions: [Uint8Array.of(1, 2), new Uint8Array(0)],
  },
  { kind: "reorg", depth: 2 },
  { kind: "decree", payload: Uint8Array.of(9) },
  { kind: "block", timestamp: 2 ** 40, salt: 0, transactions: [] },
];
const LOG = Uint8Array.from(INPUTS.flatMap((input) => [...encodeInput(input)]));

test("a log gives back the inputs that were written", () => {
  expect(decodeInputs(LOG)).toEqual({ inputs: INPUTS, length: LOG.length });
});

test("a record that is cut short ends the log before it, wherever the cut is", () => {
  const last = encodeInput(INPUTS[3]!).length;
  for (let cut = 1; cut <= last; cut++) {
    const { inputs, length } = decodeInputs(LOG.subarray(0, LOG.length - cut));
    expect(inputs).toEqual(INPUTS.slice(0, 3));
    expect(length).toBe(LOG.length - last);
  }
});

test("a record of an unknown kind is refused", () => {
  expect(() => decodeInputs(Uint8Array.of(1, 0, 0, 0, 7))).toThrow(FaultError);
});
