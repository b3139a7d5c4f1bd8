// tidy: table
/**
 * Internal gas of native functions as Aptos publishes it (aptos-core `aptos-gas-schedule/src/gas_schedule/{move_stdlib,aptos_framework}.rs`); a name is
 * that of the parameter.
 */
export const NATIVE_GAS = {
  BCS_SERIALIZED_SIZE: 735,
  BCS_SERIALIZED_SIZE_BYTE: 36,
  MEM_SWAP: 1_500,
  MOVE_RANGE: 4_000,
  MOVE_RANGE_INDEX: 10,
  COMPARE: 367,
  /** Per byte of the values' BCS; the published part is per abstract unit of size. */
  COMPARE_BYTE: 14,
  SIP_HASH: 3_676,
  SIP_HASH_BYTE: 73,
  SHA2_512: 11_910,
  SHA2_512_BYTE: 220,
  SHA3_512: 16_542,
  SHA3_512_BYTE: 183,
  RIPEMD160: 11_028,
  RIPEMD160_BYTE: 183,
  BLAKE2B_256: 6_433,
  BLAKE2B_256_BYTE: 55,
  KECCAK: 14_704,
  KECCAK_BYTE: 165,
  ED25519: 551,
  ED25519_KEY: 139_688,
  ED25519_SMALL_ORDER: 23_342,
  ED25519_SIGNATURE: 1_378,
  ED25519_VERIFY: 981_492,
  ED25519_MESSAGE: 11_910,
  ED25519_MESSAGE_BYTE: 220,
  SECP256K1: 551,
  SECP256K1_RECOVER: 5_918_360,
  BLS: 551,
  BLS_KEY: 400_684,
  BLS_KEY_SUM: 15_439,
  BLS_KEY_GROUP: 1_360_120,
  BLS_SIGNATURE: 816_072,
  BLS_SIGNATURE_SUM: 42_825,
  BLS_SIGNATURE_GROUP: 1_692_798,
  BLS_VERIFY: 31_190_860,
  BLS_POSSESSION: 37_862_800,
  BLS_PAIRING: 14_751_788,
  BLS_MESSAGE: 5_661_040,
  BLS_MESSAGE_BYTE: 183,
  STRING_FORMAT: 1_102,
  STRING_FORMAT_BYTE: 3,
  TYPE_INFO: 1_102,
  TYPE_INFO_BYTE: 18,
  CHAIN_ID: 551,
  FROM_BYTES: 1_102,
  FROM_BYTES_BYTE: 18,
  CONTEXT: 735,
  CONTEXT_SIGNER: 576,
  CONTEXT_BYTE: 18,
  UNIQUE_ADDRESS: 14_704,
  OBJECT_EXISTS: 919,
  OBJECT_ADDRESS: 14_704,
  AGGREGATOR_CREATE: 1_838,
  AGGREGATOR_CHANGE: 1_102,
  AGGREGATOR_READ: 2_205,
  AGGREGATOR_AT_LEAST: 500,
} as const;

/** Of ristretto255, under the published names. */
export const RISTRETTO_GAS = {
  basepoint_mul: 470_528,
  basepoint_double_mul: 1_617_440,
  point_add: 7_848,
  point_clone: 551,
  point_compress: 147_040,
  point_decompress: 148_878,
  point_equals: 8_454,
  point_from_64_uniform_bytes: 299_594,
  point_identity: 551,
  point_mul: 1_731_396,
  point_double_mul: 1_869_907,
  point_neg: 1_323,
  point_sub: 7_829,
  point_parse_arg: 551,
  sha512_per_byte: 220,
  sha512_per_hash: 11_910,
  scalar_add: 2_830,
  scalar_reduced_from_32_bytes: 2_609,
  scalar_uniform_from_64_bytes: 4_576,
  scalar_from_u128: 643,
  scalar_from_u64: 643,
  scalar_invert: 404_360,
  scalar_is_canonical: 4_227,
  scalar_mul: 3_914,
  scalar_neg: 2_665,
  scalar_sub: 3_896,
  scalar_parse_arg: 551,
} as const;

/** What operations on one algebraic structure cost. */
export interface AlgebraGas {
  readonly zero: number;
  readonly one: number;
  readonly add: number;
  readonly sub: number;
  readonly neg: number;
  readonly eq: number;
  readonly mul?: number;
  readonly div?: number;
  readonly inv?: number;
  readonly sqr?: number;
  readonly fromNumber?: number;
  readonly double?: number;
  readonly scalarMul?: number;
  /** Of a point whose coordinates are wanted. */
  readonly toAffine?: number;
}

