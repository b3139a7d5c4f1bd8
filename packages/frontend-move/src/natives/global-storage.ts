import { BYTE_CELLS, type Frame, HOST, type HostFunction, OUTCOME } from "@dragoman/core";
import { MoveFault } from "../format/index.ts";
import { decodeValue } from "../layout/bcs-decode.ts";
import { bcsOf } from "../layout/bcs-encode.ts";
import type { MoveType } from "../layout/move-type.ts";
import { structTagBytes } from "../layout/type-tag.ts";
import { HOST_GAS } from "../lift/gas-schedule.ts";
import { takeHeap } from "../lift/heap.ts";
import { MOVE_TRAP, outcomeOfStatus } from "../lift/outcome.ts";
import { AccessControl } from "./access-control.ts";

/** Domain of the cells that hold resources: account = address, key = BCS of the StructTag. */
export const RESOURCE_DOMAIN = "move.resource";

/** A resource that a message has touched. */
export interface LoadedResource {
  readonly type: MoveType;
  /** Where it lies in linear memory; 0 = there is none. */
  address: number;
  changed: boolean;
  /** The account that holds it; undefined for an entry of a table. */
  readonly owner: Uint8Array | undefined;
}

/** The resources that one Move frame has touched, by cell; begun anew whenever the frame is. */
export class Globals {
  readonly #loaded = new Map<number, LoadedResource>();
  readonly access = new AccessControl();

  /** Forgets everything: the frame begins. */
  clear(): void {
    this.#loaded.clear();
    this.access.clear();
  }

  /**
   * The resource of `type` under the address in argument 0; loaded from its cell at first touch. A number is the outcome that the
   * frame must end with.
   */
  touch(frame: Frame, type: MoveType): LoadedResource | number {
    const { journal, memory } = frame;
    const account = journal.account(memory.u8, frame.slot(0), 32);
    const domain = journal.domain(RESOURCE_DOMAIN, BYTE_CELLS);
    const cell = journal.cell(domain, account, resourceKey(type));
    return this.#loaded.get(cell) ?? this.#load(frame, type, cell, journal.accountBytes(account));
  }

  /** What the frame has touched, in the order of its first touch. */
  touched(): Iterable<LoadedResource> {
    return this.#loaded.values();
  }

  /** The value of `type` in a cell, as {@link touch}. */
  touchCell(frame: Frame, type: MoveType, cell: number): LoadedResource | number {
    return this.#loaded.get(cell) ?? this.#load(frame, type, cell, undefined);
  }

  #load(
    frame: Frame,
    type: MoveType,
    cell: number,
    owner: Uint8Array | undefined,
  ): LoadedResource | number {
    const bytes = frame.journal.readBytes(cell);
    const size = bytes === undefined ? 0 : bytes.length;
    if (!frame.charge(HOST_GAS.LOAD + HOST_GAS.LOAD_BYTE * size)) return OUTCOME.OUT_OF_GAS;
    const address = bytes === undefined ? 0 : load(frame, type, bytes);
    if (typeof address !== "number") return outcomeOfStatus(address.status);
    const resource = { type, address, changed: false, owner };
    this.#loaded.set(cell, resource);
    return resource;
  }

  /** Writes what changed to the journal; the outcome of the frame, OK or OUT_OF_GAS. */
  flush(frame: Frame): number {
    for (const [cell, { type, address, changed }] of this.#loaded) {
      if (!changed) continue;
      const bytes = address === 0 ? undefined : bcsOf(frame.memory, type, address);
      const before = frame.journal.readBytes(cell);
      if (isSame(before, bytes)) continue;
      const cost = HOST_GAS.WRITE + HOST_GAS.WRITE_BYTE * (bytes?.length ?? 0);
      if (!frame.charge(cost)) return OUTCOME.OUT_OF_GAS;
      frame.journal.writeBytes(cell, bytes);
    }
    return OUTCOME.OK;
  }
}

