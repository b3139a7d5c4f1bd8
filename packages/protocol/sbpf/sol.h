/* What a Solana program sees of its runtime: types, syscalls, entry. For clang's BPF target, freestanding. */
#ifndef DRAGOMAN_SOL_H
#define DRAGOMAN_SOL_H

typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef unsigned long u64;
typedef long i64;

#define INLINE static inline __attribute__((always_inline))
#define OUTLINE static __attribute__((noinline))

typedef struct { const u8 *data; u64 length; } Slice;

extern void sol_log_(const u8 *text, u64 length);
extern void sol_log_data(const Slice *slices, u64 count);
extern u64 sol_keccak256(const Slice *slices, u64 count, u8 *digest);
extern u64 sol_secp256k1_recover(const u8 *digest, u64 recovery, const u8 *signature, u8 *key);
extern u64 sol_get_clock_sysvar(u8 *clock);
extern void sol_memcpy_(u8 *to, const u8 *from, u64 length);
extern void sol_memset_(u8 *to, u8 byte, u64 length);

/* One account of the instruction, as the aligned input lays it out. */
typedef struct {
  u8 *start;
  u8 is_signer;
  u8 is_writable;
  u8 *key;
  u8 *owner;
  u64 *lamports;
  u64 length;
  u8 *data;
} AccountInfo;

/* Reads the accounts of the input; returns the number of accounts, or more than `most` if there are too many. */
INLINE u64 read_input(u8 *input, AccountInfo *accounts, u64 most, const u8 **data, u64 *length, const u8 **program) {
  u64 count = *(u64 *)input;
  if (count > most) return count;
  u8 *at = input + 8;
  for (u64 i = 0; i < count; i++) {
    if (*at != 0xff) {
      accounts[i] = accounts[*at];
      at += 8;
      continue;
    }
    AccountInfo *account = &accounts[i];
    account->start = at;
    account->is_signer = at[1];
    account->is_writable = at[2];
    account->key = at + 8;
    account->owner = at + 40;
    account->lamports = (u64 *)(at + 72);
    account->length = *(u64 *)(at + 80);
    account->data = at + 88;
    u64 end = (u64)(at + 88) + account->length + 10240;
    at = (u8 *)((end + 7) & ~7UL) + 8;
  }
  *length = *(u64 *)at;
  *data = at + 8;
  *program = at + 8 + *length;
  return count;
}

#endif