/** By curve and structure (`algebra.ark_…`). Sums of the target group are products of the extension. */
export const ALGEBRA_GAS = {
  bn254: {
    Fr: {
      ...{ zero: 38, one: 0, add: 804, sub: 1_906, neg: 792, eq: 807 },
      ...{ mul: 1_813, div: 223_857, inv: 222_216, sqr: 792, fromNumber: 2_478 },
    },
    Fq: {
      ...{ zero: 38, one: 38, add: 803, sub: 1_130, neg: 792, eq: 803 },
      ...{ mul: 1_847, div: 209_631, inv: 208_902, sqr: 792, fromNumber: 2_598 },
    },
    Fq12: {
      ...{ zero: 38, one: 38, add: 809, sub: 5_605, neg: 2_446, eq: 2_231 },
      ...{ mul: 118_351, div: 517_140, inv: 398_555, sqr: 86_193, fromNumber: 2_658 },
    },
    Gt: {
      ...{ zero: 38, one: 807, add: 118_351, sub: 517_140, neg: 398_555, eq: 2_231 },
      ...{ double: 86_193, scalarMul: 35_449_826 },
    },
    G1: {
      ...{ zero: 38, one: 38, add: 19_574, sub: 19_648, neg: 38, eq: 9_745 },
      ...{ double: 11_704, scalarMul: 4_862_683, toAffine: 1_165 },
    },
    G2: {
      ...{ zero: 38, one: 38, add: 58_491, sub: 59_133, neg: 38, eq: 25_981 },
      ...{ double: 29_201, scalarMul: 14_041_548, toAffine: 230_100 },
    },
  },
  bls12381: {
    Fr: {
      ...{ zero: 775, one: 775, add: 775, sub: 1_066, neg: 782, eq: 779 },
      ...{ mul: 1_845, div: 218_501, inv: 215_450, sqr: 1_746, fromNumber: 1_815 },
    },
    Fq12: {
      ...{ zero: 775, one: 40, add: 6_686, sub: 6_462, neg: 4_341, eq: 2_668 },
      ...{ mul: 183_380, div: 921_988, inv: 737_122, sqr: 129_193, fromNumber: 3_312 },
    },
    Gt: {
      ...{ zero: 40, one: 775, add: 183_380, sub: 921_988, neg: 737_122, eq: 2_668 },
      ...{ double: 129_193, scalarMul: 53_905_624 },
    },
    G1: {
      ...{ zero: 40, one: 40, add: 39_722, sub: 40_976, neg: 40, eq: 18_508 },
      ...{ double: 19_350, scalarMul: 9_276_463, toAffine: 444_924 },
    },
    G2: {
      ...{ zero: 40, one: 40, add: 119_106, sub: 120_826, neg: 40, eq: 55_709 },
      ...{ double: 54_548, scalarMul: 27_667_443, toAffine: 473_678 },
    },
  },
} as const satisfies Record<string, Record<string, AlgebraGas>>;

/** Decoding and encoding by curve and format. */
export const ALGEBRA_FORMAT_GAS: Record<string, Record<string, readonly [number, number]>> = {
  bn254: {
    FormatFrLsb: [3_073, 4_732],
    FormatFrMsb: [3_073, 4_732],
    FormatFqLsb: [3_232, 4_767],
    FormatFqMsb: [3_232, 4_767],
    FormatFq12LscLsb: [23_721, 21_566],
    // Decoding raises the element to the order of the group.
    FormatGt: [23_721 + 35_449_826 + 2_231, 21_566],
    FormatG1Compr: [4_318_809, 8_257],
    FormatG1Uncompr: [3_956_976, 10_811],
    FormatG2Compr: [12_445_138, 12_721],
    FormatG2Uncompr: [11_152_541, 18_105],
  },
  bls12381: {
    FormatFrLsb: [2_764, 4_054],
    FormatFrMsb: [2_764, 4_054],
    FormatFq12LscLsb: [41_097, 29_694],
    FormatGt: [41_097 + 53_905_624 + 2_668, 29_694],
    FormatG1Compr: [3_784_805, 7_403],
    FormatG1Uncompr: [2_649_065, 8_943],
    FormatG2Compr: [7_572_809, 12_417],
    FormatG2Uncompr: [3_742_090, 15_501],
  },
};

/** Pairings and hashing to points by curve. */
export const PAIRING_GAS = {
  bn254: { one: 38_543_565, base: 23_488_646, pair: 12_429_399, hashG1: 0, hashG2: 0, byte: 0 },
  bls12381: {
    one: 54_523_240,
    base: 33_079_033,
    pair: 16_919_311,
    hashG1: 11_954_142,
    hashG2: 24_897_555,
    byte: 176,
  },
} as const;
