import { expect, test, vi } from "vitest";
import { callStdlib as call } from "../testing/call-stdlib.ts";
import { runMove, stateOf } from "../testing/run-move.ts";

// Pairings take long where the machine is busy.
vi.setConfig({ testTimeout: 120_000 });

/** A function over one of the two curves, its types under `c`. */
const stateFor = (curve: "bn254" | "bls12381", body: string) =>
  stateOf(`module 0x1.m {
    import 0x1.crypto_algebra as a;
    import 0x1.${curve}_algebra as c;
    import 0x1.option;
    ${body}
  }`);

const run = (curve: "bn254" | "bls12381", body: string) => {
  const { json, failure } = runMove(stateFor(curve, body), { function: "f" });
  return json ?? failure?.abortCode;
};

test.each(["bn254", "bls12381"] as const)("%s: the pairing is bilinear", (curve) => {
  const result = run(
    curve,
    `f(): bool * bool * bool {
      let g1: a.Element<c.G1>;
      let g2: a.Element<c.G2>;
      let three: a.Element<c.Fr>;
      let five: a.Element<c.Fr>;
      let left: a.Element<c.Gt>;
      let one: a.Element<c.Gt>;
      let product: a.Element<c.Fr>;
      let right: a.Element<c.Gt>;
      let points: vector<a.Element<c.G1>>;
      let others: vector<a.Element<c.G2>>;
      let many: a.Element<c.Gt>;
      let double: a.Element<c.Gt>;
      let wide: a.Element<c.Fq12>;
      let back: option.Option<a.Element<c.Gt>>;
    label b0:
      g1 = a.one<c.G1>();
      g2 = a.one<c.G2>();
      three = a.from_u64<c.Fr>(3);
      five = a.from_u64<c.Fr>(5);
      product = a.mul<c.Fr>(&three, &five);
      g1 = a.scalar_mul<c.G1, c.Fr>(&g1, &three);
      g2 = a.scalar_mul<c.G2, c.Fr>(&g2, &five);
      left = a.pairing<c.G1, c.G2, c.Gt>(&g1, &g2);
      one = a.one<c.Gt>();
      right = a.scalar_mul<c.Gt, c.Fr>(&one, &product);
      points = vec_pack_2<a.Element<c.G1>>(copy(g1), copy(g1));
      others = vec_pack_2<a.Element<c.G2>>(copy(g2), copy(g2));
      many = a.multi_pairing<c.G1, c.G2, c.Gt>(&points, &others);
      double = a.double<c.Gt>(&left);
      wide = a.upcast<c.Gt, c.Fq12>(&left);
      back = a.downcast<c.Fq12, c.Gt>(&wide);
      return a.eq<c.Gt>(&left, &right), a.eq<c.Gt>(&many, &double), option.is_some<a.Element<c.Gt>>(&back);
    }`,
  );
  expect(result).toEqual([true, true, true]);
});

test.each(["bn254", "bls12381"] as const)("%s: sums of products, fields and formats", (curve) => {
  const result = run(
    curve,
    `f(): bool * bool * bool * bool {
      let g: a.Element<c.G1>;
      let h: a.Element<c.G1>;
      let two: a.Element<c.Fr>;
      let minus: a.Element<c.Fr>;
      let sum: a.Element<c.Fr>;
      let points: vector<a.Element<c.G1>>;
      let scalars: vector<a.Element<c.Fr>>;
      let left: a.Element<c.G1>;
      let right: a.Element<c.G1>;
      let bytes: vector<u8>;
      let read: option.Option<a.Element<c.G1>>;
      let zero: a.Element<c.Fr>;
      let none: option.Option<a.Element<c.Fr>>;
      let half: option.Option<a.Element<c.Fr>>;
      let found: a.Element<c.G1>;
    label b0:
      g = a.one<c.G1>();
      h = a.double<c.G1>(&g);
      two = a.from_u64<c.Fr>(2);
      minus = a.neg<c.Fr>(&two);
      sum = a.add<c.Fr>(&two, &minus);
      zero = a.zero<c.Fr>();
      none = a.div<c.Fr>(&two, &sum);
      half = a.inv<c.Fr>(&two);
      points = vec_pack_2<a.Element<c.G1>>(copy(g), copy(h));
      scalars = vec_pack_2<a.Element<c.Fr>>(copy(two), copy(two));
      left = a.multi_scalar_mul<c.G1, c.Fr>(&points, &scalars);
      right = a.add<c.G1>(&h, &h);
      right = a.add<c.G1>(&right, &h);
      bytes = a.serialize<c.G1, c.FormatG1Compr>(&left);
      read = a.deserialize<c.G1, c.FormatG1Compr>(&bytes);
      found = option.destroy_some<a.Element<c.G1>>(move(read));
      return a.eq<c.G1>(&left, &right), a.eq<c.G1>(&found, &right),
        option.is_none<a.Element<c.Fr>>(&none), option.is_some<a.Element<c.Fr>>(&half);
    }`,
  );
  expect(result).toEqual([true, true, true, true]);
});

test("what is not implemented, what differs in size, and what is too much aborts", () => {
  const f = (body: string) => `struct Mystery { dummy_field: bool }
    f() {
      let g: a.Element<c.G1>;
      let bytes: vector<u8>;
      let points: vector<a.Element<c.G1>>;
      let scalars: vector<a.Element<c.Fr>>;
    label b0:
      ${body}
      return;
    }`;
  expect(run("bn254", f("bytes = a.order<Self.Mystery>();"))).toBe(0xc0001n);
  expect(
    run("bn254", f("g = a.mul<c.G1>(&g, &g);".replace("g = ", "g = a.one<c.G1>(); g = "))),
  ).toBe(0xc0001n);
  expect(run("bn254", f('bytes = b""; g = a.hash_to<c.G1, c.Fr>(&bytes, &bytes);'))).toBe(0xc0001n);
  const msm = `points = vec_pack_0<a.Element<c.G1>>();
    scalars = vec_pack_1<a.Element<c.Fr>>(a.zero<c.Fr>());
    g = a.multi_scalar_mul<c.G1, c.Fr>(&points, &scalars);`;
  expect(run("bn254", f(msm))).toBe(0x10002n);
  // 96 bytes a point: 10,922 of them fill a mebibyte.
  expect(run("bn254", f("label again: g = a.zero<c.G1>(); jump again;"))).toBe(0x90003n);
});

test("orders are told little-endian, hashing to G1 is that of RFC 9380", () => {
  const order = call("crypto_algebra::order", [], { typeArguments: ["0x1::bls12381_algebra::G1"] });
  expect(order).toBe("01000000fffffffffe5bfeff02a4bd5305d8a10908d83933487d9d2953a7ed73");
  const domain = Buffer.from("QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_").toString("hex");
  const state = stateFor(
    "bls12381",
    `f(dst: vector<u8>, msg: vector<u8>): vector<u8> {
      let p: a.Element<c.G1>;
    label b0:
      p = a.hash_to<c.G1, c.HashG1XmdSha256SswuRo>(&dst, &msg);
      return a.serialize<c.G1, c.FormatG1Uncompr>(&p);
    }`,
  );
  const [point] = runMove(state, { function: "f", args: [domain, "616263"] }).json as [string];
  expect(point.slice(0, 96)).toBe(
    "03567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3aee664ba5379a7655d3c68900be2f6903",
  );
});
