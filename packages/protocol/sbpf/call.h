/* Calls of other programs: the system program and SPL Token. */
#ifndef DRAGOMAN_CALL_H
#define DRAGOMAN_CALL_H

#include "state.h"

#define CALL_ACCOUNTS_MAX 3
#define WRITABLE 1
#define SIGNING 2

typedef struct {
  const u8 *program;
  const AccountInfo *accounts[CALL_ACCOUNTS_MAX];
  u8 roles[CALL_ACCOUNTS_MAX];
  u64 count;
  Slice data;
  /* Of the address of ours that signs; none if the count is 0. */
  const Slice *seeds;
  u64 seed_count;
} Call;

/* Calls a program, which must be among the accounts of the instruction. If the callee fails the whole transaction has failed. */
OUTLINE u64 invoke(const Call *call) {
  CallMeta metas[CALL_ACCOUNTS_MAX];
  CallInfo infos[CALL_ACCOUNTS_MAX];
  for (u64 i = 0; i < call->count; i++) {
    const AccountInfo *account = call->accounts[i];
    metas[i].key = account->key;
    metas[i].is_writable = (call->roles[i] & WRITABLE) != 0;
    metas[i].is_signer = (call->roles[i] & SIGNING) != 0;
    infos[i].key = account->key;
    infos[i].lamports = account->lamports;
    infos[i].length = data_length(account);
    infos[i].data = account->data;
    infos[i].owner = account->owner;
    infos[i].rent_epoch = ~0UL;
    infos[i].is_signer = account->is_signer;
    infos[i].is_writable = account->is_writable;
    infos[i].is_executable = 0;
  }
  CallInstruction instruction;
  instruction.program = call->program;
  instruction.metas = metas;
  instruction.meta_count = call->count;
  instruction.data = call->data.bytes;
  instruction.length = call->data.length;
  Signer signer;
  signer.seeds = call->seeds;
  signer.count = call->seed_count;
  return sol_invoke_signed_c(&instruction, infos, call->count, &signer, call->seed_count > 0);
}

static const u8 SYSTEM_PROGRAM[KEY_BYTES] = {0};

/* TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA */
static const u8 TOKEN_PROGRAM[KEY_BYTES] = {0x06, 0xdd, 0xf6, 0xe1, 0xd7, 0x65, 0xa1, 0x93, 0xd9, 0xcb, 0xe1,
                                            0x46, 0xce, 0xeb, 0x79, 0xac, 0x1c, 0xb4, 0x85, 0xed, 0x5f, 0x5b,
                                            0x37, 0x91, 0x3a, 0x8c, 0xf5, 0x85, 0x7e, 0xff, 0x00, 0xa9};

enum { SYSTEM_ASSIGN = 1, SYSTEM_TRANSFER = 2, SYSTEM_ALLOCATE = 8 };

/* One instruction of the system program: a number, and what follows it. */
INLINE u64 call_system(Call *call, u32 number, const u8 *rest, u64 length) {
  u8 data[4 + KEY_BYTES] = {(u8)number, 0, 0, 0};
  copy_bytes(data + 4, rest, length);
  call->program = SYSTEM_PROGRAM;
  call->data.bytes = data;
  call->data.length = 4 + length;
  return invoke(call);
}

#define RENT_HEADER_BYTES 128
/* The doubles 1 and 2: the thresholds that rent has and had. */
#define DOUBLE_ONE 0x3ff0000000000000UL
#define DOUBLE_TWO 0x4000000000000000UL

/* Lamports that keep an account of this size alive. */
INLINE u64 read_rent(u64 length, u64 *lamports) {
  Rent rent;
  TRY(sol_get_rent_sysvar(&rent));
  NEED(rent.threshold == DOUBLE_ONE || rent.threshold == DOUBLE_TWO, UNSUPPORTED_SYSVAR);
  u64 years = rent.threshold == DOUBLE_TWO ? 2 : 1;
  *lamports = (RENT_HEADER_BYTES + length) * rent.lamports_per_byte_year * years;
  return 0;
}

/* What an account is created from. */
typedef struct {
  /* The last one is the bump. */
  const Slice *seeds;
  u64 seed_count;
  u64 length;
  const u8 *owner;
} Creation;

/*
 * Creates an account at an address of ours, paid by the sender. Lamports that somebody has put there before do not hinder it:
 * that is why it is not one CreateAccount. Money is counted first, so that the system program's Custom(1) never looks like ours.
 */
OUTLINE u64 create_account(Context *context, const AccountInfo *account, const Creation *creation) {
  const AccountInfo *sender = &context->accounts[SENDER];
  NEED(equal_keys(account->owner, SYSTEM_PROGRAM) && data_length(account) == 0, ILLEGAL_OWNER);
  u64 lamports;
  TRY(read_rent(creation->length, &lamports));
  u8 number[8];
  Call call;
  call.roles[0] = WRITABLE | SIGNING;
  call.seeds = 0;
  call.seed_count = 0;
  if (*account->lamports < lamports) {
    u64 missing = lamports - *account->lamports;
    NEED(*sender->lamports >= missing, INSUFFICIENT_FUNDS);
    call.accounts[0] = sender;
    call.accounts[1] = account;
    call.roles[1] = WRITABLE;
    call.count = 2;
    put64(number, missing);
    TRY(call_system(&call, SYSTEM_TRANSFER, number, sizeof number));
  }
  call.accounts[0] = account;
  call.count = 1;
  call.seeds = creation->seeds;
  call.seed_count = creation->seed_count;
  put64(number, creation->length);
  TRY(call_system(&call, SYSTEM_ALLOCATE, number, sizeof number));
  return call_system(&call, SYSTEM_ASSIGN, creation->owner, KEY_BYTES);
}

#endif
