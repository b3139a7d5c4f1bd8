import { BYTE_CELLS, type Journal, type LogEntry } from "@dragoman/core";

const EMPTY = new Uint8Array(0);

export interface ReturnData {
  readonly programId: Uint8Array;
  readonly data: Uint8Array;
}

const NOTHING: ReturnData = { programId: new Uint8Array(32), data: EMPTY };

const cells = new WeakMap<Journal, number>();
/** The cell that was asked for last, and its journal. */
let last: { readonly journal: Journal; readonly cell: number } | undefined;

/** One cell that lasts for the transaction: program id, then data. Journaled, so that a frame can run again. */
function cellOf(journal: Journal): number {
  if (last?.journal === journal) return last.cell;
  let cell = cells.get(journal);
  if (cell === undefined) {
    const domain = journal.domain("svm.return", BYTE_CELLS, "transaction");
    cell = journal.cell(domain, journal.account(EMPTY), EMPTY);
    cells.set(journal, cell);
  }
  last = { journal, cell };
  return cell;
}

/** Whether a program has returned something, which the next one forgets before it begins. */
export function hasReturnData(journal: Journal): boolean {
  const bytes = journal.readBytes(cellOf(journal));
  return bytes !== undefined && bytes.length > 32;
}

/** What the last program that returned data returned; no data = nothing. */
export function readReturnData(journal: Journal): ReturnData {
  const bytes = journal.readBytes(cellOf(journal));
  if (bytes === undefined) return NOTHING;
  return { programId: bytes.subarray(0, 32), data: bytes.subarray(32) };
}

/** Field `vm` of the entries that {@link recordReturn} writes. */
const RETURN_LOG = "sbpf.return";

/** Notes what a program returns in the log, where it outlives the failure of the instruction, as {@link recordedReturn} finds it. */
export function recordReturn(journal: Journal, programId: Uint8Array, data: Uint8Array): void {
  journal.log({ vm: RETURN_LOG, account: programId, topics: [], data, durable: true });
}

/** What an entry of the journal's log says was returned; undefined if it is something else. */
export const recordedReturn = (entry: LogEntry): ReturnData | undefined =>
  entry.vm === RETURN_LOG ? { programId: entry.account, data: entry.data } : undefined;

export function writeReturnData(journal: Journal, programId: Uint8Array, data: Uint8Array): void {
  const bytes = new Uint8Array(32 + data.length);
  bytes.set(programId);
  bytes.set(data, 32);
  journal.writeBytes(cellOf(journal), bytes);
}
