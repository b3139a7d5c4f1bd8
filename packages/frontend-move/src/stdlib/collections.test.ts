import { expect, test } from "vitest";
import { callStdlib as call } from "../testing/call-stdlib.ts";
import { runMove, stateOf } from "../testing/run-move.ts";

const U64 = { typeArguments: ["u64"] };

test.each([
  ["vector::slice", [["1", "2", "3"], "1", "3"], ["2", "3"]],
  ["vector::slice", [["1", "2", "3"], "2", "4"], 0x20004n],
  ["vector::last", [["1", "2", "3"]], "3"],
  ["vector::last", [[]], 0x20000n],
] as const)("%s(%s)", (name, args, result) => {
  expect(call(name, args, U64)).toEqual(result);
});

test("ranges have a step", () => {
  expect(call("vector::range_with_step", ["1", "9", "3"])).toEqual(["1", "4", "7"]);
  expect(call("vector::range_with_step", ["1", "9", "0"])).toBe(0x20003n);
});

/** Runs statements over a vector 1 to 5 and gives it back, with a second vector. */
const change = (statements: string): unknown => {
  const state = stateOf(`module 0x1.m {
    import 0x1.mem;
    import 0x1.vector;
    f(): vector<u64> * vector<u64> {
      let v: vector<u64>;
      let w: vector<u64>;
    label b0:
      v = vec_pack_5<u64>(1, 2, 3, 4, 5);
      w = vec_pack_2<u64>(8, 9);
      ${statements}
      return move(v), move(w);
    }
  }`);
  const run = runMove(state, { function: "f" });
  return run.json ?? run.failure?.abortCode;
};

test.each([
  [
    "vector.move_range<u64>(&mut v, 1, 3, &mut w, 1);",
    [
      ["1", "5"],
      ["8", "2", "3", "4", "9"],
    ],
  ],
  [
    "vector.move_range<u64>(&mut v, 5, 0, &mut w, 2);",
    [
      ["1", "2", "3", "4", "5"],
      ["8", "9"],
    ],
  ],
  ["vector.move_range<u64>(&mut v, 3, 3, &mut w, 0);", 1n],
  ["vector.move_range<u64>(&mut v, 0, 1, &mut w, 3);", 1n],
  [
    "w = vector.trim<u64>(&mut v, 2);",
    [
      ["1", "2"],
      ["3", "4", "5"],
    ],
  ],
  [
    "w = vector.trim_reverse<u64>(&mut v, 2);",
    [
      ["1", "2"],
      ["5", "4", "3"],
    ],
  ],
  [
    "vector.insert<u64>(&mut v, 1, 7);",
    [
      ["1", "7", "2", "3", "4", "5"],
      ["8", "9"],
    ],
  ],
  [
    "vector.reverse_slice<u64>(&mut v, 1, 4);",
    [
      ["1", "4", "3", "2", "5"],
      ["8", "9"],
    ],
  ],
  [
    "vector.reverse_append<u64>(&mut w, vector.slice<u64>(&v, 0, 2));",
    [
      ["1", "2", "3", "4", "5"],
      ["8", "9", "2", "1"],
    ],
  ],
  [
    "_ = vector.rotate<u64>(&mut v, 2);",
    [
      ["3", "4", "5", "1", "2"],
      ["8", "9"],
    ],
  ],
  [
    "_ = vector.replace<u64>(&mut v, 4, 6);",
    [
      ["1", "2", "3", "4", "6"],
      ["8", "9"],
    ],
  ],
  [
    "w = vector.remove_value<u64>(&mut v, vec_imm_borrow<u64>(&w, 0));",
    [["1", "2", "3", "4", "5"], []],
  ],
  [
    "mem.swap<vector<u64>>(&mut v, &mut w);",
    [
      ["8", "9"],
      ["1", "2", "3", "4", "5"],
    ],
  ],
  [
    "w = mem.replace<vector<u64>>(&mut v, move(w));",
    [
      ["8", "9"],
      ["1", "2", "3", "4", "5"],
    ],
  ],
] as const)("%s", (statements, result) => {
  expect(change(statements)).toEqual(result);
});

