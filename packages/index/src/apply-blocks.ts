import type { FollowedBlock } from "@dragoman/chain";
import { assert } from "@dragoman/fault";
import { type Account, foldEvent, type MarketNumbers, NO_ACCOUNT, ownersOf } from "@dragoman/quant";
import type { Queryable } from "@dragoman/store";
import { eventData, subjectOf } from "./event-data.ts";
import { notify } from "./notice.ts";
import { accountData, readAccounts, writeAccounts } from "./rows/account-rows.ts";
import { readTip, writeTip } from "./rows/chain-rows.ts";
import { numbersData, readNumbers, writeNumbers } from "./rows/market-rows.ts";
import { refreshTransfers, writeSteps } from "./rows/transfer-rows.ts";

/** Key of the market's numbers in `undo`, beside the owners. */
export const NUMBERS_KEY = "";

/**
 * Writes blocks that stand on each other and on the tip, with all that follows from them. Writes nothing and gives false if they do not stand on
 * the tip: another process was faster.
 */
export async function applyBlocks(
  tx: Queryable,
  chain: string,
  blocks: readonly FollowedBlock[],
): Promise<boolean> {
  const known = await readTip(tx, chain, "FOR UPDATE");
  const first = blocks[0]!.ref;
  if (known === undefined) return false;
  if (known.tip !== undefined && known.tip.hash !== first.parentHash) return false;
  const state = await loadState(tx, chain, blocks);
  await writeBlocks(tx, chain, blocks);
  const transfers: string[] = [];
  for (const block of blocks) {
    if (block.events.length === 0) continue;
    await writeEvents(tx, chain, block);
    await writeUndo(tx, chain, block.ref.height, foldBlock(state, block));
    transfers.push(...(await writeSteps(tx, chain, block)));
  }
  await writeAccounts(tx, chain, state.accounts);
  await writeNumbers(tx, chain, state.numbers);
  await refreshTransfers(tx, transfers);
  const last = blocks.at(-1)!.ref;
  await writeTip(tx, chain, last);
  const owners = [...state.accounts.keys()];
  await notify(tx, { chain, owners, transfers, written: [first.height, last.height] });
  return true;
}

/** A market while blocks are folded into it. */
interface MarketInMemory {
  numbers: Readonly<MarketNumbers>;
  /** The accounts that the blocks may change. */
  readonly accounts: Map<string, Account>;
}

async function loadState(
  tx: Queryable,
  chain: string,
  blocks: readonly FollowedBlock[],
): Promise<MarketInMemory> {
  const numbers = await readNumbers(tx, chain);
  assert(numbers !== undefined, "a chain that is followed has a market");
  const events = blocks.flatMap((block) => block.events);
  const owners = [...new Set(events.flatMap(({ event }) => ownersOf(event)))];
  const accounts = await readAccounts(tx, chain, owners);
  for (const owner of owners) if (!accounts.has(owner)) accounts.set(owner, NO_ACCOUNT);
  return { numbers, accounts };
}

/** Folds a block into the state; gives what the block found, by the keys of `undo`. */
function foldBlock(
  state: MarketInMemory,
  { ref, events }: FollowedBlock,
): Map<string, string | null> {
  const before = new Map<string, string | null>([[NUMBERS_KEY, numbersData(state.numbers)]]);
  const account = (owner: string): Account => state.accounts.get(owner) ?? NO_ACCOUNT;
  for (const { event } of events) {
    const { numbers } = state;
    const change = foldEvent({ numbers, account }, event, BigInt(ref.timestamp));
    for (const [owner, changed] of change.accounts) {
      if (!before.has(owner)) before.set(owner, accountData(account(owner)));
      state.accounts.set(owner, changed);
    }
    state.numbers = change.numbers;
  }
  return before;
}

async function writeBlocks(
  tx: Queryable,
  chain: string,
  blocks: readonly FollowedBlock[],
): Promise<void> {
  const refs = blocks.map(({ ref }) => ref);
  await tx.query(
    `INSERT INTO block SELECT $1, * FROM unnest($2::integer[], $3::text[], $4::text[], $5::bigint[], $6::boolean[])`,
    [
      chain,
      refs.map(({ height }) => height),
      refs.map(({ hash }) => hash),
      refs.map(({ parentHash }) => parentHash),
      refs.map(({ timestamp }) => timestamp),
      blocks.map(({ events }) => events.length > 0),
    ],
  );
}

async function writeEvents(
  tx: Queryable,
  chain: string,
  { ref, events }: FollowedBlock,
): Promise<void> {
  await tx.query(
    `INSERT INTO event SELECT $1, $2, r.place, $3, r.transaction, r.type, r.owner, r.data
     FROM jsonb_to_recordset($4::jsonb) AS r (place integer, transaction text, type text, owner text, data jsonb)`,
    [
      chain,
      ref.height,
      ref.timestamp,
      JSON.stringify(
        events.map(({ index, transaction, event }) => ({
          place: index,
          transaction,
          type: event.type,
          owner: subjectOf(event) ?? null,
          data: eventData(event),
        })),
      ),
    ],
  );
}

async function writeUndo(
  tx: Queryable,
  chain: string,
  height: number,
  before: ReadonlyMap<string, string | null>,
): Promise<void> {
  await tx.query("INSERT INTO undo SELECT $1, $2, * FROM unnest($3::text[], $4::jsonb[])", [
    chain,
    height,
    [...before.keys()],
    [...before.values()],
  ]);
}
