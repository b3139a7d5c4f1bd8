/* The accounts of an instruction: found, checked, created. An account of ours is known by owner and tag, which only we write. */
#ifndef DRAGOMAN_ACCOUNTS_H
#define DRAGOMAN_ACCOUNTS_H

#include "call.h"

#define SEEDS_MAX 4

INLINE Slice slice(const void *bytes, u64 length) {
  Slice result = {(const u8 *)bytes, length};
  return result;
}

/* An address of ours: the seeds, the last of which is the bump. */
typedef struct {
  Slice seeds[SEEDS_MAX];
  u64 count;
  u8 bump;
  u8 key[KEY_BYTES];
} Address;

/* Completes an address whose seeds are set, and compares it with the account. */
OUTLINE u64 check_address(const Context *context, const AccountInfo *account, Address *address) {
  u64 failed = sol_try_find_program_address(address->seeds, address->count, context->program, address->key, &address->bump);
  NEED(failed == 0 && equal_keys(address->key, account->key), INVALID_SEEDS);
  address->seeds[address->count] = slice(&address->bump, 1);
  address->count++;
  return 0;
}

/* Seeds `name` and, if `length` is not 0, `rest`. */
INLINE void set_seeds(Address *address, Slice name, const void *rest, u64 length) {
  address->seeds[0] = name;
  address->seeds[1] = slice(rest, length);
  address->count = length == 0 ? 1 : 2;
}

/* Creates the account at the address and writes its tag. */
OUTLINE u64 create_at(Context *context, const AccountInfo *account, Address *address, u64 length, u64 tag) {
  TRY(check_address(context, account, address));
  Creation creation = {address->seeds, address->count, length, context->program};
  TRY(create_account(context, account, &creation));
  *(u64 *)account->data = tag;
  return 0;
}

OUTLINE int is_ours(const Context *context, const AccountInfo *account, u64 length, u64 tag) {
  return equal_keys(account->owner, context->program) && data_length(account) == length && *(u64 *)account->data == tag;
}

INLINE u64 need_accounts(const Context *context, u64 count) {
  return context->count < count ? NOT_ENOUGH_ACCOUNT_KEYS : 0;
}

/* The market at this place of the accounts; error 17 if it is not initialised. */
INLINE u64 open_market(Context *context, u64 place) {
  const AccountInfo *account = &context->accounts[place];
  NEED(is_ours(context, account, sizeof(Market), MARKET_TAG), INITIALISED);
  context->market = (Market *)account->data;
  return 0;
}

/* What every action begins with: so many accounts, the first of which signs, the second of which is the market. */
OUTLINE u64 begin(Context *context, u64 count) {
  TRY(need_accounts(context, count));
  NEED(context->accounts[SENDER].is_signer, MISSING_REQUIRED_SIGNATURE);
  return open_market(context, MARKET);
}

INLINE const u8 *sender_key(const Context *context) { return context->accounts[SENDER].key; }

/* The account of `owner`; null if it was never written. */
OUTLINE u64 find_account(Context *context, u64 place, const u8 *owner, Account **account) {
  const AccountInfo *info = &context->accounts[place];
  *account = 0;
  if (is_ours(context, info, sizeof(Account), ACCOUNT_TAG)) {
    *account = (Account *)info->data;
    NEED(equal_keys((*account)->owner, owner), NOT_ALLOWED);
    return 0;
  }
  Address address;
  set_seeds(&address, slice("account", 7), owner, KEY_BYTES);
  return check_address(context, info, &address);
}

/* The account of `owner`, created if it was never written. */
OUTLINE u64 open_account(Context *context, u64 place, const u8 *owner, Account **account) {
  const AccountInfo *info = &context->accounts[place];
  TRY(find_account(context, place, owner, account));
  if (*account != 0) return 0;
  Address address;
  set_seeds(&address, slice("account", 7), owner, KEY_BYTES);
  TRY(create_at(context, info, &address, sizeof(Account), ACCOUNT_TAG));
  *account = (Account *)info->data;
  copy_key((*account)->owner, owner);
  return 0;
}

#endif
