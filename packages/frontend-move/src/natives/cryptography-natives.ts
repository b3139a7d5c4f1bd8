// tidy: table
import type { HostFunction } from "@dragoman/core";
import type { MoveType } from "../layout/move-type.ts";
import * as algebra from "./algebra.ts";
import * as bls from "./bls-signature.ts";
import * as digest from "./digest.ts";
import { type Native, type NativeRow, plain } from "./native.ts";
import * as ristretto from "./ristretto.ts";
import * as signature from "./signature.ts";

/** A native of the structures that its type arguments name. */
const ofTypes = (make: (types: readonly MoveType[]) => HostFunction): Native => ({ host: make });

const BYTES = "vector<u8>";
const POINT = "&0x1::ristretto255::RistrettoPoint";
const digestRow = (name: string, host: HostFunction): NativeRow => [
  `aptos_hash::${name}`,
  `(${BYTES}): ${BYTES}`,
  plain(host),
];
const algebraRow = (name: string, declaration: string, make: Parameters<typeof ofTypes>[0]) =>
  [`crypto_algebra::${name}_internal`, declaration, ofTypes(make)] as NativeRow;
const ristrettoRow = (name: string, declaration: string, host: HostFunction): NativeRow => [
  `ristretto255::${name}`,
  declaration,
  plain(host),
];
const blsRow = (name: string, declaration: string, host: HostFunction): NativeRow => [
  `bls12381::${name}_internal`,
  declaration,
  plain(host),
];

const UNARY = "(u64): u64";
const BINARY = "(u64, u64): u64";
const PARTIAL = "(u64): bool, u64";
const BYTES_1 = `(${BYTES}): ${BYTES}`;
const BYTES_2 = `(${BYTES}, ${BYTES}): ${BYTES}`;
const CHECK_1 = `(${BYTES}): bool`;
const CHECK_3 = `(${BYTES}, ${BYTES}, ${BYTES}): bool`;

