import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { movePrograms } from "../execute/default-programs.ts";
import { runMove, stateOf } from "../testing/run-move.ts";

/** What is done to a vector: which of the eight operations, and two numbers. */
type Step = readonly [op: number, a: number, b: number];

/** Runs triples of numbers over a vector of u64 whose functions are in `0x1.NAME`; an index is taken modulo the length. */
const driver = (name: string, type: string) => `
  ${name}_run(v: &mut ${type}, steps: vector<u64>) {
    let op: u64; let a: u64; let b: u64; let n: u64;
  label b0:
    vector.reverse<u64>(&mut steps);
  label next:
    jump_if (vec_len<u64>(&steps) == 0) done;
    op = vec_pop_back<u64>(&mut steps);
    a = vec_pop_back<u64>(&mut steps);
    b = vec_pop_back<u64>(&mut steps);
    n = ${name}.length<u64>(freeze(copy(v)));
    jump_if (copy(op) == 0) push;
    jump_if (copy(n) == 0) next;
    jump_if (copy(op) == 1) pop;
    jump_if (copy(op) == 2) remove;
    jump_if (copy(op) == 3) swap_remove;
    jump_if (copy(op) == 4) swap;
    jump_if (copy(op) == 5) reverse;
    jump_if (copy(op) == 6) write;
    jump look;
  label push:
    ${name}.push_back<u64>(copy(v), copy(a));
    jump next;
  label pop:
    _ = ${name}.pop_back<u64>(copy(v));
    jump next;
  label remove:
    _ = ${name}.remove<u64>(copy(v), copy(a) % copy(n));
    jump next;
  label swap_remove:
    _ = ${name}.swap_remove<u64>(copy(v), copy(a) % copy(n));
    jump next;
  label swap:
    ${name}.swap<u64>(copy(v), copy(a) % copy(n), copy(b) % copy(n));
    jump next;
  label reverse:
    ${name}.reverse<u64>(copy(v));
    jump next;
  label write:
    *${name}.borrow_mut<u64>(copy(v), copy(a) % copy(n)) = copy(b);
    jump next;
  label look:
    b = *${name}.borrow<u64>(freeze(copy(v)), copy(a) % copy(n));
    ${name}.push_back<u64>(copy(v), copy(b));
    jump next;
  label done:
    _ = move(v);
    return;
  }
  ${name}_all(v: ${type}, w: ${type}, first: vector<u64>, second: vector<u64>, sought: u64): vector<u64> * bool * u64 * u64 {
    let all: vector<u64>; let found: bool; let at: u64; let n: u64;
  label b0:
    Self.${name}_run(&mut v, move(first));
    Self.${name}_run(&mut w, move(second));
    ${name}.append<u64>(&mut v, move(w));
    all = ${name}.to_vector<u64>(&v);
    found, at = ${name}.index_of<u64>(&v, &sought);
    n = ${name}.length<u64>(&v);
    ${name}.destroy<u64>(move(v));
    return move(all), move(found), move(at), move(n);
  }`;

