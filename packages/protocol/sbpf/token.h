/* The collateral: an SPL Token mint whose authority is the market, and a vault that the market owns. */
#ifndef DRAGOMAN_TOKEN_H
#define DRAGOMAN_TOKEN_H

#include "accounts.h"

/* Layouts of SPL Token (solana-program/token, interface/src/state.rs). */
#define TOKEN_ACCOUNT_BYTES 165
#define MINT_BYTES 82
enum { TOKEN_MINT = 0, TOKEN_OWNER = 32, TOKEN_AMOUNT = 64, TOKEN_STATE = 108 };
enum { MINT_AUTHORITY_TAG = 0, MINT_AUTHORITY = 4, MINT_SUPPLY = 36, MINT_DECIMALS = 44, MINT_STATE = 45, MINT_FREEZE_TAG = 46 };
enum { TOKEN_TRANSFER = 3, TOKEN_MINT_TO = 7, TOKEN_BURN = 8, TOKEN_INITIALIZE_ACCOUNT_3 = 18 };
#define COLLATERAL_DECIMALS 6

/* An initialised token account of the collateral. */
OUTLINE u64 check_token_account(const Context *context, u64 place) {
  const AccountInfo *account = &context->accounts[place];
  NEED(equal_keys(account->owner, TOKEN_PROGRAM) && data_length(account) == TOKEN_ACCOUNT_BYTES, INVALID_ACCOUNT_DATA);
  NEED(account->data[TOKEN_STATE] == 1, INVALID_ACCOUNT_DATA);
  NEED(equal_keys(account->data + TOKEN_MINT, context->market->mint), INVALID_ARGUMENT);
  return 0;
}

INLINE u64 check_vault(const Context *context, u64 place) {
  return equal_keys(context->accounts[place].key, context->market->vault) ? 0 : NOT_ALLOWED;
}

/* One instruction of SPL Token on an amount: accounts at places `one` and `other`, and the authority behind them. */
typedef struct {
  u8 number;
  u8 one;
  u8 other;
  u8 authority;
  u64 amount;
} TokenCall;

OUTLINE u64 call_token(Context *context, const TokenCall *order) {
  u8 data[9];
  data[0] = order->number;
  put64(data + 1, order->amount);
  Slice seeds[2] = {slice("market", 6), slice(&context->market->bump, 1)};
  Call call;
  call.program = TOKEN_PROGRAM;
  call.accounts[0] = &context->accounts[order->one];
  call.accounts[1] = &context->accounts[order->other];
  call.accounts[2] = &context->accounts[order->authority];
  call.roles[0] = WRITABLE;
  call.roles[1] = WRITABLE;
  call.roles[2] = SIGNING;
  call.count = 3;
  call.data = slice(data, sizeof data);
  call.seeds = seeds;
  call.seed_count = order->authority == MARKET ? 2 : 0;
  return invoke(&call);
}

/* Tokens of the sender to the vault. What SPL Token would refuse is refused before, so that its numbers never look like ours. */
OUTLINE u64 pull_tokens(Context *context, u8 source, u8 vault, u64 amount) {
  TRY(check_vault(context, vault));
  TRY(check_token_account(context, source));
  const u8 *data = context->accounts[source].data;
  NEED(equal_keys(data + TOKEN_OWNER, sender_key(context)), ILLEGAL_OWNER);
  NEED(get64(data + TOKEN_AMOUNT) >= amount, INSUFFICIENT_FUNDS);
  TokenCall order = {TOKEN_TRANSFER, source, vault, SENDER, amount};
  return call_token(context, &order);
}

/* Tokens of the vault to a token account of any owner but the market. */
OUTLINE u64 push_tokens(Context *context, u8 vault, u8 destination, u64 amount) {
  TRY(check_vault(context, vault));
  TRY(check_token_account(context, destination));
  NEED(!equal_keys(context->accounts[destination].key, context->market->vault), INVALID_ARGUMENT);
  TokenCall order = {TOKEN_TRANSFER, vault, destination, MARKET, amount};
  return call_token(context, &order);
}

INLINE u64 check_mint(const Context *context, u64 place) {
  return equal_keys(context->accounts[place].key, context->market->mint) ? 0 : NOT_ALLOWED;
}

/* New tokens into the vault; error 1 if there would be more than a token can have. */
OUTLINE u64 mint_tokens(Context *context, u8 mint, u8 vault, u64 amount) {
  TRY(check_vault(context, vault));
  TRY(check_mint(context, mint));
  u64 supply = get64(context->accounts[mint].data + MINT_SUPPLY);
  NEED(supply + amount >= supply, OUT_OF_RANGE);
  TokenCall order = {TOKEN_MINT_TO, mint, vault, MARKET, amount};
  return call_token(context, &order);
}

/* Destroys tokens of the vault. */
OUTLINE u64 burn_tokens(Context *context, u8 mint, u8 vault, u64 amount) {
  TRY(check_vault(context, vault));
  TRY(check_mint(context, mint));
  TokenCall order = {TOKEN_BURN, vault, mint, MARKET, amount};
  return call_token(context, &order);
}

#endif
