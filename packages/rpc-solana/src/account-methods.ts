import { encodeBase58, encodeHex } from "@dragoman/bytes";
import type { SolanaBlock } from "@dragoman/ledger-svm";
import type { RpcMethod } from "@dragoman/rpc-server";
import { accountFilter } from "./account-filter.ts";
import { contextBlock, inContext } from "./commitment.ts";
import { accountForm, encodeAccount, type ReadAccount } from "./encode-account.ts";
import type { SolanaNode } from "./node.ts";
import { address, type Config, config, list } from "./params.ts";

const KEYS_MAX = 100;

/** Methods that read accounts. */
export function accountMethods({ ledger }: SolanaNode): Record<string, RpcMethod> {
  const open = (from: Config): { block: SolanaBlock; read: ReadAccount } => {
    const block = contextBlock(ledger, from);
    return { block, read: ledger.reader(block.height) };
  };
  return {
    getAccountInfo: ([key, options]) => {
      const from = config(options);
      const id = address(key);
      const form = accountForm(from);
      const { block, read } = open(from);
      const account = read(id);
      return inContext(block, account === undefined ? null : encodeAccount(account, form, read));
    },
    getBalance: ([key, options]) => {
      const id = address(key);
      const { block, read } = open(config(options));
      return inContext(block, Number(read(id)?.lamports ?? 0n));
    },
    getMultipleAccounts: ([keys, options]) => {
      const ids = list(keys, KEYS_MAX).map(address);
      const from = config(options);
      const form = accountForm(from);
      const { block, read } = open(from);
      const values = ids.map((id) => {
        const account = read(id);
        return account === undefined ? null : encodeAccount(account, form, read);
      });
      return inContext(block, values);
    },
    getProgramAccounts: ([program, options]) => {
      const owner = encodeHex(address(program));
      const from = config(options);
      const form = accountForm(from);
      const matches = accountFilter(from.filters);
      const { block, read } = open(from);
      const found: { pubkey: string; account: unknown }[] = [];
      for (const key of ledger.keys(block.height)) {
        const account = read(key);
        if (account === undefined || encodeHex(account.owner) !== owner) continue;
        if (!matches(account.data)) continue;
        found.push({ pubkey: encodeBase58(key), account: encodeAccount(account, form, read) });
      }
      found.sort((a, b) => (a.pubkey < b.pubkey ? -1 : 1));
      return from.withContext === true ? inContext(block, found) : found;
    },
  };
}
