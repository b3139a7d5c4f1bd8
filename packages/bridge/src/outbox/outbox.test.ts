import { encodeHex } from "@dragoman/bytes";
import { openTestDatabase, type TestDatabase } from "@dragoman/store";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LaneTransaction, Transfer } from "../transfer.ts";
import { MemoryDisk } from "./memory-disk.ts";
import { MemoryOutbox } from "./memory-outbox.ts";
import { LeaseLost, type Outbox, type OutboxWrite } from "./outbox.ts";
import { PostgresOutbox } from "./postgres-outbox.ts";

let testDatabase: TestDatabase;

beforeAll(async () => {
  testDatabase = await openTestDatabase();
});

afterAll(async () => {
  await testDatabase.remove();
});

async function emptyPostgres(): Promise<Outbox> {
  const outbox = await PostgresOutbox.open(testDatabase.database);
  await testDatabase.database.query(
    "TRUNCATE bridge_lease, bridge_cursor, bridge_transfer, bridge_transaction",
  );
  return outbox;
}

const OUTBOXES: readonly [string, () => Promise<Outbox>][] = [
  ["in memory", async () => new MemoryOutbox()],
  ["in PostgreSQL", emptyPostgres],
];

const transfer = (source: number, sequence: bigint, change: Partial<Transfer> = {}): Transfer => ({
  source,
  destination: 9,
  sequence,
  packet: encodeHex(new Uint8Array(139).fill(source)),
  timeout: 100n,
  sentAt: { height: 5, hash: "0x05", index: 1, transaction: "0xaa" },
  phase: "import",
  hold: "none",
  attempt: 0,
  delayMs: 0,
  nextAttemptAt: 1000,
  reason: "",
  ...change,
});

const transaction = (
  id: string,
  sequence: bigint,
  nonce?: bigint,
  purpose: LaneTransaction["purpose"] = "import",
): LaneTransaction => ({
  lane: 9,
  source: 1,
  sequence,
  purpose,
  signed: {
    chain: "model:9",
    id,
    bytes: new Uint8Array([1, 2, 3]),
    sender: "me",
    ...(nonce === undefined ? {} : { nonce }),
    validUntil: { height: 77 },
  },
});

const wait = (sequence: bigint, nextAttemptAt: number, hold: Transfer["hold"] = "none") =>
  ({
    kind: "schedule",
    key: { source: 1, sequence },
    from: { phase: "import", hold: "none" },
    phase: "import",
    hold,
    attempt: 3,
    delayMs: 40,
    nextAttemptAt,
    reason: "it rained",
  }) as const satisfies OutboxWrite;

describe.each(OUTBOXES)("the outbox %s", (_, open) => {
  test("a lease has one holder until it expires or is given back, and each holder a higher token", async () => {
    const outbox = await open();
    const first = await outbox.lease("lane/9", "a", 1000, 500);
    expect(first).toMatchObject({ token: 1 });
    expect(await outbox.lease("lane/9", "b", 1400, 500)).toBeUndefined();
    expect(await outbox.lease("lane/9", "a", 1400, 500)).toMatchObject({ token: 1 });
    expect(await outbox.lease("lane/9", "b", 1899, 500)).toBeUndefined();
    const second = await outbox.lease("lane/9", "b", 1900, 500);
    expect(second).toMatchObject({ token: 2 });
    await outbox.release(second!);
    expect(await outbox.lease("lane/9", "a", 1901, 500)).toMatchObject({ token: 3 });
  });

  test("a holder whose lease went to another can write nothing", async () => {
    const outbox = await open();
    const old = await outbox.lease("lane/9", "a", 0, 10);
    const next = await outbox.lease("lane/9", "b", 20, 10);
    const write: OutboxWrite = { kind: "sent", transfer: transfer(1, 1n) };
    await expect(outbox.commit(old!, [write])).rejects.toThrow(LeaseLost);
    expect(await outbox.transfer({ source: 1, sequence: 1n })).toBeUndefined();
    await outbox.commit(next!, [write]);
    expect(await outbox.transfer({ source: 1, sequence: 1n })).toEqual(transfer(1, 1n));
  });

  test("a nonce that an open transaction has cannot be reserved, and nothing of that commit stays", async () => {
    const outbox = await open();
    const lease = (await outbox.lease("lane/9", "a", 0, 10))!;
    const sign = (one: LaneTransaction): OutboxWrite => ({ kind: "sign", transaction: one });
    await outbox.commit(lease, [sign(transaction("x", 1n, 4n))]);
    const second = [wait(1n, 5000), sign(transaction("y", 2n, 4n))];
    await outbox.commit(lease, [{ kind: "sent", transfer: transfer(1, 1n) }]);
    await expect(outbox.commit(lease, second)).rejects.toThrow();
    expect(await outbox.transfer({ source: 1, sequence: 1n })).toEqual(transfer(1, 1n));
    expect(await outbox.open(9)).toEqual([transaction("x", 1n, 4n)]);
    await outbox.commit(lease, [{ kind: "close", lane: 9, id: "x", end: "expired" }]);
    expect(await outbox.nonceFloor(9, "me")).toBe(0n);
    await outbox.commit(lease, [sign(transaction("y", 2n, 4n))]);
    await outbox.commit(lease, [{ kind: "close", lane: 9, id: "y", end: "failed" }]);
    expect(await outbox.nonceFloor(9, "me")).toBe(5n);
    expect(await outbox.nonceFloor(9, "you")).toBe(0n);
  });

  test("an end stays, whether the sending is seen before it or after it", async () => {
    const outbox = await open();
    const lease = (await outbox.lease("follow/1", "a", 0, 10))!;
    const { sentAt: _, ...unseen } = transfer(1, 1n, { phase: "received" });
    await outbox.commit(lease, [{ kind: "ended", transfer: unseen }]);
    await outbox.commit(lease, [{ kind: "sent", transfer: transfer(1, 1n) }, wait(1n, 9)]);
    await outbox.commit(lease, [
      { kind: "ended", transfer: transfer(1, 1n, { phase: "refunded" }) },
    ]);
    expect(await outbox.transfer({ source: 1, sequence: 1n })).toEqual(
      transfer(1, 1n, { phase: "received" }),
    );
  });

  test("what is due comes in turns of the sources, and what waits, is held or is under way does not", async () => {
    const outbox = await open();
    const lease = (await outbox.lease("lane/9", "a", 0, 10))!;
    const sent = (one: Transfer): OutboxWrite => ({ kind: "sent", transfer: one });
    await outbox.commit(lease, [
      sent(transfer(1, 1n, { nextAttemptAt: 10 })),
      sent(transfer(1, 2n, { nextAttemptAt: 11 })),
      sent(transfer(1, 3n, { nextAttemptAt: 12 })),
      sent(transfer(2, 1n, { nextAttemptAt: 50 })),
      sent(transfer(2, 2n, { nextAttemptAt: 51 })),
      sent(transfer(3, 1n, { nextAttemptAt: 100 })),
      sent(transfer(3, 2n, { nextAttemptAt: 101 })),
      sent(transfer(3, 3n, { nextAttemptAt: 9000 })),
      sent(transfer(3, 4n, { phase: "refund" })),
      wait(2n, 11, "dead"),
      { kind: "sign", transaction: transaction("x", 3n) },
    ]);
    const due = await outbox.due(9, 100, 5000, 10);
    expect(due.map(({ source, sequence }) => `${source}/${sequence}`)).toEqual([
      "1/1",
      "2/1",
      "3/1",
      "2/2",
      "3/3",
    ]);
    expect((await outbox.due(3, 1000, 5000, 10)).map(({ sequence }) => sequence)).toEqual([4n]);
  });
});

