import { equalBytes } from "@dragoman/bytes";
import { kzgToVersionedHash, verifyBlobCellProofs, verifyBlobKzgProof } from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";
import type { Rules } from "@dragoman/frontend-evm";

/** What travels beside a transaction with blobs: EIP-4844, since Osaka in the form of EIP-7594. */
export interface BlobSidecar {
  /** "blob": one proof for each blob; "cells": 128 for each. */
  readonly proofKind: "blob" | "cells";
  /** 131,072 bytes each. */
  readonly blobs: readonly Uint8Array[];
  /** 48 bytes each. */
  readonly commitments: readonly Uint8Array[];
  /** 48 bytes each. */
  readonly proofs: readonly Uint8Array[];
}

export const BLOB_BYTES = 131_072;
export const CELLS_PER_BLOB = 128;

/**
 * Checks that blobs are what a transaction names, by the rules of a fork. Since Osaka proofs of whole blobs are taken as well, as geth's RPC does:
 * clients still send them. Faults: INVALID_TRANSACTION, in the words of geth (core/txpool/validation.go), INVALID_BLOB.
 */
export function checkSidecar(
  rules: Pick<Rules, "blobProofs">,
  hashes: readonly Uint8Array[],
  sidecar: BlobSidecar | undefined,
): void {
  if (sidecar === undefined) return invalid("missing sidecar in blob transaction");
  const { proofKind, blobs, commitments, proofs } = sidecar;
  if (proofKind === "cells" && rules.blobProofs === "blob") {
    invalid("unexpected sidecar version, want: 0, got: 1");
  }
  const count = hashes.length;
  const proofCount = proofKind === "cells" ? count * CELLS_PER_BLOB : count;
  if (blobs.length !== count)
    invalid(`invalid number of ${blobs.length} blobs compared to ${count} blob hashes`);
  if (commitments.length !== count) {
    invalid(
      `invalid number of ${commitments.length} blob commitments compared to ${count} blob hashes`,
    );
  }
  if (proofs.length !== proofCount) {
    invalid(`invalid number of ${proofs.length} blob proofs expected ${proofCount}`);
  }
  for (const [index, hash] of hashes.entries()) {
    const computed = kzgToVersionedHash(commitments[index]!);
    if (!equalBytes(computed, hash)) invalid(`blob ${index}: computed hash mismatches transaction`);
  }
  if (!provesBlobs(sidecar)) invalid("invalid blob proof");
}

function provesBlobs({ proofKind, blobs, commitments, proofs }: BlobSidecar): boolean {
  if (proofKind === "cells") return verifyBlobCellProofs(blobs, commitments, proofs);
  return blobs.every((blob, index) =>
    verifyBlobKzgProof(blob, commitments[index]!, proofs[index]!),
  );
}

const invalid = (why: string): never => refuse("INVALID_TRANSACTION", undefined, why);
