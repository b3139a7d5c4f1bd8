import { ByteReader } from "@dragoman/bytes";
import type { LogEntry } from "@dragoman/core";
import { parseTypeTag, type TypeTag } from "@dragoman/frontend-move";
import { isPublishRequest } from "./execution/publish-request.ts";
import { structTagOfKey } from "./transaction/type-tag.ts";

/** An event of `0x1::event::emit` or of a handle. */
export interface MoveEvent {
  /** What names the type in the journal's log: the BCS of its StructTag. */
  readonly key: Uint8Array;
  readonly type: TypeTag;
  /** BCS of the value. */
  readonly data: Uint8Array;
  /** Of an event of a handle, which one and the event's number there; events of modules have none. */
  readonly handle?: {
    readonly creationNumber: bigint;
    readonly address: Uint8Array;
    readonly sequenceNumber: bigint;
  };
}

/** The events among a journal's log entries. */
export function eventsOf(logs: readonly LogEntry[]): MoveEvent[] {
  return logs
    .filter((entry) => !isPublishRequest(entry))
    .map(({ account, topics: [key = new Uint8Array(), place], data }) => {
      // Types that no module defines are written as text, under the address 0x0.
      const isText = account.every((byte) => byte === 0);
      const type = isText ? parseTypeTag(String.fromCharCode(...key)) : structTagOfKey(key);
      if (place === undefined) return { key, type, data };
      const reader = new ByteReader(place);
      const creationNumber = reader.u64();
      const address = reader.take(32).slice();
      return { key, type, data, handle: { creationNumber, address, sequenceNumber: reader.u64() } };
    });
}
