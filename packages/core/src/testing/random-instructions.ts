import { OP, OPS, PURE } from "../ir/ops.ts";
import { I32, I64, I256, type ValueType } from "../ir/value-type.ts";
import type { RandomBody } from "./random-body.ts";
import { RANDOM_CELLS } from "./random-cells.ts";
import { GUEST_MEMORY, RANDOM_HOST_SIGNATURES } from "./random-hosts.ts";

type Emit = (body: RandomBody) => void;

/** Outcome of a trap that a random program names. */
const trapCode = ({ random }: RandomBody): number => 0x300 + random.below(8);

/** Number of the host function that calls the program itself: dear, so rare. */
const NEST = RANDOM_HOST_SIGNATURES.findIndex(({ name }) => name === "nest");

/** Any operation without effects, by its row. */
const pure: Emit[] = OPS.filter(
  ({ effects, variadic, immediates }) => effects === PURE && !variadic && immediates === 0,
).map((info) => (body) => {
  const result = body.builder.emit(info.code, ...body.values(info.args));
  if (info.resultCount === 1) body.define(info.results[0], result);
});

const BITS = [1, 8, 31, 32, 63, 64, 65, 128, 255, 256];

const withImmediate: Emit[] = [
  (body) => {
    const limb = body.builder.op("i256.limb", body.value(I256), body.random.below(4));
    body.define(I64, limb);
  },
  (body) => {
    const { builder, random } = body;
    body.define(I32, builder.op("i256.fits", body.value(I256), random.pick(BITS)));
  },
  (body) => {
    const type = body.random.pick([I32, I64, I256] as const);
    body.define(type, body.constant(type));
  },
];

/** Divisions that trap at 0: the divisor is mostly odd. */
const divisions: Emit[] = (
  ["i32.div_u", "i32.rem_u", "i64.div_u", "i64.rem_u", "i64.div_s", "i64.rem_s"] as const
).map((name) => (body) => {
  const { builder, random } = body;
  const [type] = OPS[OP[name]].args;
  const dividend = body.value(type);
  let divisor = body.value(type);
  if (!random.oneIn(12)) {
    divisor =
      type === I32
        ? builder.op("i32.or", divisor, builder.const32(1))
        : builder.op("i64.or", divisor, builder.const64(1n));
  }
  body.define(type, builder.op(name, dividend, divisor));
});

/** A value below 2^bits. */
function bounded(body: RandomBody, type: ValueType, bits: number): number {
  const { builder } = body;
  const mask = (1n << BigInt(bits)) - 1n;
  const value = body.value(type);
  if (type === I64) return builder.op("i64.and", value, builder.const64(mask));
  return builder.op("i256.and", value, builder.const256(mask));
}

const checked: Emit[] = ([I64, I256] as const).flatMap((type) =>
  (["addc", "subc", "mulc", "divc", "remc"] as const).map(
    (name): Emit =>
      (body) => {
        const { builder, random } = body;
        const bits = random.pick(type === I64 ? [8, 32, 63, 64] : [64, 65, 128, 256]);
        // Small arguments, so that most of these succeed.
        const small = random.oneIn(6) ? bits : Math.max(1, bits >> 1) - 1;
        const a = bounded(body, type, name === "subc" ? bits : small);
        const b = bounded(body, type, small);
        const op = `${type === I64 ? "i64" : "i256"}.${name}` as const;
        body.define(type, builder.op(op, a, b, bits, trapCode(body)));
      },
  ),
);

const narrow: Emit[] = ([I64, I256] as const).map((type) => (body) => {
  const { builder, random } = body;
  const bits = random.pick(type === I64 ? [8, 16, 32, 64] : [64, 128, 256]);
  const value = random.oneIn(8) ? body.value(type) : bounded(body, type, bits);
  const op = type === I64 ? "i64.narrow" : "i256.narrow";
  body.define(type, builder.op(op, value, bits, trapCode(body)));
});

/** An address in the first half of guest memory, any alignment; add GUEST_MEMORY. */
function address(body: RandomBody): number {
  const { builder } = body;
  const offset = builder.op("i32.and", body.value(I32), builder.const32(0x7ff));
  return builder.op("i32.add", builder.op("frame"), offset);
}

