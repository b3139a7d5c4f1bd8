import {
  type LaneEnd,
  type LaneTransaction,
  laneOf,
  type Transfer,
  type TransferKey,
  transferName,
} from "../transfer.ts";
import type { Cursor, OutboxWrite, TransferFilter } from "./outbox.ts";

interface LaneRow {
  readonly transaction: LaneTransaction;
  end: LaneEnd | undefined;
}

/** The outbox's rows in memory, and what writes do to them: the meaning that the SQL has too. */
export class OutboxTables {
  readonly #cursors = new Map<number, Cursor>();
  readonly #transfers = new Map<string, Transfer>();
  readonly #lanes = new Map<string, LaneRow>();

  /** Applies all writes, or throws before any. */
  apply(writes: readonly OutboxWrite[]): void {
    if (writes.some(({ kind }) => kind === "sign")) this.#checkSigns(writes);
    for (const write of writes) this.#write(write);
  }

  #checkSigns(writes: readonly OutboxWrite[]): void {
    const open = new Map(this.#openRows().map((row) => [keyOf(row), row]));
    const signed = new Set<string>();
    for (const write of writes) {
      if (write.kind === "close") open.delete(laneKey(write.lane, write.id));
      if (write.kind !== "sign") continue;
      const key = keyOf(write.transaction);
      this.#checkNew(write.transaction, open, signed);
      signed.add(key);
      open.set(key, write.transaction);
    }
  }

  /** `open`: transactions that have not ended; `before`: names that this commit has signed already. */
  #checkNew(
    transaction: LaneTransaction,
    open: ReadonlyMap<string, LaneTransaction>,
    before: ReadonlySet<string>,
  ): void {
    const key = keyOf(transaction);
    const { lane, signed } = transaction;
    if (this.#lanes.has(key) || before.has(key)) throw new Error(`${signed.id} was signed before`);
    for (const other of open.values()) {
      if (other.lane !== lane || other.signed.sender !== signed.sender) continue;
      if (signed.nonce === undefined || other.signed.nonce !== signed.nonce) continue;
      throw new Error(`nonce ${signed.nonce} of ${signed.sender} is reserved`);
    }
  }

  #write(write: OutboxWrite): void {
    switch (write.kind) {
      case "cursor":
        this.#cursors.set(write.cursor.domain, write.cursor);
        return;
      case "sent":
        this.#learn(write.transfer);
        return;
      case "ended":
        this.#end(write.transfer);
        return;
      case "schedule": {
        const { kind: _, key, from, ...change } = write;
        const row = this.transfer(key);
        if (row?.phase === from.phase && row.hold === from.hold) this.#put({ ...row, ...change });
        return;
      }
      case "sign": {
        const { transaction } = write;
        const key = laneKey(transaction.lane, transaction.signed.id);
        this.#lanes.set(key, { transaction, end: undefined });
        return;
      }
      case "close": {
        const row = this.#lanes.get(laneKey(write.lane, write.id));
        if (row !== undefined && row.end === undefined) row.end = write.end;
      }
    }
  }

  #learn(transfer: Transfer): void {
    const row = this.transfer(transfer);
    if (row === undefined) this.#put(transfer);
    else if (row.sentAt === undefined && transfer.sentAt !== undefined) {
      this.#put({ ...row, sentAt: transfer.sentAt });
    }
  }

  #end(transfer: Transfer): void {
    const row = this.transfer(transfer);
    if (row === undefined) this.#put(transfer);
    else if (laneOf(row) !== undefined) {
      this.#put({ ...row, phase: transfer.phase, hold: "none", reason: "" });
    }
  }

  #put(transfer: Transfer): void {
    this.#transfers.set(transferName(transfer), transfer);
  }

  cursor(domain: number): Cursor | undefined {
    return this.#cursors.get(domain);
  }

  transfer(key: TransferKey): Transfer | undefined {
    return this.#transfers.get(transferName(key));
  }

  due(lane: number, now: number, horizonMs: number, limit: number): readonly Transfer[] {
    const busy = new Set(this.open(lane).map(transferName));
    const due = [...this.#transfers.values()].filter(
      (row) =>
        laneOf(row) === lane &&
        row.hold === "none" &&
        (row.nextAttemptAt <= now || row.nextAttemptAt > now + horizonMs) &&
        !busy.has(transferName(row)),
    );
    return inTurns(due.sort(byDue)).slice(0, limit);
  }

  late(destination: number, timestamp: number, limit: number): readonly Transfer[] {
    return [...this.#transfers.values()]
      .filter((row) => row.phase === "import" && row.destination === destination)
      .filter((row) => row.timeout < BigInt(timestamp))
      .sort((a, b) => order(a.timeout, b.timeout) || byName(a, b))
      .slice(0, limit);
  }

  open(lane: number): readonly LaneTransaction[] {
    return this.#openRows().filter((transaction) => transaction.lane === lane);
  }

  #openRows(): LaneTransaction[] {
    return [...this.#lanes.values()]
      .filter(({ end }) => end === undefined)
      .map(({ transaction }) => transaction);
  }

  nonceFloor(lane: number, sender: string): bigint {
    let floor = 0n;
    for (const { transaction, end } of this.#lanes.values()) {
      const { signed } = transaction;
      if (transaction.lane !== lane || signed.sender !== sender) continue;
      if (end === undefined || end === "expired" || signed.nonce === undefined) continue;
      if (signed.nonce >= floor) floor = signed.nonce + 1n;
    }
    return floor;
  }

  transfers({ phase, hold }: TransferFilter, limit: number): readonly Transfer[] {
    return [...this.#transfers.values()]
      .filter((row) => phase === undefined || row.phase === phase)
      .filter((row) => hold === undefined || row.hold === hold)
      .sort(byName)
      .slice(0, limit);
  }
}

const keyOf = ({ lane, signed }: LaneTransaction): string => laneKey(lane, signed.id);

const laneKey = (lane: number, id: string): string => `${lane}/${id}`;

const order = (a: bigint, b: bigint): number => (a < b ? -1 : a > b ? 1 : 0);

const byName = (a: Transfer, b: Transfer): number =>
  a.source - b.source || order(a.sequence, b.sequence);

const byDue = (a: Transfer, b: Transfer): number =>
  a.nextAttemptAt - b.nextAttemptAt || byName(a, b);

/** The first of each source, then the second of each, and so on. */
function inTurns(rows: readonly Transfer[]): Transfer[] {
  const counts = new Map<number, number>();
  const turns = rows.map((row) => {
    const turn = counts.get(row.source) ?? 0;
    counts.set(row.source, turn + 1);
    return { row, turn };
  });
  return turns.sort((a, b) => a.turn - b.turn).map(({ row }) => row);
}
