import { row } from "../scale/compounds.ts";
import { BOOL, compact, U128 } from "../scale/numbers.ts";
import { constant, type Pallet, valueOr } from "./pallet.ts";
import { EXISTENTIAL_DEPOSIT } from "./parameters.ts";
import { ACCOUNT_ID, MULTI_ADDRESS } from "./primitives.ts";

const TRANSFER = { dest: MULTI_ADDRESS, value: compact(U128) };
const AMOUNT = { who: ACCOUNT_ID, amount: U128 };

export const BALANCES = {
  name: "Balances",
  index: 10,
  calls: {
    transfer_allow_death: row(0, TRANSFER, "Transfer some liquid free balance."),
    transfer_keep_alive: row(3, TRANSFER, "The same, but the origin's account will be kept alive."),
    transfer_all: row(
      4,
      { dest: MULTI_ADDRESS, keep_alive: BOOL },
      "Transfer the entire transferable balance.",
    ),
  },
  events: {
    Endowed: row(0, { account: ACCOUNT_ID, free_balance: U128 }, "An account was created."),
    DustLost: row(1, { account: ACCOUNT_ID, amount: U128 }, "An account was removed."),
    Transfer: row(2, { from: ACCOUNT_ID, to: ACCOUNT_ID, amount: U128 }, "Transfer succeeded."),
    Deposit: row(7, AMOUNT, "Some amount was deposited."),
    Withdraw: row(8, AMOUNT, "Some amount was withdrawn from the account."),
  },
  errors: {
    InsufficientBalance: row(2, [], "Balance too low to send value."),
    ExistentialDeposit: row(3, [], "Value too low to create account."),
    Expendability: row(4, [], "Transfer/payment would kill account."),
  },
  storage: {
    TotalIssuance: valueOr(U128, 0n, "The total units issued in the system."),
  },
  constants: {
    ExistentialDeposit: constant(
      U128,
      EXISTENTIAL_DEPOSIT,
      "The minimum amount required to keep an account open.",
    ),
  },
} as const satisfies Pallet;
