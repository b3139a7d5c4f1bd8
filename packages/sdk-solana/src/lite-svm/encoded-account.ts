import { encodeBase58 } from "@dragoman/bytes";
import type { SvmAccount } from "@dragoman/frontend-sbpf";
import type { TransactionMetadata } from "./transaction-metadata.ts";

/** An account as kit encodes it. Addresses are base58. */
export interface EncodedAccount {
  readonly address: string;
  readonly data: Uint8Array;
  readonly executable: boolean;
  readonly lamports: bigint;
  readonly programAddress: string;
  readonly space: bigint;
}

/** An account, or the fact that there is none. */
export type MaybeEncodedAccount =
  | (EncodedAccount & { readonly exists: true })
  | { readonly address: string; readonly exists: false };

/** What a transaction would do. */
export class SimulatedTransactionInfo {
  readonly #meta: TransactionMetadata;
  readonly #accounts: readonly EncodedAccount[];

  constructor(meta: TransactionMetadata, accounts: readonly EncodedAccount[]) {
    this.#meta = meta;
    this.#accounts = accounts;
  }

  meta(): TransactionMetadata {
    return this.#meta;
  }

  /** Accounts that it could write, as it would leave them. */
  postAccounts(): EncodedAccount[] {
    return [...this.#accounts];
  }
}

export const encodeAccount = (address: string, account: SvmAccount): EncodedAccount => ({
  address,
  data: account.data,
  executable: account.executable,
  lamports: account.lamports,
  programAddress: encodeBase58(account.owner),
  space: BigInt(account.data.length),
});
