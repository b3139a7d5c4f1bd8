import type { ChainId } from "@dragoman/chain";
import { type Account, type MarketNumbers, NO_ACCOUNT } from "@dragoman/quant";
import type { Database, Queryable } from "@dragoman/store";
import { type PositionRow, readAccounts, slotOf } from "../rows/account-rows.ts";
import { type MarketRow, numbersIn } from "../rows/market-rows.ts";
import { BLOCK_COLUMNS, type BlockRow, blockOf, type IndexedBlock } from "./blocks.ts";
import { type Page, type Slice, sliceOf } from "./page.ts";

/** A market's numbers after the newest block that was read. */
export interface IndexedMarket {
  readonly chain: ChainId;
  readonly numbers: Readonly<MarketNumbers>;
  readonly anchor: IndexedBlock;
}

/** An owner's account, with the market's numbers after the same block. */
export interface IndexedAccount extends IndexedMarket {
  readonly owner: string;
  readonly account: Account;
}

/** One position of an account. Place 0 is the perpetual, 1 + n option slot n. */
export interface IndexedPosition extends IndexedAccount {
  readonly place: number;
}

/** Place of a position in the list, largest notional first. */
export interface PositionKey {
  /** At the prices when it was read, 1e-6 USD. */
  readonly notional: bigint;
  readonly chain: ChainId;
  readonly owner: string;
  readonly place: number;
}

export interface OwnerOn {
  readonly chain: ChainId;
  readonly owner: string;
}

/** Markets of the chains that have been read; all of one moment. */
export const readMarkets = (
  db: Database,
  chains: readonly ChainId[],
): Promise<Map<ChainId, IndexedMarket>> => db.transaction((tx) => marketsIn(tx, chains));

async function marketsIn(
  tx: Queryable,
  chains: readonly ChainId[],
): Promise<Map<ChainId, IndexedMarket>> {
  const rows = await tx.query<MarketRow & BlockRow>(
    `SELECT m.*, ${BLOCK_COLUMNS} FROM market m JOIN chain c ON c.id = m.chain
       JOIN block b ON b.chain = c.id AND b.height = c.tip_height WHERE m.chain = ANY($1)`,
    [chains],
  );
  const markets = rows.map((row) => {
    const { chain } = row;
    return [chain, { chain, numbers: numbersIn(row), anchor: blockOf(row) }] as const;
  });
  return new Map(markets);
}

/** Accounts in the order of `owners`, those that the market does not know with nothing in them; without those of chains that are not read. */
export const readAccountsOf = (
  db: Database,
  owners: readonly OwnerOn[],
): Promise<IndexedAccount[]> =>
  db.transaction(async (tx) => {
    const chains = [...new Set(owners.map(({ chain }) => chain))];
    const markets = await marketsIn(tx, chains);
    const found = await accountsByChain(tx, owners);
    return owners.flatMap(({ chain, owner }) => {
      const market = markets.get(chain);
      const account = found.get(chain)?.get(owner) ?? NO_ACCOUNT;
      return market === undefined ? [] : [{ ...market, owner, account }];
    });
  });

/** All accounts of the chains that have a position. */
export const readOpenAccounts = (
  db: Database,
  chains: readonly ChainId[],
): Promise<IndexedAccount[]> =>
  db.transaction(async (tx) => {
    const markets = await marketsIn(tx, chains);
    const accounts: IndexedAccount[] = [];
    for (const [chain, market] of markets) {
      const rows = await tx.query<{ owner: string }>(
        "SELECT DISTINCT owner FROM position WHERE chain = $1 ORDER BY owner",
        [chain],
      );
      const found = await readAccounts(
        tx,
        chain,
        rows.map(({ owner }) => owner),
      );
      for (const [owner, account] of found) accounts.push({ ...market, owner, account });
    }
    return accounts;
  });

interface SizedRow extends PositionRow {
  readonly notional: bigint;
}

/** Open positions, largest notional first, each with its whole account. */
export const readPositions = (
  db: Database,
  filter: {
    readonly chains: readonly ChainId[];
    readonly owners?: readonly OwnerOn[] | undefined;
  },
  page: Page<PositionKey>,
): Promise<Slice<IndexedPosition, PositionKey>> =>
  db.transaction(async (tx) => {
    const { after } = page;
    const rows = await tx.query<SizedRow>(
      `SELECT * FROM (SELECT p.*, div(p.size::numeric * m.price, 1000000) AS notional FROM position p JOIN market m ON m.chain = p.chain
         WHERE p.chain = ANY($1) AND ($2::text[] IS NULL OR (p.chain, p.owner) IN (SELECT * FROM unnest($2::text[], $3::text[])))) q
       WHERE $4::numeric IS NULL OR (-notional, chain, owner, place) > (-$4::numeric, $5, $6, $7::smallint)
       ORDER BY notional DESC, chain, owner, place LIMIT $8`,
      [
        filter.chains,
        filter.owners?.map(({ chain }) => chain) ?? null,
        filter.owners?.map(({ owner }) => owner) ?? null,
        after?.notional ?? null,
        after?.chain ?? null,
        after?.owner ?? null,
        after?.place ?? null,
        page.first + 1,
      ],
    );
    const markets = await marketsIn(tx, filter.chains);
    const slice = sliceOf(rows, page, ({ notional, chain, owner, place }) => ({
      notional,
      chain,
      owner,
      place,
    }));
    const accounts = await accountsByChain(
      tx,
      slice.items.map(({ row }) => row),
    );
    const items = slice.items.map(({ row: { chain, owner, place }, key }) => {
      const account = accounts.get(chain)!.get(owner)!;
      return { row: { ...markets.get(chain)!, owner, account, place }, key };
    });
    return { items, hasNext: slice.hasNext };
  });

/** The accounts of owners, by chain and owner. */
async function accountsByChain(
  tx: Queryable,
  owners: readonly OwnerOn[],
): Promise<Map<ChainId, Map<string, Account>>> {
  const found = new Map<ChainId, Map<string, Account>>();
  for (const chain of new Set(owners.map((each) => each.chain))) {
    const here = owners.filter((each) => each.chain === chain).map(({ owner }) => owner);
    found.set(chain, await readAccounts(tx, chain, here));
  }
  return found;
}

/** Expiries of the open options of a chain, ascending. */
export async function readExpiries(db: Queryable, chain: ChainId): Promise<bigint[]> {
  const rows = await db.query<PositionRow>(
    "SELECT DISTINCT ON (expiry) * FROM position WHERE chain = $1 AND place > 0 ORDER BY expiry",
    [chain],
  );
  return rows.map((row) => slotOf(row).expiry);
}
