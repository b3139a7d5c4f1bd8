import { publicKeyEd25519, signEd25519 } from "@dragoman/crypto";
import { expect, test, vi } from "vitest";
import { callStdlib as call } from "../testing/call-stdlib.ts";
import { runMove, stateOf } from "../testing/run-move.ts";

// Pairings take long where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const TESTING = hex(Buffer.from("testing"));

/** What a hash of 0x1::aptos_hash, which may be a native, gives. */
function hashed(name: string, bytes: string, result = "vector<u8>"): unknown {
  const state = stateOf(`module 0x1.m {
    import 0x1.aptos_hash;
    f(bytes: vector<u8>): ${result} bytecode { MoveLoc bytes; Call aptos_hash.${name}; Ret }
  }`);
  return runMove(state, { function: "f", args: [bytes] }).json?.[0];
}

// Vectors of the unit tests of aptos_std::aptos_hash.
test.each([
  [
    "sha2_512",
    "521b9ccefbcd14d179e7a1bb877752870a6d620938b28a66a107eac6e6805b9d0989f45b5730508041aa5e710847d439ea74cd312c9355f1f2dae08d40e41d50",
  ],
  [
    "sha3_512",
    "881c7d6ba98678bcd96e253086c4048c3ea15306d0d13ff48341c6285ee71102a47b6f16e20e4d65c0c3d677be689dfda6d326695609cbadfafa1800e9eb7fc1",
  ],
  ["ripemd160", "b89ba156b40bed29a5965684b7d244c49a3a769b"],
  ["blake2b_256", "99397ff32ae348b8b6536d5c213f343d7e9fdeaa10e8a23a9f90ab21a1658565"],
  ["keccak256", "5f16f4c7f149ac4f9510d9cf8cf384038ad348b3bcdc01915f95de12df9d1b02"],
])('%s of "testing" is the published one', (name, digest) => {
  expect(hashed(name, TESTING)).toBe(digest);
});

test("sip_hash has a key of zeros", () => {
  expect(hashed("sip_hash", "", "u64")).toBe(String(0x1e924b9d737700d7n));
});

// RFC 8032, section 7.1, test 2.
const KEY = "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c";
const SIGNATURE =
  "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da" +
  "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00";

test("ed25519 verifies the signature of RFC 8032, for its message alone", () => {
  const verify = (signature: string, message: string) =>
    call("ed25519::signature_verify_strict", [{ bytes: signature }, { bytes: KEY }, message]);
  expect(verify(SIGNATURE, "72")).toBe(true);
  expect(verify(SIGNATURE, "73")).toBe(false);
  expect(call("ed25519::new_signature_from_bytes", ["00"])).toBe(0x10002n);
  expect(call("ed25519::new_unvalidated_public_key_from_bytes", ["00"])).toBe(0x10001n);
  expect(call("ed25519::new_validated_public_key_from_bytes", [KEY])).toEqual({
    vec: [{ bytes: KEY }],
  });
  expect(call("ed25519::new_validated_public_key_from_bytes", ["00".repeat(32)])).toEqual({
    vec: [],
  });
  expect(call("ed25519::new_validated_public_key_from_bytes", ["00"])).toBe(1n);
});

test("multi_ed25519 counts valid signatures against the threshold", () => {
  const secrets = [1, 2, 3].map((byte) => new Uint8Array(32).fill(byte));
  const key = `${secrets.map((secret) => hex(publicKeyEd25519(secret))).join("")}02`;
  const message = Buffer.from("move");
  const signed = (signers: readonly number[], bitmap: string): string =>
    signers.map((at) => hex(signEd25519(message, secrets[at]))).join("") + bitmap;
  const verify = (signature: string) =>
    call("multi_ed25519::signature_verify_strict", [
      { bytes: signature },
      { bytes: key },
      hex(message),
    ]);
  expect(verify(signed([0, 2], "a0000000"))).toBe(true);
  expect(verify(signed([0], "80000000"))).toBe(false);
  expect(verify(signed([0, 2], "c0000000"))).toBe(false);
  expect(call("multi_ed25519::check_and_get_threshold", [key])).toEqual({ vec: "02" });
  expect(call("multi_ed25519::new_validated_public_key_from_bytes_v2", ["01"])).toEqual({
    vec: [],
  });
});

