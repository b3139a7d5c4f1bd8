import { HOST, type HostFunction, I32, type IrSignature, OP } from "@dragoman/core";
import { decodeValue } from "../layout/bcs-decode.ts";
import { isInMemory, type MoveType, VECTOR } from "../layout/move-type.ts";
import type { FunctionLift, Target } from "./function-lift.ts";
import { takeHeap } from "./heap.ts";
import { MOVE_TRAP } from "./outcome.ts";
import { allocateRoutine } from "./routines.ts";

/** Bytes of elements up to which a constant vector is written out as stores. */
const INLINE_MAX = 128;

/** (where the value goes) -> nothing. */
const BY_TARGET: IrSignature = { params: [I32], results: [] };

/** LdConst: the constant's BCS as a value of its type. */
export function loadConstant(f: FunctionLift, index: number): void {
  const { type: token, data } = f.compiled.constants[index];
  const type = f.type(token);
  if (!isInMemory(type)) return f.push(type, scalarConstant(f, type, data));
  const target = f.destination(type, [], false);
  const prefix = prefixLength(data);
  const bytes = data.length - prefix;
  const element = type.element as MoveType;
  if (element !== undefined && !isInMemory(element) && bytes <= INLINE_MAX) {
    storeVector(f, target, data.subarray(prefix), bytes / element.size);
  } else {
    loadByHost(f, target, type, data, index);
  }
  f.push(type, target.base, target.offset, target.root);
}

/** Bytes of the ULEB128 number at the beginning. */
function prefixLength(data: Uint8Array): number {
  return data.findIndex((byte) => byte < 0x80) + 1;
}

function scalarConstant(f: FunctionLift, type: MoveType, data: Uint8Array): number {
  let value = 0n;
  for (let i = type.size - 1; i >= 0; i--) value = (value << 8n) | BigInt(data[i]);
  if (type.kind === "bool") return f.b.const32(Number(value));
  return type.size <= 8 ? f.b.const64(value) : f.b.const256(value);
}

function storeVector(f: FunctionLift, target: Target, data: Uint8Array, length: number): void {
  const { b } = f;
  let at = b.const32(0);
  if (data.length > 0) {
    [at] = b.call(allocateRoutine(f.program), [I32], [b.const32(data.length)]);
    // The allocation is rounded up to whole words, so the last store stays inside.
    const padded = new Uint8Array(Math.ceil(data.length / 8) * 8);
    padded.set(data);
    const view = new DataView(padded.buffer);
    for (let offset = 0; offset < padded.length; offset += 8) {
      const low = view.getInt32(offset, true);
      const word = b.const64Parts(low, view.getInt32(offset + 4, true));
      b.emit(OP["i64.store"], at, word, offset);
    }
  }
  const count = b.const32(length);
  b.emit(OP["i32.store"], target.base, at, target.offset + VECTOR.POINTER);
  b.emit(OP["i32.store"], target.base, count, target.offset + VECTOR.LENGTH);
  b.emit(OP["i32.store"], target.base, count, target.offset + VECTOR.CAPACITY);
}

/** A large constant, or one with vectors inside: decoded by the host. */
function loadByHost(
  f: FunctionLift,
  target: Target,
  type: MoveType,
  data: Uint8Array,
  index: number,
): void {
  const key = `constant ${f.module.name} ${index}`;
  const host = f.program.host(key, BY_TARGET, () => decodeConstant(type, data));
  f.settle();
  const address = f.address({ type, value: target.base, offset: target.offset, root: -1 });
  f.b.host(host, [], [address]);
}

function decodeConstant(type: MoveType, data: Uint8Array): HostFunction {
  return (frame) => {
    let full = false;
    const allocate = (size: number): number => {
      const at = takeHeap(frame, size);
      full ||= at < 0;
      return Math.max(at, 0);
    };
    const target = { memory: frame.memory, allocate };
    decodeValue({ bytes: data, at: 0 }, type, frame.argI32(0), target);
    return full ? frame.leave(MOVE_TRAP.MEMORY) : HOST.CONTINUE;
  };
}
