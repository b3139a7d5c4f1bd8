/* Values and margins: SPEC.md, section 4. */
#ifndef DRAGOMAN_MARGIN_H
#define DRAGOMAN_MARGIN_H

#include "q32.h"
#include "state.h"

#define MILLION 1000000UL

/* Value of `size` at `price`, both below 2^40. */
INLINE u64 notional(u64 size, u64 price) { return size / MILLION * price + size % MILLION * price / MILLION; }

INLINE u64 bps(u64 value, u64 points) { return value / 10000 * points + value % 10000 * points / 10000; }

INLINE u64 check_size(u64 size) { return size > 0 && size < SIZE_MAX ? 0 : OUT_OF_RANGE; }

INLINE u64 check_amount(u64 amount) { return amount > 0 && amount < AMOUNT_MAX ? 0 : OUT_OF_RANGE; }

/* Error 2 unless the price can be used now. */
OUTLINE u64 check_price(const Context *context) {
  const Market *market = context->market;
  /* 0: no price was ever published. */
  NEED(market->price >= 1, ORACLE);
  NEED(market->price_time + AGE_MAX >= context->now && market->price_time <= context->now + SKEW_MAX, ORACLE);
  return market->confidence <= market->price / 50 ? 0 : ORACLE;
}

INLINE int is_flat(const Account *account) {
  for (u64 i = 0; i < OPTION_SLOTS; i++) {
    if (account->options[i].size != 0) return 0;
  }
  return account->perp.size == 0;
}

OUTLINE i64 pnl_of(const Perp *perp, u64 price) {
  i64 gain = (i64)notional(perp->size, price) - (i64)notional(perp->size, perp->entry);
  return perp->is_long ? gain : -gain;
}

OUTLINE u64 option_value(const Context *context, const OptionSlot *slot) {
  const Market *market = context->market;
  u64 seconds = above(slot->expiry, context->now);
  return notional(slot->size, premium(market->price, slot->strike, market->volatility, seconds, slot->is_call));
}

OUTLINE i64 equity_of(const Context *context, const Account *account) {
  i64 equity = (i64)account->collateral + pnl_of(&account->perp, context->market->price);
  for (u64 i = 0; i < OPTION_SLOTS; i++) {
    const OptionSlot *slot = &account->options[i];
    if (slot->size == 0) continue;
    i64 value = (i64)option_value(context, slot);
    equity += slot->is_long ? value : -value;
  }
  return equity;
}

typedef struct {
  u64 initial;
  u64 maintenance;
  u64 exposure;
} Requirement;

OUTLINE void read_requirement(const Context *context, const Account *account, Requirement *requirement) {
  u64 price = context->market->price;
  u64 size = notional(account->perp.size, price);
  requirement->initial = bps(size, 1000);
  requirement->maintenance = bps(size, 500);
  requirement->exposure = size;
  for (u64 i = 0; i < OPTION_SLOTS; i++) {
    const OptionSlot *slot = &account->options[i];
    u64 value = notional(slot->size, price);
    requirement->exposure += value;
    if (slot->is_long) continue;
    requirement->initial += bps(value, 1500);
    requirement->maintenance += bps(value, 1000);
  }
}

INLINE u64 initial_margin(const Context *context, const Account *account) {
  Requirement requirement;
  read_requirement(context, account, &requirement);
  return requirement.initial;
}

/* `before`: initial margin before the change; `is_strict`: the change is one that must leave the initial margin. */
OUTLINE u64 check_margin(const Context *context, const Account *account, u64 before, int is_strict) {
  if (is_flat(account)) return 0;
  TRY(check_price(context));
  u64 initial = initial_margin(context, account);
  i64 least = is_strict || initial > before ? (i64)initial : 0;
  return equity_of(context, account) >= least ? 0 : MARGIN;
}

INLINE u64 take(Account *account, u64 amount) {
  NEED(account->collateral >= amount, COLLATERAL);
  account->collateral -= amount;
  return 0;
}

INLINE u64 take_from_pool(Market *market, u64 amount) {
  NEED(market->pool >= amount, POOL);
  market->pool -= amount;
  return 0;
}

/* Between pool and account; a gain is what the account gets. */
OUTLINE u64 settle(Market *market, Account *account, i64 gain) {
  if (gain >= 0) {
    TRY(take_from_pool(market, (u64)gain));
    account->collateral += (u64)gain;
    return 0;
  }
  TRY(take(account, (u64)-gain));
  market->pool += (u64)-gain;
  return 0;
}

#endif