/** Lays a resource out on the heap; a fault where its bytes are not a value of the type, or do not fit. */
function load(frame: Frame, type: MoveType, bytes: Uint8Array): number | MoveFault {
  const allocate = (size: number): number => takeHeap(frame, size);
  const address = allocate(type.size);
  try {
    if (address < 0) throw new MoveFault("MEMORY_LIMIT_EXCEEDED", {}, "no room for a resource");
    const source = { bytes, at: 0 };
    decodeValue(source, type, address, { memory: frame.memory, allocate });
    if (source.at === bytes.length) return address;
    return new MoveFault("FAILED_TO_DESERIALIZE_RESOURCE", {}, "bytes are left");
  } catch (error) {
    if (!(error instanceof MoveFault)) throw error;
    if (error.status === "MEMORY_LIMIT_EXCEEDED") return error;
    return new MoveFault("FAILED_TO_DESERIALIZE_RESOURCE", error.place, error.sentence);
  }
}

const KEYS = new WeakMap<MoveType, Uint8Array>();

function resourceKey(type: MoveType): Uint8Array {
  let key = KEYS.get(type);
  if (key === undefined) {
    key = structTagBytes(type);
    KEYS.set(type, key);
  }
  return key;
}

function isSame(a: Uint8Array | undefined, b: Uint8Array | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** What a Move frame's context has for these functions. */
export interface WithGlobals {
  readonly globals: Globals;
}

export const globalsOf = (frame: Frame): Globals => (frame.context as WithGlobals).globals;

/** (address) -> 1 if the account has the resource. */
export function existsGlobal(type: MoveType): HostFunction {
  return (frame) => {
    const globals = globalsOf(frame);
    const resource = globals.touch(frame, type);
    if (typeof resource === "number") return frame.leave(resource);
    if (!globals.access.allows(frame, type, "read")) return frame.leave(MOVE_TRAP.ACCESS_DENIED);
    frame.resultI32(0, resource.address === 0 ? 0 : 1);
    return HOST.CONTINUE;
  };
}

/** (address) -> where the resource lies, or 0. */
export function borrowGlobal(type: MoveType, mutable: boolean): HostFunction {
  const access = mutable ? "write" : "read";
  return (frame) => {
    const globals = globalsOf(frame);
    const resource = globals.touch(frame, type);
    if (typeof resource === "number") return frame.leave(resource);
    if (!globals.access.allows(frame, type, access)) return frame.leave(MOVE_TRAP.ACCESS_DENIED);
    if (mutable) resource.changed = true;
    frame.resultI32(0, resource.address);
    return HOST.CONTINUE;
  };
}

/** (address) -> where the resource lay that is no longer there, or 0. */
export function moveFromGlobal(type: MoveType): HostFunction {
  return (frame) => {
    const globals = globalsOf(frame);
    const resource = globals.touch(frame, type);
    if (typeof resource === "number") return frame.leave(resource);
    // That there is none is found out before that it may not be taken.
    if (resource.address !== 0 && !globals.access.allows(frame, type, "write")) {
      return frame.leave(MOVE_TRAP.ACCESS_DENIED);
    }
    frame.resultI32(0, resource.address);
    resource.address = 0;
    resource.changed = true;
    return HOST.CONTINUE;
  };
}

/** Gives an absent resource the value that lies at `from`; false if the heap is full. */
export function place(frame: Frame, resource: LoadedResource, from: number): boolean {
  const { size } = resource.type;
  const address = takeHeap(frame, size);
  if (address < 0) return false;
  frame.memory.u8.copyWithin(address, from, from + size);
  resource.address = address;
  resource.changed = true;
  return true;
}

/** (address, where the value lies) -> 1, or 0 if there is such a resource already. */
export function moveToGlobal(type: MoveType): HostFunction {
  return (frame) => {
    const globals = globalsOf(frame);
    const resource = globals.touch(frame, type);
    if (typeof resource === "number") return frame.leave(resource);
    const isFree = resource.address === 0;
    if (isFree && !globals.access.allows(frame, type, "write")) {
      return frame.leave(MOVE_TRAP.ACCESS_DENIED);
    }
    if (isFree && !place(frame, resource, frame.argI32(1))) return frame.leave(MOVE_TRAP.MEMORY);
    frame.resultI32(0, isFree ? 1 : 0);
    return HOST.CONTINUE;
  };
}
