import { equalBytes } from "@dragoman/bytes";
import { BYTE_CELLS, type Journal, type StateReader } from "@dragoman/core";
import { RESOURCE_DOMAIN } from "@dragoman/frontend-move";
import { FRAMEWORK_ADDRESS } from "./execution/move-machine.ts";
import { TIMESTAMP_KEY, timestampResource } from "./resource.ts";

/** The cells of a journal, with what it has written: all cells of Move are bytes. */
export const journalState = (journal: Journal): StateReader => ({
  read: (domain, account, key) => journal.readBytes(cellOf(journal, domain, account, key)),
});

const cellOf = (journal: Journal, domain: string, account: Uint8Array, key: Uint8Array): number =>
  journal.cell(journal.domain(domain, BYTE_CELLS), journal.account(account), key);

/** Sets `0x1::timestamp::CurrentTimeMicroseconds`. */
export function writeTime(journal: Journal, seconds: number): void {
  const cell = cellOf(journal, RESOURCE_DOMAIN, FRAMEWORK_ADDRESS, TIMESTAMP_KEY);
  journal.writeBytes(cell, timestampResource(seconds));
}

/** A state whose clock stands at `seconds`. */
export function withTime(state: StateReader, seconds: number): StateReader {
  const time = timestampResource(seconds);
  const isTime = (domain: string, account: Uint8Array, key: Uint8Array): boolean =>
    domain === RESOURCE_DOMAIN &&
    equalBytes(key, TIMESTAMP_KEY) &&
    equalBytes(account, FRAMEWORK_ADDRESS);
  return {
    read: (domain, account, key) =>
      isTime(domain, account, key) ? time : state.read(domain, account, key),
  };
}