/** Hashes, signatures, curves. */
export const CRYPTOGRAPHY_NATIVES: readonly NativeRow[] = [
  ["aptos_hash::sip_hash", `(${BYTES}): u64`, plain(digest.sipHash)],
  digestRow("keccak256", digest.keccak),
  digestRow("sha2_512_internal", digest.sha2Wide),
  digestRow("sha3_512_internal", digest.sha3Wide),
  digestRow("ripemd160_internal", digest.ripemd160),
  digestRow("blake2b_256_internal", digest.blake2b),
  ["ed25519::public_key_validate_internal", CHECK_1, plain(signature.validateKey)],
  ["ed25519::signature_verify_strict_internal", CHECK_3, plain(signature.verifyStrictly)],
  ["multi_ed25519::public_key_validate_internal", CHECK_1, plain(signature.validateMultiKey)],
  ["multi_ed25519::public_key_validate_v2_internal", CHECK_1, plain(signature.validateMultiKey)],
  [
    "multi_ed25519::signature_verify_strict_internal",
    CHECK_3,
    plain(signature.verifyMultiStrictly),
  ],
  [
    "secp256k1::ecdsa_recover_internal",
    `(${BYTES}, u8, ${BYTES}): ${BYTES}, bool`,
    plain(signature.recoverKey),
  ],
  blsRow(
    "aggregate_pubkeys",
    `(vector<0x1::bls12381::PublicKeyWithPoP>): ${BYTES}, bool`,
    bls.aggregateKeys,
  ),
  blsRow(
    "aggregate_signatures",
    `(vector<0x1::bls12381::Signature>): ${BYTES}, bool`,
    bls.aggregateSignatures,
  ),
  blsRow("validate_pubkey", CHECK_1, bls.validateBlsKey),
  blsRow("signature_subgroup_check", CHECK_1, bls.checkBlsSignature),
  blsRow(
    "verify_aggregate_signature",
    `(${BYTES}, vector<0x1::bls12381::PublicKeyWithPoP>, vector<${BYTES}>): bool`,
    bls.verifyBlsAggregate,
  ),
  blsRow("verify_multisignature", CHECK_3, bls.verifyBlsSignature(false)),
  blsRow("verify_normal_signature", CHECK_3, bls.verifyBlsSignature(true)),
  blsRow("verify_signature_share", CHECK_3, bls.verifyBlsSignature(false)),
  blsRow("verify_proof_of_possession", `(${BYTES}, ${BYTES}): bool`, bls.verifyBlsProof),
  algebraRow("zero", "(): u64", algebra.zero),
  algebraRow("one", "(): u64", algebra.one),
  algebraRow("from_u64", UNARY, algebra.fromU64),
  algebraRow("neg", UNARY, algebra.negate),
  algebraRow("double", UNARY, algebra.double),
  algebraRow("sqr", UNARY, algebra.square),
  algebraRow("upcast", UNARY, algebra.upcast),
  algebraRow("add", BINARY, algebra.add),
  algebraRow("sub", BINARY, algebra.subtract),
  algebraRow("mul", BINARY, algebra.multiply),
  algebraRow("scalar_mul", BINARY, algebra.scalarMultiply),
  algebraRow("pairing", BINARY, algebra.pairOne),
  algebraRow("div", "(u64, u64): bool, u64", algebra.divide),
  algebraRow("inv", PARTIAL, algebra.invert),
  algebraRow("downcast", PARTIAL, algebra.downcast),
  algebraRow("eq", "(u64, u64): bool", algebra.equals),
  algebraRow("order", `(): ${BYTES}`, algebra.order),
  algebraRow("deserialize", `(&${BYTES}): bool, u64`, algebra.deserialize),
  algebraRow("serialize", `(u64): ${BYTES}`, algebra.serialize),
  algebraRow("hash_to", `(&${BYTES}, &${BYTES}): u64`, algebra.hashTo),
  algebraRow("multi_scalar_mul", "(vector<u64>, vector<u64>): u64", algebra.multiScalarMultiply),
  algebraRow("multi_pairing", "(vector<u64>, vector<u64>): u64", algebra.pairMany),
  ristrettoRow("point_equals", `(${POINT}, ${POINT}): bool`, ristretto.equals),
  ristrettoRow("new_point_from_sha512_internal", `(${BYTES}): u64`, ristretto.pointOfHash),
  ristrettoRow(
    "new_point_from_64_uniform_bytes_internal",
    `(${BYTES}): u64`,
    ristretto.pointOfBytes,
  ),
  ristrettoRow("point_is_canonical_internal", CHECK_1, ristretto.isPoint),
  ristrettoRow("point_identity_internal", "(): u64", ristretto.identity),
  ristrettoRow("point_decompress_internal", `(${BYTES}): u64, bool`, ristretto.decompress),
  ristrettoRow("point_clone_internal", UNARY, ristretto.clone),
  ristrettoRow("point_compress_internal", `(${POINT}): ${BYTES}`, ristretto.compress),
  ristrettoRow("point_mul_internal", `(${POINT}, ${BYTES}, bool): u64`, ristretto.multiply),
  ristrettoRow("basepoint_mul_internal", `(${BYTES}): u64`, ristretto.multiplyBase),
  ristrettoRow(
    "basepoint_double_mul_internal",
    `(${BYTES}, ${POINT}, ${BYTES}): u64`,
    ristretto.doubleMultiplyBase,
  ),
  ristrettoRow("point_add_internal", `(${POINT}, ${POINT}, bool): u64`, ristretto.add),
  ristrettoRow("point_sub_internal", `(${POINT}, ${POINT}, bool): u64`, ristretto.subtract),
  ristrettoRow("point_neg_internal", `(${POINT}, bool): u64`, ristretto.negate),
  ristrettoRow(
    "double_scalar_mul_internal",
    `(u64, u64, ${BYTES}, ${BYTES}): u64`,
    ristretto.doubleMultiply,
  ),
  ristrettoRow(
    "multi_scalar_mul_internal",
    "(&vector<T0>, &vector<T1>): u64",
    ristretto.multiScalarMultiply,
  ),
  ristrettoRow("scalar_is_canonical_internal", CHECK_1, ristretto.isScalar),
  ristrettoRow("scalar_from_u64_internal", `(u64): ${BYTES}`, ristretto.scalarOfU64),
  ristrettoRow("scalar_from_u128_internal", `(u128): ${BYTES}`, ristretto.scalarOfU128),
  ristrettoRow("scalar_reduced_from_32_bytes_internal", BYTES_1, ristretto.reduceScalar),
  ristrettoRow("scalar_uniform_from_64_bytes_internal", BYTES_1, ristretto.scalarOfBytes),
  ristrettoRow("scalar_invert_internal", BYTES_1, ristretto.invertScalar),
  ristrettoRow("scalar_neg_internal", BYTES_1, ristretto.negateScalar),
  ristrettoRow("scalar_from_sha512_internal", BYTES_1, ristretto.scalarOfHash),
  ristrettoRow("scalar_mul_internal", BYTES_2, ristretto.multiplyScalars),
  ristrettoRow("scalar_add_internal", BYTES_2, ristretto.addScalars),
  ristrettoRow("scalar_sub_internal", BYTES_2, ristretto.subtractScalars),
];