test.each([
  ["u64", "5", "40", "Less"],
  ["u128", "300", "44", "Greater"],
  ["bool", true, true, "Equal"],
  ["address", "0x1", "0x0100", "Less"],
  ["vector<u64>", ["1", "300"], ["1", "44"], "Greater"],
  ["vector<u8>", "0102", "010200", "Less"],
  ["0x1::string::String", "b", "ab", "Greater"],
  ["0x1::option::Option<u8>", { vec: [] }, { vec: [0] }, "Less"],
  ["0x1::cmp::Ordering", { __variant__: "Equal" }, { __variant__: "Less" }, "Greater"],
] as const)("%s: %s against %s is %s", (type, left, right, order) => {
  const state = stateOf(`module 0x1.m {
    import 0x1.cmp;
    f<T>(a: &T, b: &T): cmp.Ordering bytecode { MoveLoc a; MoveLoc b; Call cmp.compare<T>; Ret }
  }`);
  const run = runMove(state, { function: "f", typeArguments: [type], args: [left, right] });
  expect(run.json).toEqual([{ __variant__: order }]);
});

test("sizes of values in BCS are told, and the constant ones before there is a value", () => {
  const state = stateOf(`module 0x1.m {
    import 0x1.bcs;
    import 0x1.option;
    struct S { a: u8, b: u256, c: address }
    f(): option.Option<u64> * option.Option<u64> * u64 {
      let s: vector<u16>;
    label b0:
      s = vec_pack_2<u16>(1u16, 2u16);
      return bcs.constant_serialized_size<Self.S>(),
        bcs.constant_serialized_size<vector<Self.S>>(),
        bcs.serialized_size<vector<u16>>(&s);
    }
  }`);
  expect(runMove(state, { function: "f" }).json).toEqual([{ vec: ["65"] }, { vec: [] }, "5"]);
});

test("a simple map keeps one value for each key", () => {
  const types = { typeArguments: ["u64", "bool"] };
  const map = call(
    "simple_map::new_from",
    [
      ["3", "1"],
      [true, false],
    ],
    types,
  ) as never;
  expect(call("simple_map::keys", [map], types)).toEqual(["3", "1"]);
  expect(call("simple_map::values", [map], types)).toEqual([true, false]);
  expect(call("simple_map::borrow", [map, "1"], types)).toBe(false);
  expect(call("simple_map::borrow", [map, "2"], types)).toBe(0x10002n);
  expect(
    call(
      "simple_map::new_from",
      [
        ["3", "3"],
        [true, false],
      ],
      types,
    ),
  ).toBe(0x10001n);
  expect(call("simple_map::new_from", [["3"], [true, false]], types)).toBe(0x20002n);
  expect(call("simple_map::to_vec_pair", [map], types)).toEqual([
    ["3", "1"],
    [true, false],
  ]);
});

test("bit vectors shift, and count from a place on", () => {
  const bits = { length: "4", bit_field: [true, false, true, true] };
  expect(call("bit_vector::longest_set_sequence_starting_at", [bits, "2"])).toBe("2");
  expect(call("bit_vector::is_index_set", [bits, "4"])).toBe(0x20000n);
  expect(call("bit_vector::new", ["1024"])).toBe(0x20001n);
  const state = stateOf(`module 0x1.m {
    import 0x1.bit_vector;
    f(b: bit_vector.BitVector, n: u64): bit_vector.BitVector bytecode {
      MutBorrowLoc b; MoveLoc n; Call bit_vector.shift_left; MoveLoc b; Ret
    }
  }`);
  const shifted = (by: string) =>
    (runMove(state, { function: "f", args: [bits, by] }).json as [typeof bits])[0].bit_field;
  expect(shifted("1")).toEqual([false, true, true, false]);
  expect(shifted("9")).toEqual([false, false, false, false]);
});

const TABLE = `module 0x1.m {
  import 0x1.smart_table;
  import 0x1.table_with_length;
  struct Maps has key { smart: smart_table.SmartTable<u64, u64>, counted: table_with_length.TableWithLength<u64, bool> }
  run(s: &signer, count: u64): u64 * u64 * u64 * vector<u64> {
    let t: smart_table.SmartTable<u64, u64>;
    let i: u64;
    let sum: u64;
    let buckets: u64;
    let load: u64;
    let keys: vector<u64>;
  label b0:
    t = smart_table.new_with_config<u64, u64>(0, 0u8, 4);
    i = 0;
  label add:
    jump_if (copy(i) >= copy(count)) added;
    smart_table.add<u64, u64>(&mut t, copy(i), copy(i) * 2);
    i = move(i) + 1;
    jump add;
  label added:
    buckets = smart_table.num_buckets<u64, u64>(&t);
    load = smart_table.load_factor<u64, u64>(&t);
    keys = smart_table.keys<u64, u64>(&t);
    smart_table.upsert<u64, u64>(&mut t, 3, 100);
    sum = 0;
    i = 0;
  label take:
    jump_if (copy(i) >= copy(count)) taken;
    sum = move(sum) + smart_table.remove<u64, u64>(&mut t, copy(i));
    i = move(i) + 1;
    jump take;
  label taken:
    assert(!smart_table.contains<u64, u64>(&t, 3), 1);
    smart_table.destroy_empty<u64, u64>(move(t));
    return move(sum), move(buckets), move(load), move(keys);
  }
  counted(): u64 {
    let t: table_with_length.TableWithLength<u64, bool>;
    let n: u64;
  label b0:
    t = table_with_length.new<u64, bool>();
    table_with_length.add<u64, bool>(&mut t, 1, true);
    table_with_length.upsert<u64, bool>(&mut t, 2, true);
    table_with_length.upsert<u64, bool>(&mut t, 2, false);
    n = table_with_length.length<u64, bool>(&t);
    _ = table_with_length.remove<u64, bool>(&mut t, 1);
    table_with_length.destroy_empty<u64, bool>(move(t));
    return move(n);
  }
}`;

