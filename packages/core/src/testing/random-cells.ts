import { I32, I64, I256 } from "../ir/value-type.ts";
import type { RandomBody } from "./random-body.ts";
import { GUEST_MEMORY, RANDOM_CELLS_FOUND, RANDOM_TAG } from "./random-hosts.ts";

type Emit = (body: RandomBody) => void;

/** A key of few, most of which are found; as a constant or not. */
function key(body: RandomBody): number {
  const { builder, random } = body;
  const range = random.oneIn(4) ? RANDOM_CELLS_FOUND + 2 : 3;
  if (random.oneIn(2)) return builder.op("i256.from_i32", builder.const32(random.below(range)));
  return builder.op("i256.and", body.value(I256), builder.const256(BigInt(range & 4) | 3n));
}

/** Finds a cell and works on it if it is there; the word and the mark that it had go on as values. */
function useCell(body: RandomBody, work: (handle: number) => void): void {
  const { builder } = body;
  const handle = builder.op("cell.find", builder.const32(RANDOM_TAG), key(body));
  const found = builder.block();
  const done = builder.block([I256, I256, I32]);
  const none = [body.value(I256), body.value(I256), builder.const32(-1)];
  builder.brIf(handle, found, [], done, none);
  builder.begin(found);
  const before = [builder.op("cell.load", handle), builder.op("cell.original", handle)];
  const mark = builder.op("cell.mark", handle);
  work(handle);
  builder.br(done, [...before, mark]);
  builder.begin(done);
  const [current, original, bits] = builder.blockParams(done) as [number, number, number];
  body.define(I256, current);
  body.define(I256, original);
  body.define(I32, bits);
}

/** Instructions on the journal's cells, counters and log. */
export const RANDOM_CELLS: readonly Emit[] = [
  (body) => {
    const value = body.value(I256);
    useCell(body, (handle) => body.builder.op("cell.store", handle, value));
  },
  (body) => {
    const bits = body.builder.op("i32.and", body.value(I32), body.builder.const32(255));
    useCell(body, (handle) => body.builder.op("cell.set_mark", handle, bits));
  },
  (body) => {
    const { builder, random } = body;
    const amount = builder.op("i64.and", body.value(I64), builder.const64(0xffffn));
    const signed = random.oneIn(2) ? amount : builder.op("i64.sub", builder.const64(0n), amount);
    builder.op("counter.add", signed, random.below(3));
  },
  (body) => {
    const { builder, random } = body;
    const offset = builder.op("i32.and", body.value(I32), builder.const32(0xff));
    const base = builder.op("i32.add", builder.op("frame"), offset);
    const topics = builder.op("i32.add", base, builder.const32(GUEST_MEMORY));
    const data = builder.op("i32.add", base, builder.const32(GUEST_MEMORY + 512));
    const length = builder.op("i32.and", body.value(I32), builder.const32(0x7f));
    const tag = builder.const32(RANDOM_TAG);
    body.define(I32, builder.op("log.append", tag, topics, data, length, random.below(5)));
  },
];
