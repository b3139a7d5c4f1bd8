import type { ChainId } from "@dragoman/chain";
import { type IndexedAccount, readOpenAccounts } from "@dragoman/index";
import { equityOf, requirementOf } from "@dragoman/quant";
import type { Database } from "@dragoman/store";
import type { KeeperTask } from "./liquidator.ts";

/** What the index shows to be done: expired options to settle, accounts below their maintenance margin to liquidate. */
export async function findTasks(
  database: Database,
  chains: readonly ChainId[],
): Promise<readonly KeeperTask[]> {
  const accounts = await readOpenAccounts(database, chains);
  return accounts.flatMap((account) => [...settlements(account), ...liquidation(account)]);
}

function settlements({ chain, owner, account, anchor }: IndexedAccount): KeeperTask[] {
  const now = BigInt(anchor.timestamp);
  return account.options.flatMap(({ size, expiry }, slot) =>
    size > 0n && expiry <= now ? [{ chain, action: { type: "settleOption", owner, slot } }] : [],
  );
}

function liquidation({ chain, owner, account, numbers, anchor }: IndexedAccount): KeeperTask[] {
  const { price, volatility } = numbers;
  const equity = equityOf(account, { price, volatility, now: BigInt(anchor.timestamp) });
  const isShort = equity < requirementOf(account, price).maintenance;
  return isShort ? [{ chain, action: { type: "liquidate", owner } }] : [];
}
