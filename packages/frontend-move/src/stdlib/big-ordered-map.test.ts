import fc from "fast-check";
import { expect, test } from "vitest";
import { movePrograms } from "../execute/default-programs.ts";
import { runMove, stateOf } from "../testing/run-move.ts";

const MAP = "big_ordered_map.BigOrderedMap<u64, u64>";
const T = "<u64, u64>";
const CHILDREN = "ordered_map.OrderedMap<u64, big_ordered_map.Child<u64>>";

const STATE = stateOf(`version 8;
module 0x1.map_test {
  import 0x1.big_ordered_map;
  import 0x1.option;
  import 0x1.ordered_map;
  import 0x1.vector;
  // Triples: 0 puts a value, 1 takes a key out, 2 and 3 the first and the last entry; 4 walks to an entry and takes it.
  filled(leaf: u16, steps: vector<u64>): ${MAP} {
    let m: ${MAP};
    let op: u64; let key: u64; let value: u64;
    let found: big_ordered_map.IteratorPtrWithPath<u64>;
    let at: big_ordered_map.IteratorPtr<u64>;
  label b0:
    m = big_ordered_map.new_with_config${T}(4u16, move(leaf), false);
    vector.reverse<u64>(&mut steps);
  label next:
    jump_if (vec_len<u64>(&steps) == 0) done;
    op = vec_pop_back<u64>(&mut steps);
    key = vec_pop_back<u64>(&mut steps);
    value = vec_pop_back<u64>(&mut steps);
    jump_if (copy(op) == 0) put;
    jump_if (copy(op) == 1) remove;
    jump_if (copy(op) == 4) walk;
    jump_if (big_ordered_map.is_empty${T}(&m)) next;
    jump_if (copy(op) == 2) first;
    _, _ = big_ordered_map.pop_back${T}(&mut m);
    jump next;
  label first:
    _, _ = big_ordered_map.pop_front${T}(&mut m);
    jump next;
  label put:
    _ = big_ordered_map.upsert${T}(&mut m, copy(key), copy(value));
    jump next;
  label remove:
    _ = big_ordered_map.remove_or_none${T}(&mut m, &key);
    jump next;
  label walk:
    found = big_ordered_map.internal_find_with_path${T}(&m, &key);
    at = big_ordered_map.iter_with_path_get_iter<u64>(&found);
    jump_if (big_ordered_map.iter_is_end${T}(&at, &m)) next;
    _ = big_ordered_map.iter_remove${T}(copy(found), &mut m);
    jump next;
  label done:
    return move(m);
  }
  facts(leaf: u16, steps: vector<u64>, sought: u64): vector<u64> * vector<u64> * vector<u64> * u64 * option.Option<u64> * option.Option<u64> * option.Option<u64> {
    let m: ${MAP};
    let back: vector<u64>;
    let at: big_ordered_map.IteratorPtr<u64>;
    let all: ordered_map.OrderedMap<u64, u64>;
    let n: u64;
    let previous: option.Option<u64>;
    let next: option.Option<u64>;
    let found: option.Option<u64>;
  label b0:
    m = Self.filled(move(leaf), move(steps));
    back = vec_pack_0<u64>();
    at = big_ordered_map.internal_new_end_iter${T}(&m);
  label walk:
    jump_if (big_ordered_map.iter_is_begin${T}(&at, &m)) walked;
    at = big_ordered_map.iter_prev${T}(copy(at), &m);
    vec_push_back<u64>(&mut back, *big_ordered_map.iter_borrow_key<u64>(&at));
    jump walk;
  label walked:
    all = big_ordered_map.to_ordered_map${T}(&m);
    n = big_ordered_map.compute_length${T}(&m);
    previous = big_ordered_map.prev_key${T}(&m, &sought);
    next = big_ordered_map.next_key${T}(&m, &sought);
    found = big_ordered_map.get${T}(&m, &sought);
    Self.empty(move(m));
    return ordered_map.keys${T}(&all), ordered_map.values${T}(&all), move(back), move(n), move(previous), move(next), move(found);
  }
  // Takes everything out and the map with it.
  empty(m: ${MAP}) {
  label b0:
  label next:
    jump_if (big_ordered_map.is_empty${T}(&m)) done;
    _, _ = big_ordered_map.pop_front${T}(&mut m);
    jump next;
  label done:
    big_ordered_map.destroy_empty${T}(move(m));
    return;
  }
  // What the compiler makes of for_each_ref.
  sum(leaf: u16, steps: vector<u64>): u64 {
    let m: ${MAP};
    let at: big_ordered_map.LeafNodeIteratorPtr;
    let children: &${CHILDREN};
    let child: ordered_map.IteratorPtr;
    let sum: u64;
  label b0:
    m = Self.filled(move(leaf), move(steps));
    sum = 0;
    at = big_ordered_map.internal_leaf_new_begin_iter${T}(&m);
  label leaves:
    jump_if (big_ordered_map.internal_leaf_iter_is_end(&at)) done;
    children, at = big_ordered_map.internal_leaf_iter_borrow_entries_and_next_leaf_index${T}(copy(at), &m);
    child = ordered_map.internal_new_begin_iter<u64, big_ordered_map.Child<u64>>(copy(children));
  label entries:
    jump_if (ordered_map.iter_is_end<u64, big_ordered_map.Child<u64>>(&child, copy(children))) over;
    sum = move(sum) + *big_ordered_map.internal_leaf_borrow_value<u64>(
      ordered_map.iter_borrow<u64, big_ordered_map.Child<u64>>(copy(child), copy(children))
    );
    child = ordered_map.iter_next<u64, big_ordered_map.Child<u64>>(copy(child), copy(children));
    jump entries;
  label over:
    _ = move(children);
    jump leaves;
  label done:
    Self.empty(move(m));
    return move(sum);
  }
  double(by: u64, v: &mut u64): u64 {
  label b0:
    *copy(v) = *copy(v) * move(by);
    return *move(v);
  }
  modified(key: u64, by: u64): u64 * u64 bytecode {
    let m: ${MAP}; let given: u64; let now: u64;
    Call big_ordered_map.new${T}; StLoc m
    MutBorrowLoc m; LdU64 5; LdU64 50; Call big_ordered_map.add${T}
    ImmBorrowLoc m; ImmBorrowLoc key; Call big_ordered_map.internal_find${T}
    MutBorrowLoc m; MoveLoc by; PackClosure Self.double 1
    Call big_ordered_map.iter_modify<u64, u64, u64>; StLoc given
    MutBorrowLoc m; ImmBorrowLoc key; Call big_ordered_map.borrow_mut${T}; FreezeRef; ReadRef; StLoc now
    MoveLoc m; Call Self.empty; MoveLoc given; MoveLoc now; Ret
  }
  one(): ${MAP} {
    let m: ${MAP};
  label b0:
    m = big_ordered_map.new${T}();
    big_ordered_map.add${T}(&mut m, 5, 50);
    return move(m);
  }
  twice() { let m: ${MAP}; label b0: m = Self.one(); big_ordered_map.add${T}(&mut m, 5, 51); Self.empty(move(m)); return; }
  absent(key: u64) { let m: ${MAP}; label b0: m = Self.one(); _ = big_ordered_map.remove${T}(&mut m, &key); Self.empty(move(m)); return; }
  borrowed(key: u64): u64 { let m: ${MAP}; let x: u64; label b0: m = Self.one(); x = *big_ordered_map.borrow${T}(&m, &key); Self.empty(move(m)); return move(x); }
  full() { label b0: big_ordered_map.destroy_empty${T}(Self.one()); return; }
  nothing(): u64 { let m: ${MAP}; let x: u64; label b0: m = big_ordered_map.new${T}(); x = big_ordered_map.front_key${T}(&m); Self.empty(move(m)); return move(x); }
  configured(inner: u16, leaf: u16) { label b0: Self.empty(big_ordered_map.new_with_config${T}(move(inner), move(leaf), true)); return; }
  of_bytes() { label b0: big_ordered_map.destroy_empty<vector<u8>, u64>(big_ordered_map.new<vector<u8>, u64>()); return; }
  bytes(key: vector<u8>): u64 * bool {
    let m: big_ordered_map.BigOrderedMap<vector<u8>, vector<u8>>;
    let there: bool;
    let size: u64;
  label b0:
    m = big_ordered_map.new_with_type_size_hints<vector<u8>, vector<u8>>(10, 100, 10, 100);
    big_ordered_map.add<vector<u8>, vector<u8>>(&mut m, copy(key), copy(key));
    there = big_ordered_map.contains<vector<u8>, vector<u8>>(&m, &key);
    _, key = big_ordered_map.pop_back<vector<u8>, vector<u8>>(&mut m);
    size = vec_len<u8>(&key);
    big_ordered_map.destroy_empty<vector<u8>, vector<u8>>(move(m));
    return move(size), move(there);
  }
  borrowed_bytes(key: vector<u8>): u64 {
    let m: big_ordered_map.BigOrderedMap<u64, vector<u8>>;
    let size: u64;
    let k: u64;
  label b0:
    k = 1;
    m = big_ordered_map.new_with_config<u64, vector<u8>>(0u16, 0u16, false);
    big_ordered_map.add<u64, vector<u8>>(&mut m, 1, move(key));
    size = vec_len<u8>(freeze(big_ordered_map.borrow_mut<u64, vector<u8>>(&mut m, &k)));
    _, _ = big_ordered_map.pop_back<u64, vector<u8>>(&mut m);
    big_ordered_map.destroy_empty<u64, vector<u8>>(move(m));
    return move(size);
  }
}`);

