import { FORK_NAMES, type ForkName, findPrecompile, machineOf } from "@dragoman/frontend-evm";
import { describe, expect, test } from "vitest";

const addressOf = (number: number): Uint8Array => {
  const address = new Uint8Array(20);
  new DataView(address.buffer).setUint16(18, number);
  return address;
};

const bytes = (...hex: string[]): Uint8Array => new Uint8Array(Buffer.from(hex.join(""), "hex"));
const word = (value: bigint | number): string => value.toString(16).padStart(64, "0");

/** Runs the precompile of a fork; output in hex, undefined = it failed. */
function run(fork: ForkName, number: number, input: Uint8Array, gas = 10_000_000) {
  const precompile = findPrecompile(machineOf({ fork }), addressOf(number));
  if (precompile?.kind !== "computed") throw new Error(`there is no precompile at ${number}`);
  const result = precompile.run(input, gas);
  return result && { gas: result.gas, output: Buffer.from(result.output).toString("hex") };
}

test("each precompile comes with its fork and stays", () => {
  const since: readonly (readonly [ForkName, readonly number[]])[] = [
    ["frontier", [1, 2, 3, 4]],
    ["byzantium", [5, 6, 7, 8]],
    ["istanbul", [9]],
    ["cancun", [10]],
    ["prague", [11, 12, 13, 14, 15, 16, 17]],
    ["osaka", [0x100]],
  ];
  for (const [index, fork] of FORK_NAMES.entries()) {
    const machine = machineOf({ fork });
    const expected = since
      .filter(([name]) => FORK_NAMES.indexOf(name) <= index)
      .flatMap(([, numbers]) => numbers);
    const found = Array.from({ length: 0x120 }, (_, number) => number).filter(
      (number) => findPrecompile(machine, addressOf(number)) !== undefined,
    );
    expect(found).toEqual(expected);
    expect(machine.precompileAddresses.map((at) => Buffer.from(at).readUInt16BE(18))).toEqual(
      found,
    );
  }
});

test("an address with higher bytes is none", () => {
  for (const at of [0, 10, 17]) {
    const address = addressOf(1);
    address[at] = 1;
    expect(findPrecompile(machineOf({ fork: "osaka" }), address)).toBeUndefined();
  }
});

describe("BN254", () => {
  const sum = bytes(word(1), word(2), word(1), word(2));

  test("is cheaper since EIP-1108", () => {
    const pairs = new Uint8Array(384);
    const prices = (fork: ForkName) => [
      run(fork, 6, sum)?.gas,
      run(fork, 7, sum)?.gas,
      run(fork, 8, pairs)?.gas,
    ];
    expect(prices("byzantium")).toEqual([500, 40_000, 100_000 + 2 * 80_000]);
    expect(prices("istanbul")).toEqual([150, 6_000, 45_000 + 2 * 34_000]);
  });

  test("reads zeros behind the input and nothing beyond its operands", () => {
    const point = word(1) + word(2);
    expect(run("osaka", 6, bytes(point))?.output).toBe(point);
    expect(run("osaka", 6, bytes(point, word(0), word(0), "ff"))?.output).toBe(point);
    expect(run("osaka", 6, new Uint8Array(0))?.output).toBe(word(0) + word(0));
    expect(run("osaka", 7, bytes(point, word(1), "ff"))?.output).toBe(point);
    expect(run("osaka", 8, new Uint8Array(0))?.output).toBe(word(1));
    expect(run("osaka", 8, new Uint8Array(191))).toBeUndefined();
  });

  test("takes all gas for a point off the curve", () => {
    expect(run("osaka", 6, bytes(word(1), word(1)))).toBeUndefined();
    expect(run("osaka", 6, sum, 149)).toBeUndefined();
  });
});

describe("BLS12-381", () => {
  test("prices sums with the discounts of EIP-2537, the last one for more than 128", () => {
    const gas = (number: number, stride: number, count: number) =>
      run("prague", number, new Uint8Array(stride * count))?.gas;
    expect([1, 2, 128, 129].map((count) => gas(12, 160, count))).toEqual([
      12_000,
      Math.floor((2 * 12_000 * 949) / 1000),
      Math.floor((128 * 12_000 * 519) / 1000),
      Math.floor((129 * 12_000 * 519) / 1000),
    ]);
    expect([1, 3, 128, 200].map((count) => gas(14, 288, count))).toEqual([
      22_500,
      Math.floor((3 * 22_500 * 923) / 1000),
      Math.floor((128 * 22_500 * 524) / 1000),
      Math.floor((200 * 22_500 * 524) / 1000),
    ]);
    expect(gas(15, 384, 3)).toBe(37_700 + 3 * 32_600);
  });

  test.each([
    [11, 256],
    [12, 160],
    [13, 512],
    [14, 288],
    [15, 384],
    [16, 64],
    [17, 128],
  ])("precompile %i refuses other lengths than %i and padding that is not zero", (number, size) => {
    expect(run("prague", number, new Uint8Array(size))).toBeDefined();
    for (const length of [0, size - 1, size + 1]) {
      expect(run("prague", number, new Uint8Array(length))).toBeUndefined();
    }
    for (const at of [0, 15]) {
      const padded = new Uint8Array(size);
      padded[at] = 1;
      expect(run("prague", number, padded)).toBeUndefined();
    }
  });
});

test("point evaluation refuses what does not open", () => {
  // The polynomial zero: commitment and proof are infinity.
  const infinity = `c0${"00".repeat(47)}`;
  const hash = "010657f37554c781402a22917dee2f75def7ab966d7b770905398eba3c444014";
  const input = bytes(hash, word(5), word(0), infinity, infinity);
  const order = "73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001";
  expect(run("cancun", 10, input)).toEqual({ gas: 50_000, output: word(4096) + order });
  expect(run("cancun", 10, input, 49_999)).toBeUndefined();
  expect(run("cancun", 10, bytes(hash, word(5), word(1), infinity, infinity))).toBeUndefined();
  expect(run("cancun", 10, bytes(word(1), word(5), word(0), infinity, infinity))).toBeUndefined();
  expect(run("cancun", 10, input.subarray(1))).toBeUndefined();
});

test("a signature over P-256 that is none costs the same and gives nothing", () => {
  const none = { gas: 6_900, output: "" };
  expect(run("osaka", 0x100, new Uint8Array(160))).toEqual(none);
  expect(run("osaka", 0x100, new Uint8Array(0))).toEqual(none);
  expect(run("osaka", 0x100, new Uint8Array(161))).toEqual(none);
  expect(run("osaka", 0x100, new Uint8Array(160), 6_899)).toBeUndefined();
});

test("a modular power takes operands of 1,024 bytes at most since EIP-7823", () => {
  const sizes = (size: number) =>
    bytes(word(size), word(1), word(1), "00".repeat(size), "01", "05");
  expect(run("osaka", 5, sizes(1024))?.output).toBe("00");
  expect(run("osaka", 5, sizes(1025))).toBeUndefined();
  expect(run("prague", 5, sizes(1025))?.output).toBe("00");
});
