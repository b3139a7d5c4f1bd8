import {
  type Account,
  Deserializer,
  Ed25519Account,
  Ed25519PrivateKey,
  RawTransaction,
  SimpleTransaction,
} from "@aptos-labs/ts-sdk";
import { decodeHex } from "@dragoman/bytes";
import type { ChainSigner, UnsignedTransaction } from "@dragoman/chain";
import { refuse } from "@dragoman/fault";

/** Signs with an account of ts-sdk: Ed25519, of the older kind or as a SingleKey. */
export const signerFromAccount = (account: Account): ChainSigner => ({
  address: account.accountAddress.toString(),
  /** BCS of the `AccountAuthenticator`. Faults: INVALID_TRANSACTION for another chain's transaction or another account's. */
  async sign(unsigned: UnsignedTransaction): Promise<Uint8Array> {
    const transaction = new SimpleTransaction(rawTransaction(unsigned));
    const { sender } = transaction.rawTransaction;
    if (!sender.equals(account.accountAddress)) {
      const message = `the transaction is ${sender}'s, the key ${account.accountAddress}'s`;
      refuse("INVALID_TRANSACTION", undefined, message);
    }
    return account.signTransactionWithAuthenticator(transaction).bcsToBytes();
  },
});

function rawTransaction({ encoding, payload }: UnsignedTransaction): RawTransaction {
  if (encoding !== "aptos-bcs") {
    refuse("INVALID_TRANSACTION", undefined, `a transaction of Aptos is wanted, not ${encoding}`);
  }
  return RawTransaction.deserialize(new Deserializer(decodeHex(payload)));
}

/** Signs with an Ed25519 seed of 32 bytes. */
export const signerFromSecret = (secret: Uint8Array): ChainSigner =>
  signerFromAccount(new Ed25519Account({ privateKey: new Ed25519PrivateKey(secret) }));