// Vectors of the unit tests of aptos_std::bls12381.
const BLS_KEYS = [
  "b93d6aabb2b83e52f4b8bda43c24ea920bbced87a03ffc80f8f70c814a8b3f5d69fbb4e579ca76ee008d61365747dbc6",
  "b45648ceae3a983bcb816a96db599b5aef3b688c5753fa20ce36ac7a4f2c9ed792ab20af6604e85e42dab746398bb82c",
];
const BLS_SIGNATURES = [
  "a2bc8bdebe6215ba74b5b53c5ed2aa0c68221a4adf868989ccdcfb62bb0eecc6537def9ee686a7960169c5917d25e5220177ed1c5e95ecfd68c09694062e76efcb00759beac874e4f9a715fd144210883bf9bb272f156b0a1fa15d0e9460f01f",
  "a523aa3c3f1f1074d968ffecf017c7b93ae5243006bf0abd2e45c036ddbec99302984b650ebe5ba306cda4071d281ba50a99ef0e66c3957fab94163296f9d673fc58a36de4276f82bfb1d9180b591df93b5c2804d40dd68cf0f72cd92f86442e",
];
const MESSAGES = [1, 2].map((index) => hex(Buffer.from(`Hello, Aptos ${index}!`)));
const bytes = (text: string) => ({ bytes: text });

test("bls12381 verifies single and aggregate signatures", () => {
  const [key, other] = BLS_KEYS.map(bytes);
  const [single, sum] = BLS_SIGNATURES.map(bytes);
  const [first, second] = MESSAGES;
  expect(call("bls12381::verify_normal_signature", [single, key, first])).toBe(true);
  expect(call("bls12381::verify_normal_signature", [single, other, first])).toBe(false);
  expect(call("bls12381::verify_signature_share", [single, key, second])).toBe(false);
  const verify = (keys: readonly (typeof key)[], messages: readonly string[]) =>
    call("bls12381::verify_aggregate_signature", [sum, keys, messages]);
  expect(verify([key, other], [first, second])).toBe(true);
  expect(verify([other, key], [first, second])).toBe(false);
  expect(verify([key], [first, second])).toBe(false);
  expect(verify([], [])).toBe(false);
});

test("bls12381 sums keys and refuses what is none", () => {
  const keys = [
    "92e201a806af246f805f460fbdc6fc90dd16a18d6accc236e85d3578671d6f6690dde22134d19596c58ce9d63252410a",
    "ab9df801c6f96ade1c0490c938c87d5bcc2e52ccb8768e1b5d14197c5e8bfa562783b96711b702dda411a1a9f08ebbfa",
  ];
  const sum =
    "b79ad47abb441d7eda9b220a626df2e4e4910738c5f777947f0213398ecafae044ec0c20d552d1348347e9abfcf3eca1";
  expect(call("bls12381::aggregate_pubkeys", [keys.map(bytes)])).toEqual(bytes(sum));
  expect(call("bls12381::aggregate_pubkeys", [[]])).toBe(0x10001n);
  // Not on the curve; on it, but not in the group; a key.
  const invalid =
    "ae3cd9403b69c20a0d455fd860e977fe6ee7140a7f091f26c860f2caccd3e0a7a7365798ac10df776675b3a67db8faa0";
  const outside =
    "928d4862a40439a67fd76a9c7560e2ff159e770dcf688ff7b2dd165792541c88ee76c82eb77dd6e9e72c89cbf1a56a68";
  for (const key of [invalid, outside, "00"]) {
    expect(call("bls12381::public_key_from_bytes", [key])).toEqual({ vec: [] });
  }
  expect(call("bls12381::public_key_from_bytes", [sum])).toEqual({ vec: [bytes(sum)] });
});

// Scalars and points of the unit tests of aptos_std::ristretto255.
const A = "1a0e978a90f6622d3747023f8ad8264da758aa1b88e040d1589e7b7f2376ef09";
const B = "dbfd97afd38a06f0138d0527efb28ead5b7109b486465913bf3aa472a8ed4e0d";
const A_TIMES_B = "2ab50e383d7c210f74d5387330735f18315112d10dfb98fcce1e2620c0c01402";
const A_PLUS_B = "083839dd491e57c5743710c39a91d6e502cab3cf0e279ae417d91ff2cb633e07";
const A_BASE = "96d52d9262ee1e1aae79fbaee8c1d9068b0d01bf9a4579e618090c3d1088ae10";
const A_POINT = "e87feda199d72b83de4f5b2d45d34805c57019c6c59c42cb70ee3d19aa996f75";
const B_POINT = "fa0b3624b081c62f364d0b2839dcc76d7c3ab0e27e31beb2b9ed766575f28e76";
const SUM_POINT = "70cf3753475b9ff33e2f84413ed6b5052073bccc0a0a81789d3e5675dc258056";
const data = (text: string) => ({ data: text });

