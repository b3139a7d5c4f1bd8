import { refuse } from "@dragoman/fault";
import type { Account } from "@dragoman/frontend-evm";
import { RLP } from "@ethereumjs/rlp";
import { integerBytes, integerOf, rlpList, rlpString } from "./trie/rlp.ts";

/** A change of an account that no transaction makes. */
export interface EvmDecree extends Account {
  /** 20 bytes. */
  readonly address: Uint8Array;
}

/** A decree and its block's time and salt as payload of a ledger's input, in RLP; a field that is not given is an empty list. */
export function encodeDecree(decree: EvmDecree, timestamp: number, salt: number): Uint8Array {
  const { address, balance, nonce, code, storage } = decree;
  const optional = (value: bigint | undefined): Uint8Array =>
    value === undefined ? rlpList([]) : rlpList([rlpString(integerBytes(value))]);
  const slots = [...(storage ?? [])].map((pair) =>
    rlpList(pair.map((item) => rlpString(integerBytes(item)))),
  );
  return rlpList([
    rlpString(integerBytes(timestamp)),
    rlpString(integerBytes(salt)),
    rlpString(address),
    optional(balance),
    optional(nonce),
    code === undefined ? rlpList([]) : rlpList([rlpString(code)]),
    rlpList(slots),
  ]);
}

/** Fault: MALFORMED_TRANSACTION. */
export function decodeDecree(payload: Uint8Array): {
  readonly decree: EvmDecree;
  readonly timestamp: number;
  readonly salt: number;
} {
  try {
    const [timestamp, salt, address, balance, nonce, code, slots] = RLP.decode(
      payload,
    ) as unknown as [Bytes, Bytes, Bytes, Bytes[], Bytes[], Bytes[], [Bytes, Bytes][]];
    const decree = {
      address,
      ...(balance.length === 0 ? {} : { balance: integerOf(balance[0]!) }),
      ...(nonce.length === 0 ? {} : { nonce: integerOf(nonce[0]!) }),
      ...(code.length === 0 ? {} : { code: code[0]! }),
      storage: slots.map((pair) => [integerOf(pair[0]), integerOf(pair[1])] as const),
    };
    return { decree, timestamp: Number(integerOf(timestamp)), salt: Number(integerOf(salt)) };
  } catch (error) {
    return refuse("MALFORMED_TRANSACTION", 0, `a decree: ${(error as Error).message}`);
  }
}

type Bytes = Uint8Array;