const STATE = stateOf(`module 0x1.smart_vector_test {
  import 0x1.ordered_map;
  import 0x1.option;
  import 0x1.smart_vector;
  import 0x1.vector;
  ${driver("smart_vector", "smart_vector.SmartVector<u64>")}
  smart(capacity: u64, bucket: u64, first: vector<u64>, second: vector<u64>, sought: u64): vector<u64> * bool * u64 * u64 {
  label b0:
    return Self.smart_vector_all(
      smart_vector.empty_with_config<u64>(copy(capacity), copy(bucket)),
      smart_vector.empty_with_config<u64>(move(bucket), move(capacity) + 1),
      move(first), move(second), move(sought)
    );
  }
  plain(first: vector<u64>, second: vector<u64>, sought: u64): vector<u64> * bool * u64 * u64 {
  label b0:
    return Self.smart_vector_all(smart_vector.new<u64>(), smart_vector.new<u64>(), move(first), move(second), move(sought));
  }
  bad_pop(): u64 {
    let v: smart_vector.SmartVector<u64>;
    let x: u64;
  label b0:
    v = smart_vector.new<u64>();
    x = smart_vector.pop_back<u64>(&mut v);
    smart_vector.destroy_empty<u64>(move(v));
    return move(x);
  }
  bad_index(i: u64): u64 {
    let v: smart_vector.SmartVector<u64>;
    let x: u64;
  label b0:
    v = smart_vector.singleton<u64>(9);
    x = *smart_vector.borrow<u64>(&v, move(i));
    smart_vector.destroy<u64>(move(v));
    return move(x);
  }
  not_empty() {
  label b0:
    smart_vector.destroy_empty<u64>(smart_vector.singleton<u64>(9));
    return;
  }
  no_room() {
  label b0:
    smart_vector.destroy_empty<u64>(smart_vector.empty_with_config<u64>(0, 0));
    return;
  }

  map(steps: vector<u64>, others: vector<u64>, sought: u64):
    vector<u64> * vector<u64> * vector<u64> * vector<u64> * option.Option<u64> * option.Option<u64> * option.Option<u64> {
    let m: ordered_map.OrderedMap<u64, u64>;
    let n: ordered_map.OrderedMap<u64, u64>;
    let high: ordered_map.OrderedMap<u64, u64>;
    let previous: option.Option<u64>;
    let next: option.Option<u64>;
    let found: option.Option<u64>;
    let keys: vector<u64>;
    let values: vector<u64>;
    let high_keys: vector<u64>;
    let high_values: vector<u64>;
  label b0:
    m = Self.filled(move(steps));
    n = Self.filled(move(others));
    ordered_map.append<u64, u64>(&mut m, move(n));
    previous = ordered_map.prev_key<u64, u64>(&m, &sought);
    next = ordered_map.next_key<u64, u64>(&m, &sought);
    found = ordered_map.get<u64, u64>(&m, &sought);
    sought = ordered_map.length<u64, u64>(&m) / 2;
    high = ordered_map.trim<u64, u64>(&mut m, move(sought));
    keys = ordered_map.keys<u64, u64>(&m);
    values = ordered_map.values<u64, u64>(&m);
    high_keys, high_values = ordered_map.to_vec_pair<u64, u64>(move(high));
    return move(keys), move(values), move(high_keys), move(high_values), move(previous), move(next), move(found);
  }
  // Pairs: a key and what is put there; 0 takes the key out.
  filled(steps: vector<u64>): ordered_map.OrderedMap<u64, u64> {
    let m: ordered_map.OrderedMap<u64, u64>;
    let key: u64;
    let value: u64;
  label b0:
    m = ordered_map.new<u64, u64>();
    vector.reverse<u64>(&mut steps);
  label next:
    jump_if (vec_len<u64>(&steps) == 0) done;
    key = vec_pop_back<u64>(&mut steps);
    value = vec_pop_back<u64>(&mut steps);
    jump_if (copy(value) == 0) out;
    _ = ordered_map.upsert<u64, u64>(&mut m, copy(key), copy(value));
    jump next;
  label out:
    _ = ordered_map.remove_or_none<u64, u64>(&mut m, &key);
    jump next;
  label done:
    return move(m);
  }
  // Walks back from the end, doubles each value, and gives the sum of key * value.
  walk(keys: vector<u64>, values: vector<u64>): u64 {
    let m: ordered_map.OrderedMap<u64, u64>;
    let at: ordered_map.IteratorPtr;
    let value: &mut u64;
    let sum: u64;
  label b0:
    m = ordered_map.new_from<u64, u64>(move(keys), move(values));
    at = ordered_map.internal_new_end_iter<u64, u64>(&m);
    sum = 0;
  label next:
    jump_if (ordered_map.iter_is_begin<u64, u64>(&at, &m)) done;
    at = ordered_map.iter_prev<u64, u64>(move(at), &m);
    value = ordered_map.iter_borrow_mut<u64, u64>(copy(at), &mut m);
    *copy(value) = *copy(value) * 2;
    _ = move(value);
    sum = move(sum) + *ordered_map.iter_borrow_key<u64, u64>(&at, &m) * *ordered_map.iter_borrow<u64, u64>(copy(at), &m);
    jump next;
  label done:
    return move(sum);
  }
  map_of(keys: vector<u64>): ordered_map.OrderedMap<u64, u64> {
  label b0:
    return ordered_map.new_from<u64, u64>(copy(keys), move(keys));
  }
  map_twice() { label b0: _ = Self.map_of(vec_pack_2<u64>(4, 4)); return; }
  map_absent() { let m: ordered_map.OrderedMap<u64, u64>; let k: u64;
    label b0: k = 5; m = Self.map_of(vec_pack_1<u64>(4)); _ = ordered_map.remove<u64, u64>(&mut m, &k); return; }
  map_borrow() { let m: ordered_map.OrderedMap<u64, u64>; let k: u64; 
    label b0: k = 5; m = Self.map_of(vec_pack_1<u64>(4)); _ = *ordered_map.borrow<u64, u64>(&m, &k); return; }
  map_order() { let m: ordered_map.OrderedMap<u64, u64>; 
    label b0: m = Self.map_of(vec_pack_1<u64>(4));
    ordered_map.iter_add<u64, u64>(ordered_map.internal_new_end_iter<u64, u64>(&m), &mut m, 3, 3); return; }
  map_disjoint() { let m: ordered_map.OrderedMap<u64, u64>; 
    label b0: m = Self.map_of(vec_pack_2<u64>(4, 6));
    ordered_map.append_disjoint<u64, u64>(&mut m, Self.map_of(vec_pack_2<u64>(5, 6))); return; }
  map_lengths() { label b0: _ = ordered_map.new_from<u64, u64>(vec_pack_1<u64>(1), vec_pack_0<u64>()); return; }
}`);

