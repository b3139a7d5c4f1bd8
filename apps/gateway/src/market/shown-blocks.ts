import type { IndexedAccount, IndexedBlock } from "@dragoman/index";
import type { BlockModel, MarginAccountModel } from "@dragoman/schema";

export const blockModel = (block: IndexedBlock): BlockModel => ({
  chain: block.chain,
  ref: block,
  isFinal: block.isFinal,
});

export const accountModel = (account: IndexedAccount): MarginAccountModel => ({
  ...account,
  anchor: blockModel(account.anchor),
});
