import { assert } from "@dragoman/fault";
import type { Frame } from "../engine/frame.ts";
import { FRAME, OPERAND_STACK_BYTES } from "../host/frame-layout.ts";
import { isRevert, isTrap, OUTCOME } from "../host/outcome.ts";
import { type CallRequest, HOST, type HostFunction, type Program } from "../host/program.ts";
import { REGION } from "../host/region.ts";
import type { HostSignature } from "../ir/function.ts";
import { I32, I64, I256 } from "../ir/value-type.ts";
import { WORD_CELLS } from "../journal/journal.ts";

/** Guest memory of a random program: offset in the frame and size. */
export const GUEST_MEMORY = FRAME.BODY + OPERAND_STACK_BYTES;
export const GUEST_MEMORY_BYTES = 4096;

const DEPTH_MAX = 3;
const ACCOUNT = Uint8Array.of(0xd7);

/** Tag of the cells that random programs find, and of what they log: the first domain, account and source of their journal. */
export const RANDOM_TAG = 0;
/** Keys that a find finds: those below this. A frame that runs again must find what it found, and no more. */
export const RANDOM_CELLS_FOUND = 6;

/** What random programs may call; `RANDOM_HOSTS[i]` implements `RANDOM_HOST_SIGNATURES[i]`. */
export const RANDOM_HOST_SIGNATURES: readonly HostSignature[] = [
  { name: "mix", params: [I64, I256, I32], results: [I256, I64, I32] },
  { name: "log", params: [I256, I32], results: [] },
  { name: "burn", params: [I64], results: [I64] },
  { name: "store", params: [I64, I256], results: [] },
  { name: "load", params: [I64], results: [I256] },
  { name: "stop", params: [I32], results: [] },
  { name: "counter", params: [I32], results: [I64] },
  { name: "nest", params: [I64], results: [I32, I64] },
];

export const RANDOM_HOSTS: readonly HostFunction[] = [
  mix,
  log,
  burn,
  store,
  load,
  stop,
  counter,
  nest,
];

/** A message to `program`, whose memory begins as zeros with a pattern. */
export function randomRequest(program: Program, gas: bigint): CallRequest {
  return { program, gas, context: undefined, prepare, finish: () => HOST.CONTINUE };
}

function mix(frame: Frame): number {
  const a = frame.argI64(0);
  const b = frame.argWord(1);
  const c = frame.argI32(2);
  frame.resultWord(0, BigInt.asUintN(256, b * 0x9e3779b97f4a7c15n + a));
  frame.resultI64(1, BigInt.asUintN(64, a ^ (b >> 17n)));
  frame.resultI32(2, (c * 3) ^ Number(a & 0xffn));
  return HOST.CONTINUE;
}

function log(frame: Frame): number {
  const topic = frame.memory.slice(frame.slot(0), 32);
  const data = frame.memory.slice(frame.address + GUEST_MEMORY, frame.argI32(1) & 31);
  const durable = (frame.argI32(1) & 32) !== 0;
  frame.journal.log({ vm: "test", account: ACCOUNT, topics: [topic], data, durable });
  return HOST.CONTINUE;
}

function burn(frame: Frame): number {
  if (!frame.charge(Number(frame.argI64(0) & 63n))) return frame.leave(OUTCOME.OUT_OF_GAS);
  frame.resultI64(0, BigInt.asUintN(64, frame.gas));
  return HOST.CONTINUE;
}

function cellOf(frame: Frame): number {
  const { journal } = frame;
  const domain = journal.domain("random", WORD_CELLS);
  const key = Uint8Array.of(Number(frame.argI64(0) & 7n));
  return journal.cell(domain, journal.account(ACCOUNT), key);
}

function store(frame: Frame): number {
  frame.journal.writeWord(cellOf(frame), frame.argWord(1));
  return HOST.CONTINUE;
}

function load(frame: Frame): number {
  frame.resultWord(0, frame.journal.readWord(cellOf(frame)));
  return HOST.CONTINUE;
}

/** Reverts for one argument in sixteen, with some of the memory as output. */
function stop(frame: Frame): number {
  if ((frame.argI32(0) & 15) !== 7) return HOST.CONTINUE;
  return frame.leave(OUTCOME.REVERT, frame.address + GUEST_MEMORY, 64);
}

function counter(frame: Frame): number {
  frame.resultI64(0, BigInt.asUintN(64, BigInt(frame.journal.counter(frame.argI32(0) & 3))));
  return HOST.CONTINUE;
}

/** Calls the same program with part of the gas. A trap takes all of that; its code is not shown. */
function nest(frame: Frame): number {
  const gas = (frame.gas >> 1n) & 0x3ffn;
  if (frame.depth >= DEPTH_MAX || !frame.charge(Number(gas))) {
    frame.resultI32(0, -1);
    frame.resultI64(1, 0n);
    return HOST.CONTINUE;
  }
  return frame.call({ ...randomRequest(frame.program, gas), finish });
}

function finish(caller: Frame, callee: Frame): number {
  const trapped = isTrap(callee.outcome);
  if (!trapped) caller.gas += callee.gas;
  caller.resultI32(0, trapped ? 2 : isRevert(callee.outcome) ? 1 : 0);
  caller.resultI64(1, BigInt(callee.output.length));
  return HOST.CONTINUE;
}

/** Regions: 1 = all memory, 2 = a read-only part, 3 = a part with gaps. */
function prepare(frame: Frame): void {
  const { journal } = frame;
  const tag = journal.tag(journal.domain("random", WORD_CELLS), journal.account(ACCOUNT));
  assert(tag === RANDOM_TAG && journal.logSource("test") === 0, "the journal is the program's own");
  for (let key = 0; key < RANDOM_CELLS_FOUND; key++) {
    journal.wordCell(tag, Uint32Array.of(key, 0, 0, 0, 0, 0, 0, 0), 0);
  }
  const memory = frame.address + GUEST_MEMORY;
  const { u8, view } = frame.memory;
  u8.fill(0, memory, memory + GUEST_MEMORY_BYTES);
  for (let i = 0; i < 256; i++) u8[memory + i] = (i * 37) & 0xff;
  const table = frame.address + FRAME.HEADER;
  view.setUint32(frame.address + FRAME.REGION_TABLE, table, true);
  u8.fill(0, table, table + REGION.COUNT * REGION.ENTRY);
  const regions = [
    [1, memory, 2048, 2048, 0],
    [2, memory + 1024, 512, 0, 0],
    [3, memory, 2048, 2048, 0x100],
  ];
  for (const [region, host, readLength, writeLength, mask] of regions) {
    const at = table + region * REGION.ENTRY;
    view.setUint32(at + REGION.HOST, host, true);
    view.setBigUint64(at + REGION.READ_LENGTH, BigInt(readLength), true);
    view.setBigUint64(at + REGION.WRITE_LENGTH, BigInt(writeLength), true);
    view.setBigUint64(at + REGION.GAP_MASK, BigInt(mask), true);
  }
}
