import { encodeHex } from "@dragoman/bytes";
import type { CellChange, StateReader } from "@dragoman/core";
import { keccak256 } from "@dragoman/crypto";
import { DOMAIN } from "@dragoman/frontend-evm";
import type { Execution } from "../block/execution.ts";
import { accountInfo, exists, setFree, setNonce, spendable } from "../runtime/accounts.ts";
import { EXISTENTIAL_DEPOSIT, NATIVE_TO_ETH_RATIO } from "../runtime/parameters.ts";
import { eventOf } from "../runtime/runtime.ts";
import type { Storage } from "../storage/storage.ts";
import { accountOf } from "./account-mapping.ts";

/** Wei that an address can spend: what its account has beyond the existential deposit, and dust below one planck. */
export function weiOf(execution: Execution, address: Uint8Array): bigint {
  const { storage } = execution;
  const plancks = spendable(accountInfo(execution, accountOf(storage, address)));
  return plancks * NATIVE_TO_ETH_RATIO + (storage.get("Revive", "Dust", address) ?? 0n);
}

export function codeOf(storage: Storage, address: Uint8Array): Uint8Array | undefined {
  const hash = storage.get("Revive", "CodeHashOf", address);
  return hash && storage.get("Revive", "PristineCode", hash);
}

/** The chain's storage in the form that the EVM's journal reads. */
export function reviveState(execution: Execution): StateReader {
  const { storage } = execution;
  return {
    read(domain, address, key) {
      switch (domain) {
        case DOMAIN.BALANCE:
          return word(weiOf(execution, address));
        case DOMAIN.NONCE:
          return word(BigInt(accountInfo(execution, accountOf(storage, address)).nonce));
        case DOMAIN.CODE:
          return codeOf(storage, address);
        case DOMAIN.STORAGE:
          return storage.get("Revive", "ContractStorage", address, key);
        default:
          return undefined;
      }
    },
  };
}

function word(value: bigint): Uint8Array | undefined {
  if (value === 0n) return undefined;
  const bytes = new Uint8Array(32);
  for (let at = 31, rest = value; rest > 0n; at--, rest >>= 8n) bytes[at] = Number(rest & 0xffn);
  return bytes;
}

const numberOf = (bytes: Uint8Array | undefined): bigint =>
  bytes === undefined ? 0n : BigInt(encodeHex(bytes));

/** What a run left of one address. */
interface Change {
  readonly address: Uint8Array;
  wei?: bigint;
  nonce?: bigint;
  code?: Uint8Array;
}

/**
 * Writes what a run changed into the chain's storage. The payer gives each new account its existential deposit; false, with storage half
 * written, if it cannot.
 */
export function writeChanges(
  execution: Execution,
  changes: readonly CellChange[],
  payer: Uint8Array,
): boolean {
  const { storage } = execution;
  const byAddress = new Map<string, Change>();
  for (const { domain, account: address, key, after } of changes) {
    if (domain === DOMAIN.STORAGE) {
      storage.put("Revive", "ContractStorage", [address, key], after);
      continue;
    }
    const name = encodeHex(address);
    const change: Change = byAddress.get(name) ?? { address };
    byAddress.set(name, change);
    if (domain === DOMAIN.BALANCE) change.wei = numberOf(after);
    else if (domain === DOMAIN.NONCE) change.nonce = numberOf(after);
    else change.code = after ?? new Uint8Array(0);
  }
  const born = [...byAddress.values()].filter((change) => endow(execution, change, payer));
  const deposits = BigInt(born.length) * EXISTENTIAL_DEPOSIT;
  const left = accountInfo(execution, payer).data.free - deposits;
  if (left < EXISTENTIAL_DEPOSIT && deposits > 0n) return false;
  if (deposits > 0n) setFree(execution, payer, left);
  return true;
}

/** Writes one address; true if its account is new and has an existential deposit that somebody must pay. */
function endow(execution: Execution, change: Change, payer: Uint8Array): boolean {
  const { storage } = execution;
  const { address, wei, nonce, code } = change;
  const account = accountOf(storage, address);
  const isNew = !exists(accountInfo(execution, account));
  const total = wei ?? weiOf(execution, address);
  if (wei !== undefined || isNew) {
    setFree(execution, account, total / NATIVE_TO_ETH_RATIO + EXISTENTIAL_DEPOSIT);
    const dust = total % NATIVE_TO_ETH_RATIO;
    storage.put("Revive", "Dust", [address], dust === 0n ? undefined : dust);
  }
  if (nonce !== undefined) setNonce(execution, account, Number(nonce));
  if (code !== undefined && code.length > 0) {
    const hash = keccak256(code);
    storage.put("Revive", "PristineCode", [hash], code);
    storage.put("Revive", "CodeHashOf", [address], hash);
  }
  if (isNew) {
    const amount = EXISTENTIAL_DEPOSIT;
    execution.emit(eventOf("Balances", "Transfer", { from: payer, to: account, amount }));
  }
  return isNew;
}
