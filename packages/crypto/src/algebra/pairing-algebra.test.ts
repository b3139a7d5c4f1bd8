import { expect, test } from "vitest";
import { bls12381Algebra, bn254Algebra, type PairingAlgebra } from "./pairing-algebra.ts";
import type { AlgebraStructure } from "./structure.ts";

const bytes = (hex: string): Uint8Array => new Uint8Array(Buffer.from(hex, "hex"));
const hex = (data: Uint8Array): string => Buffer.from(data).toString("hex");

/** Encodings of one element in one format: its seven-fold, the opposite of that, and zero (unit tests of aptos-stdlib). */
interface Vector {
  readonly format: string;
  readonly seven: string;
  readonly minusSeven: string;
  readonly zero: string;
}

/** Checks that the operations and the format agree with published encodings. */
function check<E>(structure: AlgebraStructure<E>, vector: Vector, seven: E): void {
  const format = structure.formats.get(vector.format)!;
  expect(hex(format.encode(seven))).toBe(vector.seven);
  expect(hex(format.encode(structure.negate(seven)))).toBe(vector.minusSeven);
  expect(hex(format.encode(structure.zero))).toBe(vector.zero);
  for (const text of [vector.seven, vector.minusSeven, vector.zero]) {
    const element = format.decode(bytes(text))!;
    expect(hex(format.encode(element))).toBe(text);
    expect(format.decode(bytes(`${text}00`))).toBeUndefined();
    expect(format.decode(bytes(text.slice(2)))).toBeUndefined();
  }
  const back = format.decode(bytes(vector.minusSeven))!;
  expect(structure.equals(structure.add(back, seven), structure.zero)).toBe(true);
  expect(structure.equals(structure.subtract(structure.zero, seven), back)).toBe(true);
}