const offsetOf = ({ random }: RandomBody): number => GUEST_MEMORY + random.below(64);

function linearAddress(body: RandomBody): number {
  const { builder } = body;
  return builder.op("i32.add", address(body), builder.const32(GUEST_MEMORY));
}

function length(body: RandomBody): number {
  const { builder } = body;
  return builder.op("i32.and", body.value(I32), builder.const32(0xff));
}

const loads: Emit[] = OPS.filter(({ name }) => /^i\d+\.load/.test(name)).map((info) => (body) => {
  const { builder, random } = body;
  const size = random.pick([16, 32]);
  body.define(info.results[0], builder.emit(info.code, address(body), offsetOf(body), size));
});

const stores: Emit[] = OPS.filter(({ name }) => /^i\d+\.store/.test(name)).map((info) => (body) => {
  const size = body.random.pick([16, 32]);
  const value = body.value(info.args[1]);
  body.builder.emit(info.code, address(body), value, offsetOf(body), size);
});

const memory: Emit[] = [
  (body) => {
    const [to, from] = [linearAddress(body), linearAddress(body)];
    body.builder.op("memory.copy", to, from, length(body));
  },
  (body) => {
    const byte = body.builder.op("i32.and", body.value(I32), body.builder.const32(255));
    body.builder.op("memory.fill", linearAddress(body), byte, length(body));
  },
  (body) => {
    const [a, b] = [linearAddress(body), linearAddress(body)];
    body.define(I32, body.builder.op("memory.compare", a, b, length(body)));
  },
  (body) => {
    body.define(I256, body.builder.op("keccak256", linearAddress(body), length(body)));
  },
  (body) => {
    const [from, size] = [linearAddress(body), length(body)];
    body.builder.op("sha256", from, size, linearAddress(body));
  },
  (body) => {
    const [from, size] = [linearAddress(body), length(body)];
    body.builder.op("sha3_256", from, size, linearAddress(body));
  },
];

/** An address in a region, seldom a wrong one; `guess` is the region, another, or unknown. */
function guestAddress(body: RandomBody, toWrite: boolean): { value: number; guess: number } {
  const { builder, random } = body;
  const region = random.oneIn(20) ? random.below(10) : random.pick(toWrite ? [1, 3] : [1, 2, 3]);
  const mask = region === 3 ? 0x6f8 : region === 2 ? 0x1f7 : 0x7ef;
  const offset = builder.op("i64.and", body.value(I64), builder.const64(BigInt(mask)));
  const base = builder.const64(BigInt(region) << 32n);
  const right = Math.min(region, 7);
  const guess = random.pick([-1, right, body.guessesWrong ? random.below(8) : right]);
  return { value: builder.op("i64.or", offset, base), guess };
}

const regions: Emit[] = [
  (body) => {
    const { value, guess } = guestAddress(body, false);
    const { builder, random } = body;
    const delta = random.oneIn(4) ? random.between(-4, 8) : 0;
    body.define(I64, builder.op("region.load", value, delta, random.pick([1, 2, 4, 8]), guess));
  },
  (body) => {
    const { value, guess } = guestAddress(body, true);
    const { builder, random } = body;
    const delta = random.oneIn(4) ? random.between(-4, 8) : 0;
    const size = random.pick([1, 2, 4, 8]);
    builder.op("region.store", value, body.value(I64), delta, size, guess);
  },
  (body) => {
    const { value, guess } = guestAddress(body, false);
    const { builder, random } = body;
    const size = builder.op("i32.and", body.value(I32), builder.const32(15));
    const host = builder.op("region.host", value, size, random.oneIn(3) ? 1 : 0, guess);
    // The address itself depends on the memory that the engine chose; its distance does not.
    body.define(I32, builder.op("i32.sub", host, builder.op("frame")));
  },
];

const gas: Emit[] = [
  (body) => body.meter(),
  (body) => {
    const { builder } = body;
    const amount = builder.op("i64.and", body.value(I64), builder.const64(15n));
    builder.op("meter.dynamic", amount);
  },
  (body) => {
    body.define(I64, body.builder.op("gas"));
  },
];

