/* The beginning: the market's state and its vault. Whoever is first is the admin; the mint must already belong to the market. */
#ifndef DRAGOMAN_INITIALISE_H
#define DRAGOMAN_INITIALISE_H

#include "token.h"

enum { INITIALISE_MINT = 2, INITIALISE_VAULT = 3, INITIALISE_ACCOUNTS = 6 };
/* Fields of the instruction. */
enum { AT_DOMAIN = 0, AT_PUBLISHER = 4, AT_VOLATILITY = 36, AT_THRESHOLD = 44, AT_COUNT = 45, AT_ATTESTERS = 46 };

/* A mint of 6 decimals that only the market can add to and nobody can freeze. */
INLINE u64 check_new_mint(const AccountInfo *mint, const u8 *authority) {
  NEED(equal_keys(mint->owner, TOKEN_PROGRAM) && data_length(mint) == MINT_BYTES, INVALID_ACCOUNT_DATA);
  const u8 *data = mint->data;
  NEED(data[MINT_STATE] == 1 && data[MINT_DECIMALS] == COLLATERAL_DECIMALS, INVALID_ACCOUNT_DATA);
  NEED(data[MINT_AUTHORITY_TAG] == 1 && equal_keys(data + MINT_AUTHORITY, authority), NOT_ALLOWED);
  return data[MINT_FREEZE_TAG] == 0 ? 0 : NOT_ALLOWED;
}

/* The token account at ["vault"], owned by the market. */
OUTLINE u64 create_vault(Context *context) {
  const AccountInfo *vault = &context->accounts[INITIALISE_VAULT];
  Address address;
  set_seeds(&address, slice("vault", 5), 0, 0);
  TRY(check_address(context, vault, &address));
  Creation creation = {address.seeds, address.count, TOKEN_ACCOUNT_BYTES, TOKEN_PROGRAM};
  TRY(create_account(context, vault, &creation));
  u8 data[1 + KEY_BYTES];
  data[0] = TOKEN_INITIALIZE_ACCOUNT_3;
  copy_key(data + 1, context->accounts[MARKET].key);
  Call call;
  call.program = TOKEN_PROGRAM;
  call.accounts[0] = vault;
  call.accounts[1] = &context->accounts[INITIALISE_MINT];
  call.roles[0] = WRITABLE;
  call.roles[1] = 0;
  call.count = 2;
  call.data = slice(data, sizeof data);
  call.seeds = 0;
  call.seed_count = 0;
  return invoke(&call);
}

/* True if each is greater than the one before it. */
OUTLINE int are_ascending(const u8 *attesters, u64 count) {
  for (u64 i = 1; i < count; i++) {
    const u8 *one = attesters + (i - 1) * ATTESTER_BYTES;
    const u8 *next = one + ATTESTER_BYTES;
    u64 at = 0;
    while (at < ATTESTER_BYTES - 1 && one[at] == next[at]) at++;
    if (one[at] >= next[at]) return 0;
  }
  return 1;
}

OUTLINE u64 initialise(Context *context) {
  TRY(need_accounts(context, INITIALISE_ACCOUNTS));
  const AccountInfo *info = &context->accounts[MARKET];
  NEED(context->accounts[SENDER].is_signer, MISSING_REQUIRED_SIGNATURE);
  NEED(!is_ours(context, info, sizeof(Market), MARKET_TAG), INITIALISED);
  const u8 *data = context->data.bytes;
  NEED(context->data.length >= AT_ATTESTERS, INVALID_INSTRUCTION_DATA);
  u64 count = data[AT_COUNT];
  NEED(context->data.length == AT_ATTESTERS + count * ATTESTER_BYTES, INVALID_INSTRUCTION_DATA);
  u64 volatility = get64(data + AT_VOLATILITY);
  NEED(volatility >= 1 && volatility <= VOLATILITY_MAX, OUT_OF_RANGE);
  NEED(count <= ATTESTERS_MAX && data[AT_THRESHOLD] >= 1 && data[AT_THRESHOLD] <= count, OUT_OF_RANGE);
  NEED(are_ascending(data + AT_ATTESTERS, count), OUT_OF_RANGE);
  TRY(check_new_mint(&context->accounts[INITIALISE_MINT], info->key));
  Address address;
  set_seeds(&address, slice("market", 6), 0, 0);
  TRY(create_at(context, info, &address, sizeof(Market), MARKET_TAG));
  Market *market = (Market *)info->data;
  market->domain = get32(data + AT_DOMAIN);
  market->bump = address.bump;
  market->threshold = data[AT_THRESHOLD];
  market->attester_count = (u8)count;
  market->volatility = volatility;
  market->next_sequence = 1;
  copy_key(market->admin, sender_key(context));
  copy_key(market->publisher, data + AT_PUBLISHER);
  copy_key(market->mint, context->accounts[INITIALISE_MINT].key);
  copy_key(market->vault, context->accounts[INITIALISE_VAULT].key);
  copy_bytes(market->attesters[0], data + AT_ATTESTERS, count * ATTESTER_BYTES);
  return create_vault(context);
}

#endif
