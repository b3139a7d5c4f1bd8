import type { Account } from "@dragoman/quant";
import type { Queryable } from "@dragoman/store";
import { NUMBERS_KEY } from "./apply-blocks.ts";
import { notify } from "./notice.ts";
import { accountOf, writeAccounts } from "./rows/account-rows.ts";
import { readTip, writeTip } from "./rows/chain-rows.ts";
import { numbersOf, writeNumbers } from "./rows/market-rows.ts";
import { refreshTransfers, transfersFrom } from "./rows/transfer-rows.ts";

/**
 * Takes back the blocks above `height`, as if they had never been read. Does nothing and gives false if the tip is not `tipHash` any more: another
 * process was faster.
 */
export async function undoBlocks(
  tx: Queryable,
  chain: string,
  height: number,
  tipHash: string,
): Promise<boolean> {
  const known = await readTip(tx, chain, "FOR UPDATE");
  if (known?.tip?.hash !== tipHash) return false;
  // Of several blocks that changed an account, the lowest knows what it was before them all.
  const rows = await tx.query<{ owner: string; before: unknown }>(
    "SELECT DISTINCT ON (owner) owner, before FROM undo WHERE chain = $1 AND height > $2 ORDER BY owner, height",
    [chain, height],
  );
  const accounts = new Map<string, Account>();
  for (const { owner, before } of rows) {
    if (owner === NUMBERS_KEY) await writeNumbers(tx, chain, numbersOf(before));
    else accounts.set(owner, accountOf(before));
  }
  await writeAccounts(tx, chain, accounts);
  const transfers = await transfersFrom(tx, chain, height + 1);
  await tx.query("DELETE FROM block WHERE chain = $1 AND height > $2", [chain, height]);
  await refreshTransfers(tx, transfers);
  const [top] = await tx.query<{ height: number; hash: string }>(
    "SELECT height, hash FROM block WHERE chain = $1 ORDER BY height DESC LIMIT 1",
    [chain],
  );
  await writeTip(tx, chain, top);
  await notify(tx, { chain, owners: [...accounts.keys()], transfers });
  return true;
}
