import type { Execution } from "../block/execution.ts";
import { EXISTENTIAL_DEPOSIT } from "./parameters.ts";
import type { DispatchError } from "./primitives.ts";
import { eventOf } from "./runtime.ts";
import { type AccountInfo, NO_ACCOUNT } from "./system.ts";

/** An account's record; zeros if it does not exist. */
export const accountInfo = ({ storage }: Execution, account: Uint8Array): AccountInfo =>
  storage.get("System", "Account", account) ?? NO_ACCOUNT;

export const exists = (info: AccountInfo): boolean => info.providers > 0;

/** Plancks that an account can spend and stay alive. */
export const spendable = ({ data }: AccountInfo): bigint =>
  data.free > EXISTENTIAL_DEPOSIT ? data.free - EXISTENTIAL_DEPOSIT : 0n;

/**
 * Sets a free balance. An account begins with the existential deposit; one that falls below it is removed, the rest burned. The issuance
 * follows.
 */
export function setFree(execution: Execution, account: Uint8Array, free: bigint): void {
  const { storage } = execution;
  const info = accountInfo(execution, account);
  const lives = free >= EXISTENTIAL_DEPOSIT;
  const after = lives ? free : 0n;
  const issuance = storage.get("Balances", "TotalIssuance")! + after - info.data.free;
  storage.put("Balances", "TotalIssuance", [], issuance);
  if (!lives) {
    storage.put("System", "Account", [account], undefined);
    if (exists(info)) execution.emit(eventOf("System", "KilledAccount", { account }));
    if (free > 0n && exists(info)) {
      execution.emit(eventOf("Balances", "DustLost", { account, amount: free }));
    }
    return;
  }
  const data = { ...info.data, free: after };
  storage.put("System", "Account", [account], { ...info, providers: 1, data });
  if (exists(info)) return;
  execution.emit(eventOf("System", "NewAccount", { account }));
  execution.emit(eventOf("Balances", "Endowed", { account, free_balance: free }));
}

export function setNonce({ storage }: Execution, account: Uint8Array, nonce: number): void {
  const info = storage.get("System", "Account", account) ?? NO_ACCOUNT;
  storage.put("System", "Account", [account], { ...info, nonce });
}

const token = (
  type: Extract<DispatchError, { type: "Token" }>["value"][0]["type"],
): DispatchError => ({ type: "Token", value: [{ type, value: [] }] });

export interface Transfer {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
  /** Plancks. */
  readonly amount: bigint;
  /** The sender must keep the existential deposit. */
  readonly keepsAlive: boolean;
}

/** Moves plancks; the error if that cannot be. */
export function transfer(
  execution: Execution,
  { from, to, amount, keepsAlive }: Transfer,
): DispatchError | undefined {
  const sender = accountInfo(execution, from);
  const left = sender.data.free - amount;
  if (left < 0n) return token("FundsUnavailable");
  if (keepsAlive && left < EXISTENTIAL_DEPOSIT) return token("NotExpendable");
  const receiver = accountInfo(execution, to);
  const isSelf = from.every((byte, i) => byte === to[i]);
  if (!isSelf && receiver.data.free + amount < EXISTENTIAL_DEPOSIT) return token("BelowMinimum");
  if (!isSelf) {
    setFree(execution, from, left);
    setFree(execution, to, receiver.data.free + amount);
  }
  execution.emit(eventOf("Balances", "Transfer", { from, to, amount }));
  return undefined;
}