test("scalars of ristretto255 calculate as published", () => {
  expect(call("ristretto255::scalar_mul", [data(A), data(B)])).toEqual(data(A_TIMES_B));
  expect(call("ristretto255::scalar_add", [data(A), data(B)])).toEqual(data(A_PLUS_B));
  expect(call("ristretto255::scalar_sub", [data(A_PLUS_B), data(B)])).toEqual(data(A));
  const inverse = call("ristretto255::scalar_invert", [data(A)]) as { vec: [{ data: string }] };
  expect(call("ristretto255::scalar_mul", [data(A), inverse.vec[0]])).toEqual(
    call("ristretto255::scalar_one"),
  );
  expect(call("ristretto255::new_scalar_from_bytes", ["ff".repeat(32)])).toEqual({ vec: [] });
  expect(call("ristretto255::new_scalar_uniform_from_64_bytes", ["ff".repeat(63)])).toEqual({
    vec: [],
  });
});

test("points of ristretto255 are made, multiplied and added as published", () => {
  const state = stateOf(`module 0x1.m {
    import 0x1.option;
    import 0x1.ristretto255 as r;
    point(bytes: vector<u8>): r.RistrettoPoint {
      let made: option.Option<r.RistrettoPoint>;
    label b0:
      made = r.new_point_from_bytes(move(bytes));
      return option.destroy_some<r.RistrettoPoint>(move(made));
    }
    scalar(bytes: vector<u8>): r.Scalar {
      let made: option.Option<r.Scalar>;
    label b0:
      made = r.new_scalar_from_bytes(move(bytes));
      return option.destroy_some<r.Scalar>(move(made));
    }
    out(p: r.RistrettoPoint): vector<u8> {
    label b0:
      return r.compressed_point_to_bytes(r.point_compress(&p));
    }
    run(a: vector<u8>, p: vector<u8>, q: vector<u8>): vector<u8> * vector<u8> * vector<u8> * bool {
      let k: r.Scalar;
      let left: r.RistrettoPoint;
      let right: r.RistrettoPoint;
      let base: r.RistrettoPoint;
      let neg: r.RistrettoPoint;
      let zero: r.CompressedRistretto;
      let same: bool;
    label b0:
      k = Self.scalar(move(a));
      left = Self.point(move(p));
      right = Self.point(move(q));
      base = r.basepoint();
      neg = r.point_neg(&left);
      _ = r.point_add_assign(&mut neg, &left);
      zero = r.point_compress(&neg);
      same = r.is_identity(&zero);
      return Self.out(r.basepoint_mul(&k)), Self.out(r.point_mul(&base, &k)), Self.out(r.point_add(&left, &right)), move(same);
    }
  }`);
  const run = runMove(state, { function: "run", args: [A, A_POINT, B_POINT] });
  expect(run.json).toEqual([A_BASE, A_BASE, SUM_POINT, true]);
});

test("sums of products over ristretto255 are those of single products", () => {
  const state = stateOf(`module 0x1.m {
    import 0x1.ristretto255 as r;
    run(): bool * bool {
      let g: r.RistrettoPoint;
      let h: r.RistrettoPoint;
      let two: r.Scalar;
      let three: r.Scalar;
      let expected: r.RistrettoPoint;
      let double: r.RistrettoPoint;
      let points: vector<r.RistrettoPoint>;
      let scalars: vector<r.Scalar>;
      let sum: r.RistrettoPoint;
    label b0:
      g = r.basepoint();
      h = r.basepoint_H();
      two = r.new_scalar_from_u64(2);
      three = r.new_scalar_from_u8(3u8);
      expected = r.point_mul(&g, &two);
      double = r.point_mul(&h, &three);
      _ = r.point_add_assign(&mut expected, &double);
      double = r.double_scalar_mul(&two, &g, &three, &h);
      points = vec_pack_2<r.RistrettoPoint>(move(g), move(h));
      scalars = vec_pack_2<r.Scalar>(move(two), move(three));
      sum = r.multi_scalar_mul(&points, &scalars);
      return r.point_equals(&expected, &double), r.point_equals(&expected, &sum);
    }
  }`);
  expect(runMove(state, { function: "run" }).json).toEqual([true, true]);
});
