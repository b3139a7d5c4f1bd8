import { encodeHex } from "@dragoman/bytes";
import { createMPT, verifyMerkleProof } from "@ethereumjs/mpt";
import { RLP } from "@ethereumjs/rlp";
import fc from "fast-check";
import { expect, test } from "vitest";
import { integerBytes, integerOf, rlpList, rlpString } from "./rlp.ts";
import {
  orderedRoot,
  type Trie,
  trieFind,
  trieInsert,
  trieProof,
  trieRemove,
  trieRoot,
} from "./trie.ts";

// Few different bytes make long common prefixes, so that all kinds of nodes come up.
const key = fc.array(fc.constantFrom(0, 1, 16, 255), { minLength: 4, maxLength: 4 });
const value = fc.uint8Array({ minLength: 1, maxLength: 40 });
const step = fc.record({ key, value: fc.option(value, { freq: 3, nil: undefined }) });

test("inserting and removing gives the roots of @ethereumjs/mpt", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
      const peer = await createMPT();
      let trie: Trie;
      for (const { key, value } of steps) {
        const at = Uint8Array.from(key);
        trie = value === undefined ? trieRemove(trie, at) : trieInsert(trie, at, { value });
        await (value === undefined ? peer.del(at) : peer.put(at, value));
        expect(encodeHex(trieRoot(trie))).toBe(encodeHex(peer.root()));
        expect(trieFind(trie, at)?.value).toEqual(value);
      }
    }),
    { numRuns: 60 },
  );
});

test("an older root is untouched by later updates", () => {
  const at = (n: number): Uint8Array => Uint8Array.of(n, 7, 7, 7);
  let trie: Trie;
  for (let n = 0; n < 40; n++) trie = trieInsert(trie, at(n), { value: at(n) });
  const before = encodeHex(trieRoot(trie));
  let later: Trie = trie;
  for (let n = 0; n < 40; n++) later = trieRemove(later, at(n));
  expect(later).toBeUndefined();
  expect(encodeHex(trieRoot(trie))).toBe(before);
  expect(trieFind(trie, at(39))?.value).toEqual(at(39));
});

test("a list by index has the root of @ethereumjs/mpt over RLP keys", async () => {
  const values = Array.from({ length: 300 }, (_, n) => new Uint8Array(1 + (n % 50)).fill(n + 1));
  const peer = await createMPT();
  for (const [n, value] of values.entries()) await peer.put(RLP.encode(n), value);
  const root = orderedRoot(values, (n) => rlpString(integerBytes(n)));
  expect(encodeHex(root)).toBe(encodeHex(peer.root()));
});

test("strings, lists and integers are those of @ethereumjs/rlp", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 20 }), (items) => {
      expect(rlpList(items.map(rlpString))).toEqual(RLP.encode(items));
    }),
  );
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: (1n << 256n) - 1n }), (n) => {
      expect(rlpString(integerBytes(n))).toEqual(RLP.encode(n));
      expect(integerOf(integerBytes(n))).toBe(n);
    }),
  );
});

test("proofs of what is there, and of what is not, hold for @ethereumjs/mpt", async () => {
  const entries = fc.uniqueArray(fc.tuple(key, value), {
    selector: ([key]) => key.join(),
    minLength: 1,
  });
  await fc.assert(
    fc.asyncProperty(entries, key, async (entries, other) => {
      let trie: Trie;
      for (const [key, value] of entries) trie = trieInsert(trie, Uint8Array.from(key), { value });
      for (const key of [...entries.map(([key]) => key), other]) {
        const at = Uint8Array.from(key);
        const proof = trieProof(trie, at);
        const proven = await verifyMerkleProof(at, proof, { root: trieRoot(trie) });
        expect(proven ?? undefined).toEqual(trieFind(trie, at)?.value);
      }
    }),
    { numRuns: 40 },
  );
});
