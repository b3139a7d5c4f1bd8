/** Hashes and curves that the machines and ledgers need. */

export {
  isBlsKey,
  isBlsSignature,
  readBlsKey,
  readBlsSignature,
  sumBlsKeys,
  sumBlsSignatures,
  verifyBls,
  verifyBlsPossession,
} from "./algebra/bls-signature.ts";
export { bls12381Algebra, bn254Algebra, type PairingAlgebra } from "./algebra/pairing-algebra.ts";
export type { AlgebraStructure, ElementFormat } from "./algebra/structure.ts";
export { blake2f } from "./blake2f.ts";
export {
  compressArkworksPoint,
  decompressArkworksPoint,
  readArkworksPoint,
} from "./curve/arkworks-point.ts";
export type { CurveGroup } from "./curve/curve-group.ts";
export { bls12381, bn254, checkPairing, type Pairing, pairingProduct } from "./curve/pairing.ts";
export { fromZcashPoint, toZcashPoint } from "./curve/zcash-point.ts";
export { type Curve25519Group, edwards25519, ristretto } from "./curve25519.ts";
export {
  isEd25519Key,
  publicKeyEd25519,
  signEd25519,
  verifyEd25519,
  verifyEd25519OffThread,
} from "./ed25519.ts";
export {
  blake2b256,
  blake2b512,
  blake3,
  ripemd160,
  sha3_256,
  sha3_512,
  sha256,
  sha512,
} from "./hashes.ts";
export { isEd25519Point } from "./is-ed25519-point.ts";
export { keccak256 } from "./keccak.ts";
export {
  blobToKzgCommitment,
  computeBlobKzgProof,
  computeKzgProof,
  verifyBlobKzgProof,
} from "./kzg/blob-proof.ts";
export { type CellsAndProofs, computeCells, computeCellsAndKzgProofs } from "./kzg/cells.ts";
export { verifyBlobCellProofs, verifyCellKzgProofBatch } from "./kzg/verify-cells.ts";
export { kzgToVersionedHash, verifyKzgProof } from "./kzg/verify-kzg-proof.ts";
export { modexp } from "./modexp.ts";
export {
  bitsOf,
  isMultiEd25519Key,
  type MultiEd25519Key,
  readMultiEd25519Key,
  verifyMultiEd25519,
} from "./multi-ed25519.ts";
export { verifyP256 } from "./p256.ts";
export { POSEIDON_INPUTS_MAX, poseidon } from "./poseidon.ts";
export { ristrettoScalars } from "./ristretto-scalars.ts";
export { recoverSecp256k1 } from "./secp256k1.ts";
export { sipHash } from "./sip-hash.ts";
export { verifySecp256k1 } from "./verify-secp256k1.ts";