test("PostgreSQL and memory agree after any writes", async () => {
  const sequence = fc.bigInt({ min: 1n, max: 4n });
  const source = fc.constantFrom(1, 2);
  const phase = fc.constantFrom("import" as const, "refund" as const);
  const hold = fc.constantFrom("none" as const, "dead" as const, "skipped" as const);
  const time = fc.nat(100);
  const id = fc.constantFrom("x", "y", "z");
  const write: fc.Arbitrary<OutboxWrite> = fc.oneof(
    fc.tuple(source, sequence, time).map(([from, n, nextAttemptAt]) => ({
      kind: "sent" as const,
      transfer: transfer(from, n, { nextAttemptAt, timeout: BigInt(nextAttemptAt) }),
    })),
    fc
      .tuple(source, sequence, fc.constantFrom("received" as const, "refunded" as const))
      .map(([from, n, end]) => {
        const { sentAt: _, ...rest } = transfer(from, n, { phase: end });
        return { kind: "ended" as const, transfer: rest };
      }),
    fc.record({
      kind: fc.constant("schedule" as const),
      key: fc.record({ source, sequence }),
      from: fc.record({ phase, hold }),
      phase,
      hold,
      attempt: fc.nat(5),
      delayMs: fc.nat(1000),
      nextAttemptAt: time,
      reason: fc.constantFrom("", "why"),
    }),
    fc.tuple(id, sequence, fc.option(fc.bigInt({ min: 0n, max: 3n }))).map(([name, n, nonce]) => ({
      kind: "sign" as const,
      transaction: transaction(name, n, nonce ?? undefined),
    })),
    fc.record({
      kind: fc.constant("close" as const),
      lane: fc.constant(9),
      id,
      end: fc.constantFrom("included" as const, "failed" as const, "expired" as const),
    }),
  );
  const view = async (outbox: Outbox) => ({
    transfers: await outbox.transfers({}, 100),
    dead: await outbox.transfers({ hold: "dead" }, 100),
    due: await outbox.due(9, 50, 20, 5),
    refunds: await outbox.due(1, 50, 20, 3),
    late: await outbox.late(9, 60, 3),
    open: await outbox.open(9),
    floor: await outbox.nonceFloor(9, "me"),
  });
  const outcome = (commit: Promise<void>) =>
    commit.then(
      () => "done",
      () => "refused",
    );
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(write, { minLength: 1, maxLength: 3 }), { maxLength: 12 }),
      async (commits) => {
        const [one, two] = [new MemoryOutbox(), await emptyPostgres()];
        const lease = (await one.lease("lane/9", "a", 0, 10))!;
        await two.lease("lane/9", "a", 0, 10);
        for (const writes of commits) {
          const expected = await outcome(one.commit(lease, writes));
          expect(await outcome(two.commit(lease, writes))).toBe(expected);
        }
        expect(await view(two)).toEqual(await view(one));
      },
    ),
    { numRuns: 40 },
  );
}, 120_000);

test("after a loss of power the disk has what was synced, and tokens go on growing", async () => {
  const disk = new MemoryDisk();
  const before = new MemoryOutbox(disk);
  const lease = (await before.lease("lane/9", "a", 0, 10))!;
  await before.commit(lease, [{ kind: "sent", transfer: transfer(1, 1n) }]);
  disk.append({ lease, writes: [{ kind: "sent", transfer: transfer(1, 2n) }] });
  disk.crash();
  const after = new MemoryOutbox(disk);
  expect(await after.transfers({}, 10)).toEqual([transfer(1, 1n)]);
  expect(await after.lease("lane/9", "b", 1, 10)).toMatchObject({ token: 2 });
});