const PROGRAMS = movePrograms();
const call = (fn: string, ...args: unknown[]): unknown => {
  const message = { module: "0x1::map_test", function: fn, args: args as never };
  const run = runMove(STATE, message, PROGRAMS);
  return run.json ?? run.failure?.abortCode ?? run.failure?.status;
};
const texts = (numbers: readonly number[]): string[] => numbers.map(String);

type Step = readonly [op: number, key: number, value: number];

function apply(steps: readonly Step[]): [number, number][] {
  const map = new Map<number, number>();
  const sorted = (): number[] => [...map.keys()].sort((x, y) => x - y);
  for (const [op, key, value] of steps) {
    if (op === 0) map.set(key, value);
    else if (op === 2) map.delete(sorted()[0] ?? -1);
    else if (op === 3) map.delete(sorted().at(-1) ?? -1);
    else map.delete(key);
  }
  return sorted().map((key) => [key, map.get(key) as number]);
}

const step = fc.tuple(
  fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, { weight: 4, arbitrary: fc.nat(4) }),
  fc.nat(30),
  fc.integer({ min: 1, max: 9 }),
);
const option = (value: number | undefined) => ({ vec: value === undefined ? [] : [String(value)] });

test("it is a map in the order of its keys, however its leaves split and go", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 3, max: 6 }),
      fc.array(step, { maxLength: 80 }),
      fc.nat(30),
      (leaf, steps, sought) => {
        const all = apply(steps);
        const keys = all.map(([key]) => key);
        expect(call("facts", leaf, texts(steps.flat()), sought)).toEqual([
          texts(keys),
          texts(all.map(([, value]) => value)),
          texts([...keys].reverse()),
          String(all.length),
          option(keys.filter((key) => key < sought).at(-1)),
          option(keys.find((key) => key > sought)),
          option(all.find(([key]) => key === sought)?.[1]),
        ]);
        const sum = all.reduce((total, [, value]) => total + value, 0);
        expect(call("sum", leaf, texts(steps.flat()))).toEqual([String(sum)]);
      },
    ),
    { numRuns: 80 },
  );
});

test("a closure changes a value", () => {
  expect(call("modified", 5, 3)).toEqual(["150", "150"]);
  expect(call("modified", 6, 3)).toBe(0x10003n);
});

test("keys and values may have any size that the settings allow", () => {
  expect(call("bytes", "aa".repeat(50))).toEqual(["50", true]);
  expect(call("bytes", "aa".repeat(3000))).toBe(0x1000fn);
  expect(call("borrowed_bytes", "aa")).toBe(0x1000en);
});

test.each([
  ["twice", [], 0x10001n],
  ["absent", [6], 0x10002n],
  ["absent", [4], 0x10002n],
  ["borrowed", [6], 0x10002n],
  ["borrowed", [5], ["50"]],
  ["full", [], 0x1000cn],
  ["nothing", [], 0x10003n],
  ["configured", [3, 0], 0x1000bn],
  ["configured", [0, 2], 0x1000bn],
  ["configured", [0, 4097], 0x1000bn],
  ["configured", [4, 3], []],
  ["of_bytes", [], 0x10010n],
])("%s(%j) gives %s", (fn, args, result) => {
  expect(call(fn, ...args)).toEqual(result);
});