test("a smart table splits its buckets, keeps every key and gives every value back", () => {
  const run = runMove(stateOf(TABLE), { function: "run", args: ["40"] });
  const [sum, buckets, load, keys] = run.json as [string, string, string, string[]];
  // Twice the sum of 0 to 39, with 100 for the 6 of key 3.
  expect(sum).toBe(String(40 * 39 - 6 + 100));
  expect(Number(load)).toBeLessThan(75);
  expect(Number(buckets)).toBe(14);
  expect([...keys].map(Number).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 40 }, (_, i) => i),
  );
});

test("a table with a length cannot be destroyed with entries", () => {
  expect(runMove(stateOf(TABLE), { function: "counted" }).failure?.abortCode).toBe(0x30066n);
});

test("pools give shares for coins and coins for shares", () => {
  const state = stateOf(`module 0x1.m {
    import 0x1.pool_u64;
    import 0x1.pool_u64_unbound as unbound;
    f(): u64 * u64 * u64 * vector<address> {
      let p: pool_u64.Pool;
      let first: u64;
      let second: u64;
      let back: u64;
    label b0:
      p = pool_u64.create(2);
      first = pool_u64.buy_in(&mut p, 0xa, 1000);
      pool_u64.update_total_coins(&mut p, 2000);
      second = pool_u64.buy_in(&mut p, 0xb, 1000);
      pool_u64.transfer_shares(&mut p, 0xa, 0xb, 1000);
      back = pool_u64.redeem_shares(&mut p, 0xb, 300);
      first = move(first) + pool_u64.shares(&p, 0xa) + pool_u64.total_coins(&p);
      return move(first), move(second), move(back), Self.end(move(p));
    }
    end(p: pool_u64.Pool): vector<address> {
      let holders: vector<address>;
    label b0:
      holders = pool_u64.shareholders(&p);
      _ = pool_u64.redeem_shares(&mut p, 0xb, 1200);
      pool_u64.destroy_empty(move(p));
      return move(holders);
    }
    many(): u128 {
      let p: unbound.Pool;
      let shares: u128;
    label b0:
      p = unbound.create_with_scaling_factor(10);
      _ = unbound.buy_in(&mut p, 0xa, 7);
      shares = unbound.shares(&p, 0xa);
      _ = unbound.redeem_shares(&mut p, 0xa, copy(shares));
      unbound.destroy_empty(move(p));
      return move(shares);
    }
    full() {
      let p: pool_u64.Pool;
    label b0:
      p = pool_u64.create(1);
      _ = pool_u64.buy_in(&mut p, 0xa, 1000);
      _ = pool_u64.buy_in(&mut p, 0xb, 1000);
      _ = Self.end(move(p));
      return;
    }
  }`);
  const run = runMove(state, { function: "f" });
  expect(run.json).toEqual(["3400", "500", "600", [`0x${"b"}`]]);
  expect(runMove(state, { function: "many" }).json).toEqual(["70"]);
  expect(runMove(state, { function: "full" }).failure?.abortCode).toBe(0x30002n);
});

test("any value is kept as its BCS and given back as its type alone", () => {
  const state = stateOf(`module 0x1.m {
    import 0x1.any;
    import 0x1.copyable_any;
    f(x: u64): u64 bytecode { MoveLoc x; Call any.pack<u64>; Call any.unpack<u64>; Ret }
    g(x: u64): u8 bytecode { MoveLoc x; Call copyable_any.pack<u64>; Call copyable_any.unpack<u8>; Ret }
  }`);
  expect(runMove(state, { function: "f", args: ["77"] }).json).toEqual(["77"]);
  expect(runMove(state, { function: "g", args: ["77"] }).failure?.abortCode).toBe(0x10001n);
});
