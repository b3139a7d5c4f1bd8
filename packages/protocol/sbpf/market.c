/* The market as a Solana program: packages/protocol/SPEC.md. README.md lists the instructions and their accounts. */
#include "bridge.h"
#include "initialise.h"

enum {
  INITIALISE,
  DEPOSIT,
  WITHDRAW,
  FUND_POOL,
  PUBLISH_PRICE,
  TRADE_PERP,
  TRADE_OPTION,
  SETTLE_OPTION,
  LIQUIDATE,
  EXPORT_POSITION,
  IMPORT_PACKET,
  REFUND_PACKET,
  QUOTE_PERP,
  QUOTE_OPTION
};

INLINE u64 run(Context *context, u8 number) {
  switch (number) {
    case INITIALISE: return initialise(context);
    case DEPOSIT: return deposit(context);
    case WITHDRAW: return withdraw(context);
    case FUND_POOL: return fund_pool(context);
    case PUBLISH_PRICE: return publish_price(context);
    case TRADE_PERP: return trade_perp(context);
    case TRADE_OPTION: return trade_option(context);
    case SETTLE_OPTION: return settle_option(context);
    case LIQUIDATE: return liquidate(context);
    case EXPORT_POSITION: return export_position(context);
    case IMPORT_PACKET: return import_packet(context);
    case REFUND_PACKET: return refund_packet(context);
    case QUOTE_PERP: return quote_perp(context);
    case QUOTE_OPTION: return quote_option(context);
    default: return INVALID_INSTRUCTION_DATA;
  }
}

u64 entrypoint(u8 *input) {
  Context context;
  NEED(read_input(input, context.accounts, ACCOUNTS_MAX, &context.count, &context.data, &context.program), INVALID_ARGUMENT);
  NEED(context.data.length >= 1, INVALID_INSTRUCTION_DATA);
  Clock clock;
  TRY(sol_get_clock_sysvar(&clock));
  NEED(clock.unix_timestamp >= 0 && (u64)clock.unix_timestamp < SIZE_MAX, UNSUPPORTED_SYSVAR);
  context.now = (u64)clock.unix_timestamp;
  u8 number = context.data.bytes[0];
  context.data.bytes++;
  context.data.length--;
  return run(&context, number);
}
