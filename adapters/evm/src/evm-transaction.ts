import { decodeHex, encodeHex } from "@dragoman/bytes";
import type { ChainId, SignedTransaction, UnsignedTransaction } from "@dragoman/chain";
import { refuse } from "@dragoman/fault";
import { type Hex, keccak256, parseTransaction, type TransactionSerializedEIP1559 } from "viem";

/** What the payload `evm-json` holds; integers as decimal strings. */
export interface EvmPayload {
  readonly type: "eip1559";
  readonly chainId: number;
  readonly nonce: number;
  readonly to: string;
  readonly data: string;
  readonly value: string;
  readonly gas: string;
  readonly maxFeePerGas: string;
  readonly maxPriorityFeePerGas: string;
}

/** The unsigned transaction of a payload. */
export const unsignedEvm = (chain: ChainId, payload: EvmPayload): UnsignedTransaction => ({
  chain,
  encoding: "evm-json",
  payload: JSON.stringify(payload),
  nonce: BigInt(payload.nonce),
});

/**
 * Checks that a serialised signed transaction is the one that was built, and names it. Fault: INVALID_TRANSACTION.
 */
export function joinEvm(
  unsigned: UnsignedTransaction,
  serialised: Uint8Array,
  sender: string,
): SignedTransaction {
  const payload = JSON.parse(unsigned.payload) as EvmPayload;
  const signed = parsed(serialised);
  const isSame =
    signed.chainId === payload.chainId &&
    (signed.nonce ?? 0) === payload.nonce &&
    signed.to?.toLowerCase() === payload.to.toLowerCase() &&
    (signed.data ?? "0x") === payload.data &&
    (signed.value ?? 0n) === BigInt(payload.value);
  if (!isSame || signed.r === undefined) {
    refuse(
      "INVALID_TRANSACTION",
      undefined,
      "what was signed is not the transaction that was built",
    );
  }
  return {
    chain: unsigned.chain,
    id: keccak256(serialised),
    bytes: serialised,
    sender,
    nonce: BigInt(payload.nonce),
  };
}

function parsed(serialised: Uint8Array) {
  try {
    return parseTransaction(encodeHex(serialised) as TransactionSerializedEIP1559);
  } catch (error) {
    const why = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return refuse(
      "INVALID_TRANSACTION",
      undefined,
      `the signed transaction does not decode: ${why}`,
    );
  }
}

/** Bytes as viem takes them. */
export const hex = (bytes: Uint8Array): Hex => encodeHex(bytes) as Hex;
export const bytesOf = (text: Hex | undefined): Uint8Array => decodeHex(text ?? "0x");
