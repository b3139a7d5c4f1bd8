import type { LogEntry } from "@dragoman/core";
import { parseTypeTag, type TypeTag } from "@dragoman/frontend-move";
import { isPublishRequest } from "./execution/publish-request.ts";
import { structTagOfKey } from "./transaction/type-tag.ts";

/** An event of `0x1::event::emit`. */
export interface MoveEvent {
  /** What names the type in the journal's log: the BCS of its StructTag. */
  readonly key: Uint8Array;
  readonly type: TypeTag;
  /** BCS of the value. */
  readonly data: Uint8Array;
}

/** The events among a journal's log entries. */
export function eventsOf(logs: readonly LogEntry[]): MoveEvent[] {
  return logs
    .filter((entry) => !isPublishRequest(entry))
    .map(({ account, topics: [key = new Uint8Array()], data }) => {
      // Types that no module defines are written as text, under the address 0x0.
      const isText = account.every((byte) => byte === 0);
      const type = isText ? parseTypeTag(String.fromCharCode(...key)) : structTagOfKey(key);
      return { key, type, data };
    });
}
