import fc from "fast-check";
import { expect, test } from "vitest";
import { encodeHex } from "./hex.ts";
import { holdsKey, KeyMap } from "./key-map.ts";

/** Keys that often have their first bytes in common. */
const key = fc
  .tuple(fc.integer({ min: 0, max: 3 }), fc.uint8Array({ minLength: 27, maxLength: 27 }))
  .map(([first, rest]) => Uint8Array.of(first, 0, 0, 0, first & 1, ...rest));

test("a map of keys answers as one of their hex text", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, fc.integer())), fc.array(key), (entries, others) => {
      const ours = new KeyMap(entries);
      const wanted = new Map(entries.map(([bytes, value]) => [encodeHex(bytes), value]));
      expect(ours.size).toBe(wanted.size);
      for (const bytes of [...others, ...entries.map(([bytes]) => bytes)]) {
        expect(ours.get(bytes)).toBe(wanted.get(encodeHex(bytes)));
        const inside = Uint8Array.of(9, ...bytes, 9);
        expect(ours.get(inside, 1)).toBe(wanted.get(encodeHex(bytes)));
        expect(holdsKey(inside, 1, bytes)).toBe(true);
      }
    }),
  );
});

test("a key that is changed afterwards does not change the map", () => {
  const bytes = new Uint8Array(32);
  const map = new KeyMap([[bytes, "zero"]]);
  bytes[31] = 1;
  expect([map.has(bytes), map.get(new Uint8Array(32))]).toEqual([false, "zero"]);
  map.clear();
  expect(map.size).toBe(0);
});
