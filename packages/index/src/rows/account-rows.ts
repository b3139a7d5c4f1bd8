import { type Account, FREE_SLOT, NO_ACCOUNT, NO_PERP, type OptionSlot } from "@dragoman/quant";
import type { Queryable } from "@dragoman/store";

/** A row of `position`. Place 0 is the perpetual, 1 + n option slot n. */
export interface PositionRow {
  readonly chain: string;
  readonly owner: string;
  readonly place: number;
  readonly is_long: boolean;
  readonly size: bigint;
  readonly entry: bigint | null;
  readonly expiry: bigint | null;
  readonly strike: bigint | null;
  readonly is_call: boolean | null;
}

/** The option of a row. */
export const slotOf = (row: PositionRow): OptionSlot => ({
  expiry: row.expiry!,
  strike: row.strike!,
  isCall: row.is_call!,
  isLong: row.is_long,
  size: row.size,
});

/** The accounts of these owners on a chain; those without a row are left out. */
export async function readAccounts(
  db: Queryable,
  chain: string,
  owners: readonly string[],
): Promise<Map<string, Account>> {
  const values = [chain, owners];
  const accounts = await db.query<{ owner: string; collateral: bigint }>(
    "SELECT owner, collateral FROM account WHERE chain = $1 AND owner = ANY($2)",
    values,
  );
  const positions = await db.query<PositionRow>(
    "SELECT * FROM position WHERE chain = $1 AND owner = ANY($2)",
    values,
  );
  const found = new Map(
    accounts.map(({ owner, collateral }) => [owner, { ...NO_ACCOUNT, collateral } as Account]),
  );
  for (const row of positions) {
    found.set(row.owner, withPosition(found.get(row.owner)!, row));
  }
  return found;
}

/** The account with the position of a row in it. */
export function withPosition(account: Account, row: PositionRow): Account {
  if (row.place === 0) {
    return { ...account, perp: { isLong: row.is_long, size: row.size, entry: row.entry! } };
  }
  return { ...account, options: account.options.with(row.place - 1, slotOf(row)) };
}

/** Makes the rows of a chain's accounts what is given. An account with nothing in it has no row. */
export async function writeAccounts(
  tx: Queryable,
  chain: string,
  accounts: ReadonlyMap<string, Account>,
): Promise<void> {
  const owners = [...accounts.keys()];
  if (owners.length === 0) return;
  await tx.query("DELETE FROM position WHERE chain = $1 AND owner = ANY($2)", [chain, owners]);
  const kept = [...accounts].filter(([, account]) => !isEmpty(account));
  const gone = owners.filter((owner) => isEmpty(accounts.get(owner)!));
  await tx.query("DELETE FROM account WHERE chain = $1 AND owner = ANY($2)", [chain, gone]);
  await tx.query(
    `INSERT INTO account (chain, owner, collateral) SELECT $1, * FROM unnest($2::text[], $3::bigint[])
     ON CONFLICT (chain, owner) DO UPDATE SET collateral = excluded.collateral`,
    [chain, kept.map(([owner]) => owner), kept.map(([, { collateral }]) => collateral)],
  );
  const rows = kept.flatMap(([owner, account]) => positionsOf(owner, account));
  if (rows.length === 0) return;
  await tx.query(
    `INSERT INTO position SELECT $1, r.owner, r.place, r.is_long, r.size, r.entry, r.expiry, r.strike, r.is_call
     FROM jsonb_to_recordset($2::jsonb) AS r (owner text, place smallint, is_long boolean, size bigint, entry bigint, expiry bigint,
       strike bigint, is_call boolean)`,
    [chain, JSON.stringify(rows, decimalStrings)],
  );
}

/** A replacer of JSON that writes bigints as decimal strings. */
export const decimalStrings = (_: string, value: unknown): unknown =>
  typeof value === "bigint" ? value.toString() : value;

function positionsOf(owner: string, { perp, options }: Account): object[] {
  const rows: object[] = [];
  if (perp.size > 0n) {
    rows.push({ owner, place: 0, is_long: perp.isLong, size: perp.size, entry: perp.entry });
  }
  options.forEach(({ size, isLong, expiry, strike, isCall }, i) => {
    if (size > 0n) {
      rows.push({ owner, place: i + 1, is_long: isLong, size, expiry, strike, is_call: isCall });
    }
  });
  return rows;
}

const isEmpty = ({ collateral, perp, options }: Account): boolean =>
  collateral === 0n && perp.size === 0n && options.every(({ size }) => size === 0n);

interface AccountData {
  readonly collateral: string;
  readonly perp: { readonly isLong: boolean; readonly size: string; readonly entry: string } | null;
  readonly options: readonly ({
    readonly expiry: string;
    readonly strike: string;
    readonly isCall: boolean;
    readonly isLong: boolean;
    readonly size: string;
  } | null)[];
}

/** An account as `undo` keeps it; null for one with nothing in it. */
export function accountData(account: Account): string | null {
  if (isEmpty(account)) return null;
  const { collateral, perp, options } = account;
  const data = {
    collateral,
    perp: perp.size > 0n ? perp : null,
    options: options.map((slot) => (slot.size > 0n ? slot : null)),
  };
  return JSON.stringify(data, decimalStrings);
}

/** The account of {@link accountData}, parsed. */
export function accountOf(data: unknown): Account {
  if (data === null) return NO_ACCOUNT;
  const { collateral, perp, options } = data as AccountData;
  return {
    collateral: BigInt(collateral),
    perp:
      perp === null
        ? NO_PERP
        : { isLong: perp.isLong, size: BigInt(perp.size), entry: BigInt(perp.entry) },
    options: options.map((slot) =>
      slot === null
        ? FREE_SLOT
        : {
            expiry: BigInt(slot.expiry),
            strike: BigInt(slot.strike),
            isCall: slot.isCall,
            isLong: slot.isLong,
            size: BigInt(slot.size),
          },
    ),
  };
}
