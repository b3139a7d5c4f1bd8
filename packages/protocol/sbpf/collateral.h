/* Collateral in and out: SPEC.md, section 5. */
#ifndef DRAGOMAN_COLLATERAL_H
#define DRAGOMAN_COLLATERAL_H

#include "events.h"
#include "margin.h"
#include "token.h"

enum { OWN = 2 };
enum { WALLET = 3, VAULT = 4, COLLATERAL_ACCOUNTS = 6 };
enum { FUND_WALLET = 2, FUND_VAULT = 3, FUND_ACCOUNTS = 5 };

INLINE u64 need_data(const Context *context, u64 length) {
  return context->data.length == length ? 0 : INVALID_INSTRUCTION_DATA;
}

OUTLINE u64 deposit(Context *context) {
  TRY(begin(context, COLLATERAL_ACCOUNTS + 1));
  TRY(need_data(context, 8));
  u64 amount = get64(context->data.bytes);
  TRY(check_amount(amount));
  Account *own;
  TRY(open_account(context, OWN, sender_key(context), &own));
  NEED(own->collateral + amount < AMOUNT_MAX, OUT_OF_RANGE);
  own->collateral += amount;
  TRY(pull_tokens(context, WALLET, VAULT, amount));
  emit_amount(DEPOSITED, sender_key(context), amount);
  return 0;
}

OUTLINE u64 withdraw(Context *context) {
  TRY(begin(context, COLLATERAL_ACCOUNTS));
  TRY(need_data(context, 8));
  u64 amount = get64(context->data.bytes);
  TRY(check_amount(amount));
  Account *own;
  TRY(find_account(context, OWN, sender_key(context), &own));
  NEED(own != 0, COLLATERAL);
  TRY(take(own, amount));
  TRY(check_margin(context, own, 0, 1));
  TRY(push_tokens(context, VAULT, WALLET, amount));
  emit_amount(WITHDRAWN, sender_key(context), amount);
  return 0;
}

OUTLINE u64 fund_pool(Context *context) {
  TRY(begin(context, FUND_ACCOUNTS));
  TRY(need_data(context, 8));
  u64 amount = get64(context->data.bytes);
  TRY(check_amount(amount));
  NEED(context->market->pool + amount < AMOUNT_MAX, OUT_OF_RANGE);
  context->market->pool += amount;
  TRY(pull_tokens(context, FUND_WALLET, FUND_VAULT, amount));
  emit_amount(POOL_FUNDED, sender_key(context), amount);
  return 0;
}

#endif
