import { expect, test } from "vitest";
import { sipHash } from "./sip-hash.ts";

/** Key and messages of the paper's appendix A: 00 01 02 … */
const KEY = [0x0706050403020100n, 0x0f0e0d0c0b0a0908n] as const;
const message = (size: number): Uint8Array => Uint8Array.from({ length: size }, (_, at) => at);

test("SipHash gives the paper's value, and the first of its authors' vectors", () => {
  expect(sipHash(message(15), KEY)).toBe(0xa129ca6149be45e5n);
  expect(sipHash(message(0), KEY)).toBe(0x726fdb47dd0e0e31n);
  expect(sipHash(message(1), KEY)).toBe(0x74f839c593dc67fdn);
});

test("every byte counts, at every length", () => {
  for (let size = 1; size < 40; size++) {
    const changed = message(size);
    changed[size - 1] = 0xff;
    expect(sipHash(changed, KEY)).not.toBe(sipHash(message(size), KEY));
  }
});
