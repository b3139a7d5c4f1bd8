import fc from "fast-check";
import { expect, test } from "vitest";
import { movePrograms } from "../execute/default-programs.ts";
import { runMove, stateOf } from "../testing/run-move.ts";

const STATE = stateOf(`module 0x1.stream_test {
  import 0x1.bcs_stream;
  import 0x1.string;
  all(data: vector<u8>): bool * u8 * u16 * u32 * u64 * u128 * u256 * address * string.String * u64 * bool {
    let s: bcs_stream.BCSStream;
  label b0:
    s = bcs_stream.new(move(data));
    return bcs_stream.deserialize_bool(&mut s), bcs_stream.deserialize_u8(&mut s), bcs_stream.deserialize_u16(&mut s),
      bcs_stream.deserialize_u32(&mut s), bcs_stream.deserialize_u64(&mut s), bcs_stream.deserialize_u128(&mut s),
      bcs_stream.deserialize_u256(&mut s), bcs_stream.deserialize_address(&mut s), bcs_stream.deserialize_string(&mut s),
      bcs_stream.deserialize_uleb128(&mut s), bcs_stream.has_remaining(&mut s);
  }
  number(data: vector<u8>): u64 * bool {
    let s: bcs_stream.BCSStream;
  label b0:
    s = bcs_stream.new(move(data));
    return bcs_stream.deserialize_uleb128(&mut s), bcs_stream.has_remaining(&mut s);
  }
  truth(data: vector<u8>): bool {
    let s: bcs_stream.BCSStream;
  label b0:
    s = bcs_stream.new(move(data));
    return bcs_stream.deserialize_bool(&mut s);
  }
  text(data: vector<u8>): string.String {
    let s: bcs_stream.BCSStream;
  label b0:
    s = bcs_stream.new(move(data));
    return bcs_stream.deserialize_string(&mut s);
  }
}`);

const PROGRAMS = movePrograms();
const call = (fn: string, hex: string): unknown => {
  const message = { module: "0x1::stream_test", function: fn, args: [hex] };
  const run = runMove(STATE, message, PROGRAMS);
  return run.json ?? run.failure?.abortCode ?? run.failure?.status;
};

test("values come one after the other", () => {
  const numbers = ["07", "0201", "04030201", "0807060504030201"];
  const wide = ["01".padEnd(32, "0"), "02".padEnd(64, "0"), "03".padStart(64, "0")];
  const data = ["01", ...numbers, ...wide, "026869", "8001", "ff"].join("");
  expect(call("all", data)).toEqual([
    true,
    7,
    0x102,
    0x1020304,
    String(0x102030405060708n),
    "1",
    "2",
    "0x3",
    "hi",
    "128",
    true,
  ]);
});

/** ULEB128 of a number. */
function uleb(value: bigint): string {
  const low = Number(value & 0x7fn);
  const rest = value >> 7n;
  const byte = (rest > 0n ? low | 0x80 : low).toString(16).padStart(2, "0");
  return rest > 0n ? byte + uleb(rest) : byte;
}

test("a ULEB128 of up to 64 bits is read", () => {
  fc.assert(
    fc.property(fc.bigInt(0n, 2n ** 64n - 1n), (value) => {
      expect(call("number", uleb(value))).toEqual([String(value), false]);
    }),
    { numRuns: 40 },
  );
});

test.each([
  ["number", "", 0x20002n],
  ["number", "80", 0x20002n],
  ["number", "8000", 0x10001n],
  ["number", uleb(2n ** 64n), 0x10001n],
  ["number", "80".repeat(10), 0x10001n],
  ["truth", "02", 0x10001n],
  ["truth", "", 0x20002n],
  ["text", "0361", 0x20002n],
  ["text", "01ff", 1n],
])("%s of %s aborts with %s", (fn, hex, code) => {
  expect(call(fn, hex)).toBe(code);
});
