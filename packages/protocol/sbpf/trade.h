/* Trades and their quotes: SPEC.md, section 5. */
#ifndef DRAGOMAN_TRADE_H
#define DRAGOMAN_TRADE_H

#include "collateral.h"
#include "positions.h"

enum { TRADE_ACCOUNTS = 4 };

INLINE u64 check_flag(u8 flag) { return flag <= 1 ? 0 : INVALID_INSTRUCTION_DATA; }

INLINE u64 perp_fee(u64 size, u64 price) { return bps(notional(size, price), 5); }
INLINE u64 option_fee(u64 size, u64 price) { return bps(notional(size, price), 3); }

OUTLINE u64 trade_perp(Context *context) {
  TRY(begin(context, TRADE_ACCOUNTS));
  TRY(need_data(context, 17));
  const u8 *data = context->data.bytes;
  Market *market = context->market;
  u8 is_long = data[0];
  TRY(check_flag(is_long));
  u64 size = get64(data + 1), limit = get64(data + 9);
  TRY(check_size(size));
  TRY(check_price(context));
  u64 price = market->price;
  NEED(is_long ? price <= limit : price >= limit, LIMIT);
  Account *own;
  TRY(open_account(context, OWN, sender_key(context), &own));
  u64 before = initial_margin(context, own);
  i64 pnl = pnl_of(&own->perp, price);
  TRY(settle(market, own, pnl));
  u64 fee = perp_fee(size, price);
  TRY(take(own, fee));
  market->pool += fee;
  i64 next = signed_size(own->perp.is_long, own->perp.size) + signed_size(is_long, size);
  TRY(set_perp(market, &own->perp, next, price));
  TRY(check_margin(context, own, before, 0));
  Event event;
  event_begin(&event, PERP_TRADED);
  event_key(&event, own->owner);
  event_u8(&event, is_long);
  event_u64(&event, size);
  event_u64(&event, price);
  event_u64(&event, fee);
  event_u64(&event, (u64)pnl);
  event_emit(&event);
  return 0;
}

/* Premium for the whole size now, or the error that the trade would have. */
OUTLINE u64 option_premium(const Context *context, const Series *series, u64 size, u64 *paid) {
  const Market *market = context->market;
  TRY(check_size(size));
  NEED(series->strike >= 1 && series->strike < SIZE_MAX, OUT_OF_RANGE);
  TRY(check_price(context));
  NEED(series->expiry > context->now && series->expiry <= context->now + LIFE_MAX, EXPIRY);
  u64 seconds = series->expiry - context->now;
  *paid = notional(size, premium(market->price, series->strike, market->volatility, seconds, series->is_call));
  return 0;
}

typedef struct {
  Series series;
  u8 is_buy;
  u64 size;
  u64 limit;
} OptionOrder;

INLINE u64 read_series(const u8 *data, Series *series) {
  TRY(check_flag(data[16]));
  series->expiry = get64(data);
  series->strike = get64(data + 8);
  series->is_call = data[16];
  return 0;
}

INLINE void emit_option_trade(const Account *own, const OptionOrder *order, u64 paid, u64 fee) {
  Event event;
  event_begin(&event, OPTION_TRADED);
  event_key(&event, own->owner);
  event_u64(&event, order->series.expiry);
  event_u64(&event, order->series.strike);
  event_u8(&event, (u8)order->series.is_call);
  event_u8(&event, order->is_buy);
  event_u64(&event, order->size);
  event_u64(&event, paid);
  event_u64(&event, fee);
  event_emit(&event);
}

OUTLINE u64 trade_option(Context *context) {
  TRY(begin(context, TRADE_ACCOUNTS));
  TRY(need_data(context, 34));
  const u8 *data = context->data.bytes;
  Market *market = context->market;
  OptionOrder order;
  TRY(read_series(data, &order.series));
  order.is_buy = data[17];
  order.size = get64(data + 18);
  order.limit = get64(data + 26);
  TRY(check_flag(order.is_buy));
  u64 paid;
  TRY(option_premium(context, &order.series, order.size, &paid));
  NEED(order.is_buy ? paid <= order.limit : paid >= order.limit, LIMIT);
  u64 fee = option_fee(order.size, market->price);
  Account *own;
  TRY(open_account(context, OWN, sender_key(context), &own));
  u64 before = initial_margin(context, own);
  if (order.is_buy) {
    TRY(take(own, paid + fee));
    market->pool += paid + fee;
  } else {
    TRY(settle(market, own, (i64)paid));
    TRY(take(own, fee));
    market->pool += fee;
  }
  TRY(join_slot(own, &order.series, signed_size(order.is_buy, order.size)));
  TRY(check_margin(context, own, before, order.is_buy));
  emit_option_trade(own, &order, paid, fee);
  return 0;
}

/* Accounts of a quote: the market alone. */
OUTLINE u64 quote_perp(Context *context) {
  TRY(need_accounts(context, 1));
  TRY(open_market(context, 0));
  TRY(need_data(context, 8));
  u64 size = get64(context->data.bytes);
  TRY(check_size(size));
  TRY(check_price(context));
  u64 result[2] = {context->market->price, perp_fee(size, context->market->price)};
  return sol_set_return_data((const u8 *)result, sizeof result);
}

OUTLINE u64 quote_option(Context *context) {
  TRY(need_accounts(context, 1));
  TRY(open_market(context, 0));
  TRY(need_data(context, 25));
  Series series;
  TRY(read_series(context->data.bytes, &series));
  u64 size = get64(context->data.bytes + 17);
  u64 paid;
  TRY(option_premium(context, &series, size, &paid));
  u64 price = context->market->price;
  u64 result[3] = {price, paid, option_fee(size, price)};
  return sol_set_return_data((const u8 *)result, sizeof result);
}

#endif
