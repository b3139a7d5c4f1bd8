/* What anybody, or the publisher, does for the market: prices, settlement, liquidation. SPEC.md, section 5. */
#ifndef DRAGOMAN_UPKEEP_H
#define DRAGOMAN_UPKEEP_H

#include "trade.h"

enum { PUBLISH_ACCOUNTS = 2 };
enum { SETTLED = 2, SETTLEMENT = 3, SETTLE_ACCOUNTS = 5 };
enum { LIQUIDATOR = 2, LIQUIDATED_ACCOUNT = 3, LIQUIDATE_ACCOUNTS = 5 };

OUTLINE u64 publish_price(Context *context) {
  TRY(begin(context, PUBLISH_ACCOUNTS));
  TRY(need_data(context, 24));
  Market *market = context->market;
  NEED(equal_keys(sender_key(context), market->publisher), NOT_ALLOWED);
  const u8 *data = context->data.bytes;
  u64 price = get64(data), confidence = get64(data + 8), time = get64(data + 16);
  NEED(price >= 1 && price < SIZE_MAX && confidence < SIZE_MAX, OUT_OF_RANGE);
  NEED(time > market->price_time && time <= context->now + SKEW_MAX, ORACLE);
  market->price = price;
  market->confidence = confidence;
  market->price_time = time;
  Event event;
  event_begin(&event, ORACLE_UPDATED);
  event_bytes(&event, data, 24);
  event_emit(&event);
  return 0;
}

/* The price at which options of this expiry are settled; the first to ask records it. */
OUTLINE u64 settlement_price(Context *context, u64 expiry, u64 *price) {
  const AccountInfo *info = &context->accounts[SETTLEMENT];
  if (is_ours(context, info, sizeof(Settlement), SETTLEMENT_TAG)) {
    const Settlement *recorded = (const Settlement *)info->data;
    NEED(recorded->expiry == expiry, NOT_ALLOWED);
    *price = recorded->price;
    return 0;
  }
  NEED(context->market->price_time >= expiry, ORACLE);
  Address address;
  set_seeds(&address, slice("settlement", 10), &expiry, sizeof expiry);
  TRY(create_at(context, info, &address, sizeof(Settlement), SETTLEMENT_TAG));
  Settlement *settlement = (Settlement *)info->data;
  settlement->expiry = expiry;
  settlement->price = *price = context->market->price;
  return 0;
}

OUTLINE u64 settle_option(Context *context) {
  TRY(begin(context, SETTLE_ACCOUNTS));
  TRY(need_data(context, KEY_BYTES + 1));
  Account *own;
  TRY(find_account(context, SETTLED, context->data.bytes, &own));
  u64 index = context->data.bytes[KEY_BYTES];
  NEED(own != 0 && index < OPTION_SLOTS && own->options[index].size > 0, NO_POSITION);
  OptionSlot *slot = &own->options[index];
  NEED(context->now >= slot->expiry, EXPIRY);
  u64 price;
  TRY(settlement_price(context, slot->expiry, &price));
  u64 payout = notional(slot->size, intrinsic(price, slot->strike, slot->is_call));
  i64 gain = (i64)payout;
  if (!slot->is_long) gain = -(i64)(payout < own->collateral ? payout : own->collateral);
  TRY(settle(context->market, own, gain));
  Event event;
  event_begin(&event, OPTION_SETTLED);
  event_key(&event, own->owner);
  event_u64(&event, slot->expiry);
  event_u64(&event, slot->strike);
  event_u8(&event, slot->is_call);
  event_u8(&event, slot->is_long);
  event_u64(&event, slot->size);
  event_u64(&event, payout);
  event_emit(&event);
  free_slot(slot);
  return 0;
}

INLINE void emit_liquidation(const Account *own, const Account *liquidator, i64 equity, u64 reward) {
  Event event;
  event_begin(&event, LIQUIDATED);
  event_key(&event, own->owner);
  event_key(&event, liquidator->owner);
  event_u64(&event, (u64)equity);
  event_u64(&event, reward);
  event_u64(&event, equity < 0 ? (u64)-equity : 0);
  event_emit(&event);
}

OUTLINE u64 liquidate(Context *context) {
  TRY(begin(context, LIQUIDATE_ACCOUNTS));
  TRY(need_data(context, KEY_BYTES));
  Market *market = context->market;
  TRY(check_price(context));
  Account *own;
  TRY(find_account(context, LIQUIDATED_ACCOUNT, context->data.bytes, &own));
  NEED(own != 0, NOT_LIQUIDATABLE);
  i64 equity = equity_of(context, own);
  Requirement requirement;
  read_requirement(context, own, &requirement);
  NEED(equity < (i64)requirement.maintenance, NOT_LIQUIDATABLE);
  Account *liquidator;
  TRY(open_account(context, LIQUIDATOR, sender_key(context), &liquidator));
  u64 left = equity > 0 ? (u64)equity : 0;
  u64 funds = market->pool + own->collateral;
  NEED(funds >= left, POOL);
  market->pool = funds - left;
  u64 reward = bps(requirement.exposure, 100);
  if (reward > left) reward = left;
  TRY(set_perp(market, &own->perp, 0, 0));
  for (u64 i = 0; i < OPTION_SLOTS; i++) free_slot(&own->options[i]);
  own->collateral = left - reward;
  /* May be the same account. */
  liquidator->collateral += reward;
  emit_liquidation(own, liquidator, equity, reward);
  return 0;
}

#endif
