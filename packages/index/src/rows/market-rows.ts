import type { MarketNumbers } from "@dragoman/quant";
import type { Queryable } from "@dragoman/store";
import { decimalStrings } from "./account-rows.ts";

/** A row of `market`. */
export interface MarketRow {
  readonly volatility: bigint;
  readonly price: bigint;
  readonly confidence: bigint;
  readonly price_time: bigint;
  readonly pool: bigint;
  readonly open_long: bigint;
  readonly open_short: bigint;
  readonly next_sequence: bigint;
}

/** The market's numbers on a chain; undefined if the chain is not followed. */
export async function readNumbers(
  db: Queryable,
  chain: string,
): Promise<MarketNumbers | undefined> {
  const [row] = await db.query<MarketRow>("SELECT * FROM market WHERE chain = $1", [chain]);
  return row === undefined ? undefined : numbersIn(row);
}

/** The numbers of a row. */
export const numbersIn = (row: MarketRow): MarketNumbers => ({
  volatility: row.volatility,
  price: row.price,
  confidence: row.confidence,
  priceTime: row.price_time,
  pool: row.pool,
  openLong: row.open_long,
  openShort: row.open_short,
  nextSequence: row.next_sequence,
});

/** Makes the market's row what is given. */
export async function writeNumbers(
  tx: Queryable,
  chain: string,
  numbers: Readonly<MarketNumbers>,
): Promise<void> {
  const { volatility, price, confidence, priceTime } = numbers;
  const { pool, openLong, openShort, nextSequence } = numbers;
  await tx.query(
    `INSERT INTO market VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (chain) DO UPDATE SET
       volatility = excluded.volatility, price = excluded.price, confidence = excluded.confidence, price_time = excluded.price_time,
       pool = excluded.pool, open_long = excluded.open_long, open_short = excluded.open_short, next_sequence = excluded.next_sequence`,
    [chain, volatility, price, confidence, priceTime, pool, openLong, openShort, nextSequence],
  );
}

/** The numbers as `undo` keeps them. */
export const numbersData = (numbers: Readonly<MarketNumbers>): string =>
  JSON.stringify(numbers, decimalStrings);

/** The numbers of {@link numbersData}, parsed. */
export const numbersOf = (data: unknown): MarketNumbers =>
  Object.fromEntries(
    Object.entries(data as Record<string, string>).map(([key, value]) => [key, BigInt(value)]),
  ) as unknown as MarketNumbers;
