import { keccak256 } from "@dragoman/crypto";
import { createMPT } from "@ethereumjs/mpt";
import { RLP } from "@ethereumjs/rlp";
import type { AccountState } from "./state-case.ts";

const EMPTY_ROOT = Buffer.from(
  "56e81f171bcc55a6ff8345e692c0f86e5b48e01b996cadc001622fb5e363b421",
  "hex",
);

/** Root of the state trie (yellow paper, section 4.1) over `accounts` by lower-case hex address, as hex with 0x. */
export async function stateRoot(accounts: ReadonlyMap<string, AccountState>): Promise<string> {
  const trie = await createMPT({ useKeyHashing: true });
  for (const [address, { nonce, balance, code, storage }] of accounts) {
    const fields = [integer(nonce), integer(balance), await storageRoot(storage), keccak256(code)];
    await trie.put(Buffer.from(address.slice(2), "hex"), RLP.encode(fields));
  }
  return `0x${Buffer.from(trie.root()).toString("hex")}`;
}

async function storageRoot(storage: ReadonlyMap<bigint, bigint>): Promise<Uint8Array> {
  const slots = [...storage].filter(([, value]) => value !== 0n);
  if (slots.length === 0) return EMPTY_ROOT;
  const trie = await createMPT({ useKeyHashing: true });
  for (const [slot, value] of slots) await trie.put(word(slot), RLP.encode(integer(value)));
  return trie.root();
}

const word = (value: bigint): Uint8Array =>
  Buffer.from(value.toString(16).padStart(64, "0"), "hex");

/** RLP's integers: big-endian without leading zeros. */
function integer(value: bigint): Uint8Array {
  const digits = value.toString(16);
  return value === 0n
    ? new Uint8Array(0)
    : Buffer.from(digits.padStart(digits.length + (digits.length & 1), "0"), "hex");
}

/** keccak-256 of the RLP of logs: the `logs` field of a state test. */
export function logsHash(
  logs: readonly { account: Uint8Array; topics: readonly Uint8Array[]; data: Uint8Array }[],
): string {
  const items = logs.map(({ account, topics, data }) => [account, [...topics], data]);
  return `0x${Buffer.from(keccak256(RLP.encode(items))).toString("hex")}`;
}
