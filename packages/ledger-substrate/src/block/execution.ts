import type { CellChange } from "@dragoman/core";
import type { DispatchError } from "../runtime/primitives.ts";
import { EVENTS, type EventRecord, type RuntimeEvent } from "../runtime/runtime.ts";
import { encode } from "../scale/shape.ts";
import { type ReadStorage, Storage } from "../storage/storage.ts";
import { storagePrefix } from "../storage/storage-key.ts";

/** The block that is being made, as its calls see it. */
export interface BlockContext {
  readonly number: number;
  readonly parentHash: Uint8Array;
  /** Seconds since 1970-01-01. */
  readonly timestamp: number;
}

/** Raw key of `System.Events`. */
export const EVENTS_KEY = storagePrefix("System", "Events");

/** Storage and events of a block while it is made. */
export class Execution {
  readonly storage: Storage;
  readonly block: BlockContext;
  readonly events: EventRecord[] = [];
  /** Index of the extrinsic that runs; undefined before the first. */
  extrinsic: number | undefined;

  constructor(below: ReadStorage, block: BlockContext) {
    this.storage = new Storage(below);
    this.block = block;
  }

  emit(event: RuntimeEvent): void {
    const phase: EventRecord["phase"] =
      this.extrinsic === undefined
        ? { type: "Initialization", value: [] }
        : { type: "ApplyExtrinsic", value: [this.extrinsic] };
    this.events.push({ phase, event, topics: [] });
  }

  /** Runs a change; if it fails, its writes and events are undone. */
  attempt<T extends { readonly error: DispatchError | undefined }>(change: () => T): T {
    const eventCount = this.events.length;
    let result: T | undefined;
    this.storage.transact(() => {
      result = change();
      return result.error === undefined;
    });
    if (result!.error !== undefined) this.events.length = eventCount;
    return result!;
  }

  /** Writes the events and gives everything that the block changed. */
  seal(): CellChange[] {
    this.storage.writeRaw(EVENTS_KEY, encode(EVENTS.value, this.events));
    this.storage.put("System", "EventCount", [], this.events.length);
    return this.storage.changes();
  }
}
