import { concatBytes } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";
import { RLP } from "@ethereumjs/rlp";
import { integerBytes, integerOf, rlpList, rlpString } from "../trie/rlp.ts";
import type { EvmTransaction, TransactionFields } from "./evm-transaction.ts";

/** What an impersonated transaction does. */
export interface ImpersonatedFields
  extends Omit<TransactionFields, "type" | "authorizations" | "blobHashes" | "maxBlobFee"> {
  readonly type: 0 | 1 | 2;
}

/** The highest type that EIP-2718 gives to transactions: nobody's wallet makes one of it. */
const TYPE_BYTE = 0x7f;

/** True if recorded bytes are a transaction that nobody signed. */
export const isImpersonated = (raw: Uint8Array): boolean => raw[0] === TYPE_BYTE;

/**
 * A transaction of `sender` without a signature. Its encoding, by which a log of inputs keeps it: 0x7f, then in RLP the sender, the type that it shows,
 * chain, nonce, fees, gas limit, recipient, value, data, access list.
 */
export function impersonated(
  sender: Uint8Array,
  fields: ImpersonatedFields & { readonly chainId: bigint },
): EvmTransaction {
  const { type, chainId, nonce, maxPriorityFee, maxFee, gasLimit, to, value, data } = fields;
  const accesses = fields.accessList.map(({ address, slots }) =>
    rlpList([rlpString(address), rlpList(slots.map(rlpString))]),
  );
  const numbers = [BigInt(type), chainId, nonce, maxPriorityFee, maxFee, gasLimit];
  const body = rlpList([
    rlpString(sender),
    ...numbers.map((number) => rlpString(integerBytes(number))),
    rlpString(to ?? NOTHING),
    rlpString(integerBytes(value)),
    rlpString(data),
    rlpList(accesses),
  ]);
  const raw = concatBytes(Uint8Array.of(TYPE_BYTE), body);
  const signature = { v: 0n, r: 0n, s: 0n };
  return { ...fields, sender, raw, hash: keccak256(raw), isImpersonated: true, ...signature };
}

/** The transaction of a log of inputs. Fault: MALFORMED_TRANSACTION. */
export function decodeImpersonated(raw: Uint8Array): EvmTransaction {
  try {
    const [sender, type, chainId, nonce, tip, maxFee, gasLimit, to, value, data, accesses] =
      RLP.decode(raw.slice(1)) as unknown as Items;
    return impersonated(sender, {
      type: Number(integerOf(type)) as 0 | 1 | 2,
      chainId: integerOf(chainId),
      nonce: integerOf(nonce),
      maxPriorityFee: integerOf(tip),
      maxFee: integerOf(maxFee),
      gasLimit: integerOf(gasLimit),
      to: to.length === 0 ? undefined : to,
      value: integerOf(value),
      data,
      accessList: accesses.map(([address, slots]) => ({ address, slots })),
    });
  } catch (error) {
    return refuse("MALFORMED_TRANSACTION", 0, `impersonated: ${(error as Error).message}`);
  }
}

type Bytes = Uint8Array;
type Items = readonly [
  ...[Bytes, Bytes, Bytes, Bytes, Bytes, Bytes, Bytes, Bytes, Bytes, Bytes],
  readonly (readonly [Bytes, readonly Bytes[]])[],
];
const NOTHING = new Uint8Array(0);
