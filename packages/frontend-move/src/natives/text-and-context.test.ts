import { sha3_256 } from "@dragoman/crypto";
import { expect, test } from "vitest";
import { callStdlib as call } from "../testing/call-stdlib.ts";
import { runMove, stateOf } from "../testing/run-move.ts";
import type { TransactionFacts } from "./transaction-context.ts";

test.each([
  ["u64", "1", "1"],
  ["bool", false, "false"],
  ["vector<u64>", ["1", "2", "3"], "[ 1, 2, 3 ]"],
  ["vector<u8>", "0aff", "0x0aff"],
  ["address", "0xcafe", "@0xcafe"],
  ["0x1::string::String", 'a "b" \\', '"a \\"b\\" \\\\"'],
  ["0x1::option::Option<u64>", { vec: [] }, "None"],
  ["0x1::option::Option<u64>", { vec: ["1"] }, "Some(1)"],
  ["0x1::guid::ID", { creation_num: "5", addr: "0x1" }, "ID { creation_num: 5, addr: @0x1 }"],
  ["0x1::cmp::Ordering", { __variant__: "Less" }, "Less{}"],
] as const)("%s: %j is written %s", (type, value, text) => {
  expect(call("string_utils::to_string", [value], { typeArguments: [type] })).toBe(text);
});

test("a debug text has types, and a line for each field", () => {
  const id = { creation_num: "5", addr: "0x1" };
  const types = { typeArguments: ["0x1::guid::ID"] };
  const long = `0x${"0".repeat(63)}1`;
  const expected = `${long}::guid::ID {\n  creation_num: 5,\n  addr: @0x1\n}`;
  expect(call("string_utils::debug_string", [id], types)).toBe(expected);
  const printed: string[] = [];
  call("debug::print", [id], { ...types, print: (text) => printed.push(text) });
  expect(new Set(printed)).toEqual(new Set([expected]));
});

test("formats take one value for each place", () => {
  const format = (text: string, ...values: string[]) =>
    call(
      values.length === 1 ? "string_utils::format1" : "string_utils::format2",
      [Buffer.from(text).toString("hex"), ...values],
      { typeArguments: values.map(() => "u64") },
    );
  expect(format("a = {} b = {}", "1", "2")).toBe("a = 1 b = 2");
  expect(format("{{{}}}", "7")).toBe("{7}");
  expect(format("{} {}", "7")).toBe(1n);
  expect(format("none", "7")).toBe(1n);
  for (const broken of ["{", "}", "a { b", "{}}"]) expect(format(broken, "7"), broken).toBe(2n);
});

const address = (byte: number): Uint8Array => new Uint8Array(32).fill(byte);
const FACTS: TransactionFacts = {
  hash: address(7),
  sender: address(1),
  secondarySigners: [address(2), address(3)],
  gasPayer: address(4),
  maxGasAmount: 900n,
  gasUnitPrice: 101n,
  chainId: 42,
  scriptHash: new Uint8Array(),
  entryFunction: {
    address: address(5),
    module: "m",
    name: "f",
    typeArguments: ["u64"],
    args: [Uint8Array.of(1, 2)],
  },
};
const inside = { transaction: FACTS };
const text = (byte: number): string => `0x${`0${byte}`.repeat(32).replace(/^0+/, "")}`;

test("code is told of the transaction that it runs in", () => {
  expect(call("transaction_context::sender", [], inside)).toBe(text(1));
  expect(call("transaction_context::gas_payer", [], inside)).toBe(text(4));
  expect(call("transaction_context::secondary_signers", [], inside)).toEqual([text(2), text(3)]);
  expect(call("transaction_context::max_gas_amount", [], inside)).toBe("900");
  expect(call("transaction_context::gas_unit_price", [], inside)).toBe("101");
  expect(call("type_info::chain_id", [], inside)).toBe(42);
  expect(call("transaction_context::get_transaction_hash", [], inside)).toBe("07".repeat(32));
  expect(call("transaction_context::entry_function_payload", [], inside)).toEqual({
    vec: [
      {
        account_address: text(5),
        module_name: "m",
        function_name: "f",
        ty_args_names: ["u64"],
        args: ["0102"],
      },
    ],
  });
  expect(call("transaction_context::is_orderless_txn", [], inside)).toBe(false);
});

test("outside of a transaction there is nothing to tell", () => {
  expect(call("transaction_context::sender")).toBe(0x30001n);
  expect(call("transaction_context::get_transaction_hash")).toBe("00".repeat(32));
});

test("addresses that nobody has are made of the transaction's hash and a count", () => {
  const state = stateOf(`module 0x1.m {
    import 0x1.transaction_context as t;
    f(): address * address bytecode { Call t.generate_auid_address; Call t.generate_auid_address; Ret }
  }`);
  const derived = (count: number): string =>
    Buffer.from(sha3_256(Uint8Array.of(...FACTS.hash, count, 0, 0, 0, 0, 0, 0, 0, 0xfb))).toString(
      "hex",
    );
  const run = runMove(state, { function: "f", ...inside });
  const full = (run.json as string[]).map((one) => one.slice(2).padStart(64, "0"));
  expect(full).toEqual([derived(1), derived(2)]);
});

test("aggregators stop at their limits", () => {
  const types = { typeArguments: ["u64"] };
  const counter = { value: "5", max_value: "7" };
  expect(call("aggregator_v2::add", [counter, "3"], types)).toBe(0x20001n);
  expect(call("aggregator_v2::add", [counter, "2"], types)).toEqual([]);
  expect(call("aggregator_v2::sub", [counter, "6"], types)).toBe(0x20002n);
  expect(call("aggregator_v2::is_at_least", [counter, "5"], types)).toBe(true);
  expect(call("aggregator_v2::create_aggregator_with_value", ["3", "9"], types)).toEqual({
    value: "3",
    max_value: "9",
  });
  expect(call("aggregator_v2::create_unbounded_aggregator_with_value", ["3"], types)).toEqual({
    value: "3",
    max_value: String(2n ** 64n - 1n),
  });
  const bytes = { typeArguments: ["u8"] };
  expect(call("aggregator_v2::create_unbounded_aggregator_with_value", [3], bytes)).toBe(0x10007n);
});
