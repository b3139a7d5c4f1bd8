import { expect, test } from "vitest";
import { rentExemption } from "./rent-exemption.ts";

/** Data of the sysvar Rent. */
function rentOf(lamports: bigint, years: number): Uint8Array {
  const bytes = new Uint8Array(17);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, lamports, true);
  view.setFloat64(8, years, true);
  return bytes;
}

test.each([
  [3480n, 2, 0, 890_880n],
  [6960n, 1, 0, 890_880n],
  [3480n, 2, 165, 2_039_280n],
  [3480n, 0.1, 0, 44_544n],
  [0n, 2, 0, 0n],
  [1n << 62n, 2, 0, 0n],
  [1n << 56n, 3, 0, (1n << 64n) - 1n],
  [3480n, Number.POSITIVE_INFINITY, 0, (1n << 64n) - 1n],
  [3480n, Number.NaN, 0, 0n],
  [3480n, -1, 0, 0n],
])("%d lamports for %d years exempt %d bytes", (lamports, years, bytes, wanted) => {
  expect(rentExemption(rentOf(lamports, years), bytes)).toBe(wanted);
});

test("agrees with the doubles of this machine", () => {
  const years = [0.1, 1 / 3, 1, 1.7, 2, 1e-9, 12.3456];
  const lamports = [1n, 3480n, 6960n, 12_345_678_901n];
  for (const year of years) {
    for (const each of lamports) {
      for (const bytes of [0, 1, 165, 10_485_760]) {
        const perYear = Number(each * BigInt(bytes + 128));
        const wanted = BigInt(Math.trunc(perYear * year));
        expect(rentExemption(rentOf(each, year), bytes)).toBe(wanted);
      }
    }
  }
});