const PROGRAMS = movePrograms();
const call = (fn: string, ...args: unknown[]): unknown => {
  const run = runMove(
    STATE,
    { module: "0x1::smart_vector_test", function: fn, args: args as never },
    PROGRAMS,
  );
  return run.json ?? run.failure?.abortCode ?? run.failure?.status;
};
const texts = (numbers: readonly number[]): string[] => numbers.map(String);

/** The same steps on an array. */
function apply(steps: readonly Step[]): number[] {
  let all: number[] = [];
  for (const [op, a, b] of steps) {
    const n = all.length;
    if (op === 0) all.push(a);
    else if (n === 0) continue;
    else if (op === 1) all.pop();
    else if (op === 2) all.splice(a % n, 1);
    else if (op === 3) {
      const last = all.pop() as number;
      if (a % n < n - 1) all[a % n] = last;
    } else if (op === 4) {
      [all[a % n], all[b % n]] = [all[b % n] as number, all[a % n] as number];
    } else if (op === 5) all = all.reverse();
    else if (op === 6) all[a % n] = b;
    else all.push(all[a % n] as number);
  }
  return all;
}

const step = fc.tuple(
  fc.oneof({ weight: 3, arbitrary: fc.constant(0) }, { weight: 4, arbitrary: fc.nat(7) }),
  fc.nat(9),
  fc.nat(9),
);
const steps = fc.array(step, { maxLength: 40 });

describe("smart vectors over big vectors", () => {
  test("are arrays, whatever their settings", () => {
    fc.assert(
      fc.property(
        fc.nat(4),
        fc.integer({ min: 1, max: 3 }),
        steps,
        steps,
        fc.nat(9),
        (capacity, bucket, first, second, sought) => {
          const all = [...apply(first), ...apply(second)];
          const [found, , at, n] = [
            call("smart", capacity, bucket, texts(first.flat()), texts(second.flat()), sought),
          ].flat(1) as unknown[];
          expect(found).toEqual(texts(all));
          expect(n).toBe(String(all.length));
          if (all.includes(sought)) expect(at).toBe(String(all.indexOf(sought)));
        },
      ),
      { numRuns: 60 },
    );
  });

  test("keep 18 numbers in themselves and go on in buckets", () => {
    const first = Array.from({ length: 200 }, (_, i): Step => [0, i, 0]);
    const expected = Array.from({ length: 200 }, (_, i) => String(i));
    expect(call("plain", texts(first.flat()), [], 150)).toEqual([expected, true, "150", "200"]);
  });

  test("abort as Aptos's do", () => {
    expect(call("bad_pop")).toBe(0x30003n);
    expect(call("bad_index", 1)).toBe(0x10001n);
    expect(call("bad_index", 0)).toEqual(["9"]);
    expect(call("not_empty")).toBe(0x10002n);
    expect(call("no_room")).toBe(0x10004n);
  });
});

describe("ordered maps", () => {
  const pairs = fc.array(fc.tuple(fc.nat(20), fc.nat(3)), { maxLength: 30 });

  test("are maps in the order of their keys", () => {
    fc.assert(
      fc.property(pairs, pairs, fc.nat(20), (mine, others, sought) => {
        const filled = (list: readonly (readonly [number, number])[]): Map<number, number> => {
          const map = new Map<number, number>();
          for (const [key, value] of list) {
            if (value === 0) map.delete(key);
            else map.set(key, value);
          }
          return map;
        };
        const all = new Map([...filled(mine), ...filled(others)]);
        const keys = [...all.keys()].sort((x, y) => x - y);
        const values = keys.map((key) => all.get(key) as number);
        const half = Math.floor(keys.length / 2);
        const option = (value: number | undefined) => ({
          vec: value === undefined ? [] : [String(value)],
        });
        expect(call("map", texts(mine.flat()), texts(others.flat()), sought)).toEqual([
          texts(keys.slice(0, half)),
          texts(values.slice(0, half)),
          texts(keys.slice(half)),
          texts(values.slice(half)),
          option(keys.filter((key) => key < sought).at(-1)),
          option(keys.find((key) => key > sought)),
          option(all.get(sought)),
        ]);
      }),
      { numRuns: 60 },
    );
  });

  test("are walked by places", () => {
    expect(call("walk", ["3", "1", "2"], ["30", "10", "20"])).toEqual([String(2 * (90 + 10 + 40))]);
  });

  test.each([
    ["map_twice", 0x10001n],
    ["map_absent", 0x10002n],
    ["map_borrow", 0x10003n],
    ["map_order", 0x10004n],
    ["map_disjoint", 0x10001n],
    ["map_lengths", 0x20002n],
  ])("%s aborts with %i", (fn, code) => {
    expect(call(fn)).toBe(code);
  });
});
