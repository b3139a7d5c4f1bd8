import { encodeBase58, equalBytes } from "@dragoman/bytes";
import type { SvmAccount } from "@dragoman/frontend-sbpf";
import {
  decodeHolding,
  decodeMint,
  isTokenProgram,
  type TokenHolding,
  type TokenMint,
} from "@dragoman/ledger-svm";
import { type RpcMethod, refuseParams } from "@dragoman/rpc-server";
import { contextBlock, inContext } from "./commitment.ts";
import { accountForm, encodeAccount, type ReadAccount } from "./encode-account.ts";
import type { SolanaNode } from "./node.ts";
import { address, config } from "./params.ts";
import { tokenAmount } from "./parse-token-account.ts";

const LARGEST_MAX = 20;

function mintAt(read: ReadAccount, key: Uint8Array): TokenMint {
  const account = read(key);
  const mint = account && decodeMint(account);
  return mint ?? refuseParams("Invalid param: could not find mint");
}

/** Methods about SPL tokens. */
export function tokenMethods({ ledger }: SolanaNode): Record<string, RpcMethod> {
  function* holdings(height: number): Iterable<{
    key: Uint8Array;
    account: SvmAccount;
    holding: TokenHolding;
  }> {
    const read = ledger.reader(height);
    for (const key of ledger.keys(height)) {
      const account = read(key);
      const holding = account && decodeHolding(account);
      if (account !== undefined && holding !== undefined) yield { key, account, holding };
    }
  }
  /** Token accounts whose `field` is the first parameter, of the mint or program that the second one names. */
  const accountsBy =
    (field: "owner" | "delegate"): RpcMethod =>
    ([owner, which, options]) => {
      const id = address(owner);
      const { mint, programId } = config(which);
      const from = config(options);
      const form = accountForm(from);
      const block = contextBlock(ledger, from);
      const read = ledger.reader(block.height);
      const wanted = address(mint ?? programId);
      if (mint !== undefined) mintAt(read, wanted);
      else if (!isTokenProgram(wanted))
        refuseParams("Invalid param: unrecognized Token program id");
      const found: { pubkey: string; account: unknown }[] = [];
      for (const { key, account, holding } of holdings(block.height)) {
        const isWanted = equalBytes(mint === undefined ? account.owner : holding.mint, wanted);
        if (!isWanted || !equalBytes(holding[field] ?? NO_KEY, id)) continue;
        found.push({ pubkey: encodeBase58(key), account: encodeAccount(account, form, read) });
      }
      found.sort((a, b) => (a.pubkey < b.pubkey ? -1 : 1));
      return inContext(block, found);
    };
  return {
    getTokenAccountsByOwner: accountsBy("owner"),
    getTokenAccountsByDelegate: accountsBy("delegate"),
    getTokenAccountBalance: ([key, options]) => {
      const id = address(key);
      const block = contextBlock(ledger, config(options));
      const read = ledger.reader(block.height);
      const account = read(id);
      if (account === undefined) return refuseParams("Invalid param: could not find account");
      const holding = decodeHolding(account);
      if (holding === undefined) return refuseParams("Invalid param: not a Token account");
      return inContext(block, tokenAmount(holding.amount, mintAt(read, holding.mint).decimals));
    },
    getTokenSupply: ([key, options]) => {
      const id = address(key);
      const block = contextBlock(ledger, config(options));
      const { supply, decimals } = mintAt(ledger.reader(block.height), id);
      return inContext(block, tokenAmount(supply, decimals));
    },
    getTokenLargestAccounts: ([key, options]) => {
      const id = address(key);
      const block = contextBlock(ledger, config(options));
      const { decimals } = mintAt(ledger.reader(block.height), id);
      const of = [...holdings(block.height)].filter(({ holding }) => equalBytes(holding.mint, id));
      of.sort((a, b) => (a.holding.amount > b.holding.amount ? -1 : 1));
      const largest = of.slice(0, LARGEST_MAX).map(({ key: at, holding }) => ({
        address: encodeBase58(at),
        ...tokenAmount(holding.amount, decimals),
      }));
      return inContext(block, largest);
    },
  };
}

const NO_KEY = new Uint8Array(0);