const POINTS: readonly (readonly ["bn254" | "bls12381", "g1" | "g2", Vector])[] = [
  [
    "bn254",
    "g1",
    {
      format: "FormatG1Uncompr",
      seven:
        "78e0ffab866b3a9876bd01b8ecc66fcb86936277f425539a758dbbd32e2b07179eafd4607f9f80771bf4185df03bfead" +
        "7a3719fa4bb57b0152dd30d16cda8a16",
      minusSeven:
        "78e0ffab866b3a9876bd01b8ecc66fcb86936277f425539a758dbbd32e2b0717a94da87797ec9fc471d6580ba12e83e9" +
        "e22068876a90d4b6d7c200100674d999",
      zero:
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
        "00000000000000000000000000000040",
    },
  ],
  [
    "bn254",
    "g1",
    {
      format: "FormatG1Compr",
      seven: "78e0ffab866b3a9876bd01b8ecc66fcb86936277f425539a758dbbd32e2b0717",
      minusSeven: "78e0ffab866b3a9876bd01b8ecc66fcb86936277f425539a758dbbd32e2b0797",
      zero: "0000000000000000000000000000000000000000000000000000000000000040",
    },
  ],
  [
    "bn254",
    "g2",
    {
      format: "FormatG2Uncompr",
      seven:
        "08b328aa2a1490c3892ae375ba53a257162f1cde012e70edf8fc27435ddc4b2255243646bade3e596dee466e51d40fbe" +
        "631e55841e085d6ae2bd9a5a01ba03293f23144105e8212ed8df28ca0e8031d47b7a7de372b3ccee1750262af5ff921d" +
        "d8e03503be1eedbaadf7e6c4a1be3670d14a46da5fafee7adbdeb2a6cdb7c803",
      minusSeven:
        "08b328aa2a1490c3892ae375ba53a257162f1cde012e70edf8fc27435ddc4b2255243646bade3e596dee466e51d40fbe" +
        "631e55841e085d6ae2bd9a5a01ba032908da689711a4fe0db5ea489e82ea4fc3e1dd039e439283c911500bb77d4ed112" +
        "6f1c47d5586d3381dfd28aa3efab4a278c0d3ba75696613d4ec17e3aa5969bac",
      zero:
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
        "0000000000000000000000000000000000000000000000000000000000000040",
    },
  ],
  [
    "bn254",
    "g2",
    {
      format: "FormatG2Compr",
      seven:
        "08b328aa2a1490c3892ae375ba53a257162f1cde012e70edf8fc27435ddc4b2255243646bade3e596dee466e51d40fbe" +
        "631e55841e085d6ae2bd9a5a01ba0329",
      minusSeven:
        "08b328aa2a1490c3892ae375ba53a257162f1cde012e70edf8fc27435ddc4b2255243646bade3e596dee466e51d40fbe" +
        "631e55841e085d6ae2bd9a5a01ba03a9",
      zero:
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
        "00000000000000000000000000000040",
    },
  ],
  [
    "bls12381",
    "g1",
    {
      format: "FormatG1Uncompr",
      seven:
        "1928f3beb93519eecf0145da903b40a4c97dca00b21f12ac0df3be9116ef2ef27b2ae6bcd4c5bc2d54ef5a70627efcb7" +
        "108dadbaa4b636445639d5ae3089b3c43a8a1d47818edd1839d7383959a41c10fdc66849cfa1b08c5a11ec7e28981a1c",
      minusSeven:
        "1928f3beb93519eecf0145da903b40a4c97dca00b21f12ac0df3be9116ef2ef27b2ae6bcd4c5bc2d54ef5a70627efcb7" +
        "0973642f94c9b055f4e1d20812c1f91329ed2e3d71f635a72d599a679d0cda1320e597b4e1b24f735fed1381d767908f",
      zero:
        "400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    },
  ],
  [
    "bls12381",
    "g1",
    {
      format: "FormatG1Compr",
      seven:
        "b928f3beb93519eecf0145da903b40a4c97dca00b21f12ac0df3be9116ef2ef27b2ae6bcd4c5bc2d54ef5a70627efcb7",
      minusSeven:
        "9928f3beb93519eecf0145da903b40a4c97dca00b21f12ac0df3be9116ef2ef27b2ae6bcd4c5bc2d54ef5a70627efcb7",
      zero: "c00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    },
  ],
  [
    "bls12381",
    "g2",
    {
      format: "FormatG2Uncompr",
      seven:
        "0d0273f6bf31ed37c3b8d68083ec3d8e20b5f2cc170fa24b9b5be35b34ed013f9a921f1cad1644d4bdb14674247234c8" +
        "049cd1dbb2d2c3581e54c088135fef36505a6823d61b859437bfc79b617030dc8b40e32bad1fa85b9c0f368af6d38d3c" +
        "05ecf93654b7a1885695aaeeb7caf41b0239dc45e1022be55d37111af2aecef87799638bec572de86a7437898efa7020" +
        "08b7ae4dbf802c17a6648842922c9467e460a71c88d393ee7af356da123a2f3619e80c3bdcc8e2b1da52f8cd9913ccdd",
      minusSeven:
        "0d0273f6bf31ed37c3b8d68083ec3d8e20b5f2cc170fa24b9b5be35b34ed013f9a921f1cad1644d4bdb14674247234c8" +
        "049cd1dbb2d2c3581e54c088135fef36505a6823d61b859437bfc79b617030dc8b40e32bad1fa85b9c0f368af6d38d3c" +
        "141418b3e4c84511f485fcc78b80b8bc623d6f3f1282e6da09f9c1860402272ba7129c72c4fcd2174f8ac87671053a8b" +
        "1149639c79ffba82a4b71f73b11f186f8016a4686ab17ed0ec3d7bc6e476c6ee04c3f3c2d48b1d4ddfac073266ebddce",
      zero:
        "400000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    },
  ],
  [
    "bls12381",
    "g2",
    {
      format: "FormatG2Compr",
      seven:
        "8d0273f6bf31ed37c3b8d68083ec3d8e20b5f2cc170fa24b9b5be35b34ed013f9a921f1cad1644d4bdb14674247234c8" +
        "049cd1dbb2d2c3581e54c088135fef36505a6823d61b859437bfc79b617030dc8b40e32bad1fa85b9c0f368af6d38d3c",
      minusSeven:
        "ad0273f6bf31ed37c3b8d68083ec3d8e20b5f2cc170fa24b9b5be35b34ed013f9a921f1cad1644d4bdb14674247234c8" +
        "049cd1dbb2d2c3581e54c088135fef36505a6823d61b859437bfc79b617030dc8b40e32bad1fa85b9c0f368af6d38d3c",
      zero:
        "c00000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
        "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
    },
  ],
];

const algebras = { bn254: bn254Algebra, bls12381: bls12381Algebra };

test.each(POINTS)("points of %s %s are encoded as published", (curve, group, vector) => {
  const structure = algebras[curve]()[group] as AlgebraStructure;
  check(structure, vector, structure.group!.multiply(structure.one, 7n));
});

const TARGETS = {
  bn254: {
    format: "FormatGt",
    seven:
      "533a587534641b568125fb273eac723c789a347eba9fcfd58d93742b3a0b782fd61bbf6202e04b8a33b6c60150fc62a0" +
      "71cb9ac9749a79031fd0dbb6dd8a1f2bcf1eb450bdf58fd3d124b2e0aaf878d11e96af3051631145a4bf0530b5d19d08" +
      "bfe2d515530b9059525b2826587f7bf1f146bfd0e91e84411c7722abb7a8c418b20b1660b41e6949beff93b2b36303e7" +
      "4804df3335ab5bd85bfd7959d6fd3101d0bf6f681eb809c9a6c3544db7f81444e5c4fbdd0a31e920616ae08a2ab5f51e" +
      "bf064c4906c7b29521e8fda3d704830a9a6ef5d455a85ae09216f55fd0e74d0aaf83ad81ba50218f08024910184c9dda" +
      "b42a28f51912c779556c41c61aba2d075cfc020b61a18a9366c9f71658f00b44369bd86929725cf867a0b8fda694a713" +
      "4a2790ebf19cbea1f972eedfd51787683f98d80895f630ff0bd513edebd5a217c00e231869178bd41cf47a7c0125379a" +
      "3926353e5310a578066dfbb974424802b942a8b4f6338d7f9d8b9c4031dc46163a59c58ff503eca69b642398b5a1212b",
    minusSeven:
      "533a587534641b568125fb273eac723c789a347eba9fcfd58d93742b3a0b782fd61bbf6202e04b8a33b6c60150fc62a0" +
      "71cb9ac9749a79031fd0dbb6dd8a1f2bcf1eb450bdf58fd3d124b2e0aaf878d11e96af3051631145a4bf0530b5d19d08" +
      "bfe2d515530b9059525b2826587f7bf1f146bfd0e91e84411c7722abb7a8c418b20b1660b41e6949beff93b2b36303e7" +
      "4804df3335ab5bd85bfd7959d6fd3101d0bf6f681eb809c9a6c3544db7f81444e5c4fbdd0a31e920616ae08a2ab5f51e" +
      "88f6308f10c56da66be273c4b965fe8cc3e98bac609df5d796893c81a26616269879cf565c3bffac84c82858791ee4bc" +
      "a82d598c9c33893ed433f01a58943629eb007acdb5ea95a826017a51397a755327bda8178dd3f3bfc1ff78e3cbb9bc1c" +
      "fdd5ecec24ef619a93578388bb52fa2e1ec0a878214f1fb91dcb1df48678c11887ee59c0ad74956770d6f6eb8f454afd" +
      "23324c436335ab3f23333627fe0b1c2e8ebad423205893bcef3ed527608e3a8123ffbbf1c04164118e3b0e49bdac4205",
    zero:
      "010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
  },
  bls12381: {
    format: "FormatGt",
    seven:
      "2041ea7b66c19680e2c0bb23245a71918753220b31f88a925aa9b1e192e7c188a0b365cb994b3ec5e809206117c64112" +
      "42b940b10caa37ce734496b3b7c63578a0e3c076f9b31a7ca13a716262e0e4cda4ac994efb9e19893cbfe4d464b9210d" +
      "099d808a08b3c4c3846e7529984899478639c4e6c46152ef49a04af9c8e6ff442d286c4613a3dac6a4bee4b40e1f6b03" +
      "0f2871dabe4223b250c3181ecd3bc6819004745aeb6bac567407f2b9c7d1978c45ee6712ae46930bc00638383f669615" +
      "8bad488cbe7663d681c96c035481dbcf78e7a7fbaec3799163aa6914cef3365156bdc3e533a7c883d5974e3462ac6f19" +
      "e3f9ce26800ae248a45c5f0dd3a48a185969224e6cd6af9a048241bdcac9800d94aeee970e08488fb961e36a769b6c18" +
      "5d185b4605dc9808517196bba9d00a3e37bca466c19187486db104ee03962d39fe473e276355618e44c965f05082bb02" +
      "7a7baa4bcc6d8c0775c1e8a481e77df36ddad91e75a982302937f543a11fe71922dcd4f46fe8f951f91cde412b359507" +
      "f2b3b6df0374bfe55c9a126ad31ce254e67d64194d32d7955ec791c9555ea5a917fc47aba319e909de82da946eb36e12" +
      "aff936708402228295db2712f2fc807c95092a86afd71220699df13e2d2fdf2857976cb1e605f72f1b2edabadba3ff05" +
      "501221fe81333c13917c85d725ce92791e115eb0289a5d0b3330901bb8b0ed146abeb81381b7331f1c508fb14e057b05" +
      "d8b0190a9e74a3d046dcd24e7ab747049945b3d8a120c4f6d88e67661b55573aa9b361367488a1ef7dffd967d64a1518",
    minusSeven:
      "2041ea7b66c19680e2c0bb23245a71918753220b31f88a925aa9b1e192e7c188a0b365cb994b3ec5e809206117c64112" +
      "42b940b10caa37ce734496b3b7c63578a0e3c076f9b31a7ca13a716262e0e4cda4ac994efb9e19893cbfe4d464b9210d" +
      "099d808a08b3c4c3846e7529984899478639c4e6c46152ef49a04af9c8e6ff442d286c4613a3dac6a4bee4b40e1f6b03" +
      "0f2871dabe4223b250c3181ecd3bc6819004745aeb6bac567407f2b9c7d1978c45ee6712ae46930bc00638383f669615" +
      "8bad488cbe7663d681c96c035481dbcf78e7a7fbaec3799163aa6914cef3365156bdc3e533a7c883d5974e3462ac6f19" +
      "e3f9ce26800ae248a45c5f0dd3a48a185969224e6cd6af9a048241bdcac9800d94aeee970e08488fb961e36a769b6c18" +
      "4e92a4b9fa2366b1ae8ebdf5542fa1e0ec390c90df40a91e5261800581b5492bd9640d1c5352babc551d1a49998f4517" +
      "312f55b4339272b28a3e6b0c7d182e2bb61bd7d72b29ae3696db8fafe32b904ab5d0764e46bf21f9a0c9a1f7bedc6b12" +
      "b9f64820fc8b3fd4a26541472be3c9c93d784cdd53a059d1604bf3292fedd1babfb00398128e3241bc63a5a47b5e9207" +
      "fcb0c88f7bfddc376a242c9f0c032ba28eec8670f1fa1d47567593b4571c983b8015df91cfa1241b7fb8a57e0e6e0114" +
      "5b98de017eccc2a66e83ced9d83119a505e552467838d35b8ce2f4d7cc9a894f6dee922f35f0e72b7e96f0879b0c8614" +
      "d3f9e5f5618b5be9b82381628448641a8bb0fd1dffb16c70e6831d8d69f61f2a2ef9e90c421f7a5b1ce7a5d113c7eb01",
    zero:
      "010000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000" +
      "000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000000",
  },
};

test.each(["bn254", "bls12381"] as const)(
  "values of the pairing of %s are those published",
  (curve) => {
    const { g1, g2, target, scalars, pair, toTarget, extension } = algebras[curve]();
    const seven = pair([g1.group!.multiply(g1.one, 7n)], [g2.one]);
    check(target, TARGETS[curve], seven);
    expect(target.equals(seven, target.group!.multiply(target.one, 7n))).toBe(true);
    // e(2 P, 3 Q) e(P, Q) e(O, Q) = 7 e(P, Q)
    const product = pair(
      [g1.group!.double(g1.one), g1.one, g1.zero],
      [g2.group!.multiply(g2.one, 3n), g2.one, g2.one],
    );
    expect(target.equals(product, seven)).toBe(true);
    expect(toTarget(seven)).toEqual(seven);
    expect(toTarget(extension.field!.fromNumber(2n))).toBeUndefined();
    expect(
      target.formats.get("FormatGt")!.decode(new Uint8Array(curve === "bn254" ? 384 : 576)),
    ).toBeUndefined();
    const order = [...scalars.order].reverse();
    expect(Buffer.from(order).toString("hex")).toBe(ORDERS[curve]);
  },
);

const ORDERS = {
  bn254: "30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000001",
  bls12381: "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001",
};

const structuresOf = (algebra: PairingAlgebra): readonly AlgebraStructure[] => [
  algebra.scalars,
  ...(algebra.coordinates === undefined ? [] : [algebra.coordinates]),
  algebra.extension,
];

test.each(["bn254", "bls12381"] as const)("fields of %s calculate", (curve) => {
  for (const structure of structuresOf(algebras[curve]())) {
    const field = structure.field!;
    const number = (value: bigint) => field.fromNumber(value);
    const six = field.multiply(number(2n), number(3n));
    expect(structure.equals(six, number(6n))).toBe(true);
    expect(structure.equals(field.square(number(5n)), number(25n))).toBe(true);
    const half = field.invert(number(2n))!;
    expect(structure.equals(structure.add(half, half), structure.one)).toBe(true);
    expect(field.invert(structure.zero)).toBeUndefined();
    for (const format of structure.formats.values()) {
      const encoded = format.encode(number(258n));
      expect(structure.equals(format.decode(encoded)!, number(258n))).toBe(true);
      expect(format.decode(encoded.map(() => 255))).toBeUndefined();
    }
  }
});

test("the numbers of Fr come least or most significant byte first", () => {
  const { scalars } = bn254Algebra();
  const seven = scalars.field!.fromNumber(7n);
  expect(scalars.formats.get("FormatFrLsb")!.encode(seven)[0]).toBe(7);
  expect(scalars.formats.get("FormatFrMsb")!.encode(seven)[31]).toBe(7);
});

test("a point of the curve of G2 that is not in the group is refused", () => {
  const { g2 } = bls12381Algebra();
  const format = g2.formats.get("FormatG2Compr")!;
  // x from 1 up, until one is on the curve; of the curve's points one in the cofactor's number is in the group.
  const found = Array.from({ length: 40 }, (_, x) => {
    const encoded = new Uint8Array(96);
    encoded[0] = 0x80;
    encoded[95] = x + 1;
    return format.decode(encoded);
  });
  expect(found.every((point) => point === undefined)).toBe(true);
});

// RFC 9380, appendix J.9.1 and J.10.1: the message "abc".
test("messages are hashed to the points of RFC 9380", () => {
  const { hashToG1, hashToG2 } = bls12381Algebra();
  const domain = (group: string) =>
    Buffer.from(`QUUX-V01-CS02-with-BLS12381${group}_XMD:SHA-256_SSWU_RO_`);
  const one = hashToG1!(Buffer.from("abc"), domain("G1")).toAffine();
  expect(one.x.toString(16)).toBe(
    "3567bc5ef9c690c2ab2ecdf6a96ef1c139cc0b2f284dca0a9a7943388a49a3aee664ba5379a7655d3c68900be2f6903",
  );
  const two = hashToG2!(Buffer.from("abc"), domain("G2")).toAffine();
  expect(two.x.c0.toString(16)).toBe(
    "2c2d18e033b960562aae3cab37a27ce00d80ccd5ba4b7fe0e7a210245129dbec7780ccc7954725f4168aff2787776e6",
  );
});