const variables: Emit[] = [
  (body) => {
    const { random, vars, builder } = body;
    if (vars.length === 0) return;
    const index = random.below(vars.length);
    body.define(vars[index], builder.getVar(index));
  },
  (body) => {
    const { random, vars, builder } = body;
    if (vars.length === 0) return;
    const index = random.below(vars.length);
    builder.setVar(index, body.value(vars[index]));
  },
];

const operandStack: Emit[] = [
  (body) => {
    const { builder, random } = body;
    const words = random.between(1, 3);
    builder.op("stack.check", 0, words);
    builder.op("stack.move", words);
    for (let i = 0; i < words; i++) builder.op("stack.set", body.value(I256), i);
    for (let i = random.below(3); i > 0; i--) {
      body.define(I256, builder.op("stack.get", random.below(words)));
    }
    if (body.keepsOperands) body.operands += words;
    else builder.op("stack.move", -words);
  },
  (body) => {
    const { builder, random } = body;
    const need = random.oneIn(20) ? body.operands + 1 : body.operands;
    builder.op("stack.check", need, random.below(4));
    if (body.operands === 0) return;
    body.define(I256, builder.op("stack.get", random.below(body.operands)));
    builder.op("stack.set", body.value(I256), random.below(body.operands));
  },
];

const traps: Emit[] = [
  (body) => {
    const { builder } = body;
    const condition = builder.op("i32.eq", body.value(I32), body.value(I32));
    const rare = builder.op("i32.gt_u", body.value(I32), builder.const32(-64));
    builder.op("trap.if", builder.op("i32.and", condition, rare), trapCode(body));
  },
];

const calls: Emit[] = [
  (body) => {
    const fn = callee(body);
    if (fn === 0) return;
    const { params, results } = body.signatures[fn];
    const args = body.values(params);
    body.defineAll(results, body.builder.call(fn, results, args));
  },
  (body) => {
    const { builder, random, signatures } = body;
    const fn = callee(body);
    if (fn === 0) return;
    const { params, results } = signatures[fn];
    // Entry 0 of the table is empty, entry n + 1 is function n.
    const index = random.oneIn(20) ? body.value(I32) : builder.const32(fn + 1);
    const args = body.values(params);
    body.defineAll(results, builder.callIndirect(fn, index, results, args));
  },
  (body) => {
    const { builder, random } = body;
    const host = random.below(random.oneIn(8) ? NEST + 1 : NEST);
    const { params, results } = RANDOM_HOST_SIGNATURES[host];
    body.defineAll(results, builder.host(host, results, body.values(params)));
  },
  (body) => {
    const { builder, random } = body;
    const silent = RANDOM_HOST_SIGNATURES.flatMap((host, i) => (host.results.length ? [] : [i]));
    const host = random.pick(silent);
    const condition = body.value(I32);
    builder.hostIf(condition, host, body.values(RANDOM_HOST_SIGNATURES[host].params));
  },
];

/** Mostly a later function, so that most recursion ends; 0, the entry, which nobody calls, where there is no other. */
function callee({ random, signatures, index }: RandomBody): number {
  const last = signatures.length - 1;
  if (index < last && !random.oneIn(10)) return random.between(index + 1, last);
  return random.oneIn(4) && last > 0 ? random.between(1, last) : last;
}

const repeat = (n: number, emits: readonly Emit[]): Emit[] =>
  Array.from({ length: n }, () => emits).flat();

/** What a random program is made of; what stands here more often is chosen more often. */
export const RANDOM_INSTRUCTIONS: readonly Emit[] = [
  ...repeat(2, pure),
  ...repeat(3, withImmediate),
  ...divisions,
  ...checked,
  ...repeat(2, narrow),
  ...loads,
  ...stores,
  ...memory,
  ...repeat(2, regions),
  ...repeat(2, gas),
  ...repeat(10, variables),
  ...repeat(5, operandStack),
  ...traps,
  ...repeat(2, RANDOM_CELLS),
  ...repeat(2, calls),
];
