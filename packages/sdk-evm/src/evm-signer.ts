import type { ChainSigner } from "@dragoman/chain";
import {
  bytesToHex,
  hexToBytes,
  type LocalAccount,
  type TransactionSerializableEIP1559,
} from "viem";
import { privateKeyToAccount } from "viem/accounts";

/** Signs with a local account of viem: a private key, a mnemonic, a key store behind `toAccount`. */
export function signerFromAccount(account: LocalAccount): ChainSigner {
  return {
    address: account.address.toLowerCase(),
    async sign({ payload }) {
      return hexToBytes(await account.signTransaction(transactionOf(payload)));
    },
  };
}

/** Signs with a private key of 32 bytes. */
export const signerFromSecret = (secret: Uint8Array): ChainSigner =>
  signerFromAccount(privateKeyToAccount(bytesToHex(secret)));

/** The transaction of a payload `evm-json`, as viem takes it. */
function transactionOf(payload: string): TransactionSerializableEIP1559 {
  const { value, gas, maxFeePerGas, maxPriorityFeePerGas, ...rest } = JSON.parse(payload);
  return {
    ...rest,
    value: BigInt(value),
    gas: BigInt(gas),
    maxFeePerGas: BigInt(maxFeePerGas),
    maxPriorityFeePerGas: BigInt(maxPriorityFeePerGas),
  };
}
