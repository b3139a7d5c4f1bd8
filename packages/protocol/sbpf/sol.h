/* What a Solana program sees of its runtime: types, syscalls, accounts. For clang's BPF target, freestanding. */
#ifndef DRAGOMAN_SOL_H
#define DRAGOMAN_SOL_H

typedef unsigned char u8;
typedef unsigned int u32;
typedef unsigned long u64;
typedef long i64;

#define INLINE static inline __attribute__((always_inline))
#define OUTLINE static __attribute__((noinline))
#define KEY_BYTES 32

/* Errors of the runtime (anza-xyz/solana-sdk, program-error/src/lib.rs): what is no error of the market. */
#define PROGRAM_ERROR(number) ((u64)(number) << 32)
#define INVALID_ARGUMENT PROGRAM_ERROR(2)
#define INVALID_INSTRUCTION_DATA PROGRAM_ERROR(3)
#define INVALID_ACCOUNT_DATA PROGRAM_ERROR(4)
#define INSUFFICIENT_FUNDS PROGRAM_ERROR(6)
#define INCORRECT_PROGRAM_ID PROGRAM_ERROR(7)
#define MISSING_REQUIRED_SIGNATURE PROGRAM_ERROR(8)
#define NOT_ENOUGH_ACCOUNT_KEYS PROGRAM_ERROR(11)
#define INVALID_SEEDS PROGRAM_ERROR(14)
#define UNSUPPORTED_SYSVAR PROGRAM_ERROR(17)
#define ILLEGAL_OWNER PROGRAM_ERROR(18)

/* Every function that can fail returns 0 or an error, which ends the instruction and with it all its effects. */
#define NEED(condition, error) do { if (!(condition)) return (error); } while (0)
#define TRY(call) do { u64 error_ = (call); if (error_ != 0) return error_; } while (0)

typedef struct { const u8 *bytes; u64 length; } Slice;

typedef struct {
  u64 slot;
  i64 epoch_start;
  u64 epoch;
  u64 leader_schedule_epoch;
  i64 unix_timestamp;
} Clock;

/* threshold: the bits of a double. */
typedef struct { u64 lamports_per_byte_year; u64 threshold; u8 burn_percent; } Rent;

/* What a call of another program takes, as C lays it out (agave program-runtime/src/cpi.rs). */
typedef struct { const u8 *key; u8 is_writable; u8 is_signer; } CallMeta;
typedef struct { const u8 *program; const CallMeta *metas; u64 meta_count; const u8 *data; u64 length; } CallInstruction;
typedef struct {
  const u8 *key;
  u64 *lamports;
  u64 length;
  u8 *data;
  const u8 *owner;
  u64 rent_epoch;
  u8 is_signer;
  u8 is_writable;
  u8 is_executable;
} CallInfo;
typedef struct { const Slice *seeds; u64 count; } Signer;

extern void sol_log_data(const Slice *slices, u64 count);
extern u64 sol_set_return_data(const u8 *bytes, u64 length);
extern u64 sol_keccak256(const Slice *slices, u64 count, u8 *digest);
extern u64 sol_secp256k1_recover(const u8 *digest, u64 recovery, const u8 *signature, u8 *key);
extern u64 sol_get_clock_sysvar(Clock *clock);
extern u64 sol_get_rent_sysvar(Rent *rent);
extern u64 sol_try_find_program_address(const Slice *seeds, u64 count, const u8 *program, u8 *address, u8 *bump);
extern u64 sol_invoke_signed_c(const CallInstruction *instruction, const CallInfo *infos, u64 info_count,
                               const Signer *signers, u64 signer_count);

/*
 * Values at any address, little-endian. sBPF needs no alignment; clang's backend would take bytes one by one if it were told of it,
 * which makes the program three times as large.
 */
INLINE u64 get64(const u8 *at) { return *(const u64 *)at; }
INLINE u32 get32(const u8 *at) { return *(const u32 *)at; }
INLINE void put64(u8 *at, u64 value) { *(u64 *)at = value; }
INLINE void put32(u8 *at, u32 value) { *(u32 *)at = value; }

OUTLINE void copy_bytes(u8 *to, const u8 *from, u64 length) {
  for (u64 i = 0; i < length; i++) to[i] = from[i];
}

INLINE void copy_key(u8 *to, const u8 *from) {
  for (u64 i = 0; i < KEY_BYTES; i += 8) put64(to + i, get64(from + i));
}

OUTLINE int equal_keys(const u8 *one, const u8 *other) {
  return get64(one) == get64(other) && get64(one + 8) == get64(other + 8) && get64(one + 16) == get64(other + 16) &&
         get64(one + 24) == get64(other + 24);
}

/* One account of the instruction. Everything is where the runtime put it, so a change is seen through every mention. */
typedef struct {
  u8 *key;
  u8 *owner;
  u64 *lamports;
  u8 *data;
  u8 is_signer;
  u8 is_writable;
} AccountInfo;

#define GROWTH_BYTES 10240

/* Length of the data now: calls of other programs change it. */
INLINE u64 data_length(const AccountInfo *account) { return ((const u64 *)account->data)[-1]; }

/* Reads the input of the aligned loaders: accounts, instruction data, program. Returns 0 if there are more than `most` accounts. */
INLINE int read_input(u8 *input, AccountInfo *accounts, u64 most, u64 *count, Slice *data, const u8 **program) {
  *count = *(u64 *)input;
  if (*count > most) return 0;
  u8 *at = input + 8;
  for (u64 i = 0; i < *count; i++) {
    if (*at != 0xff) {
      accounts[i] = accounts[*at];
      at += 8;
      continue;
    }
    AccountInfo *account = &accounts[i];
    account->is_signer = at[1];
    account->is_writable = at[2];
    account->key = at + 8;
    account->owner = at + 40;
    account->lamports = (u64 *)(at + 72);
    account->data = at + 88;
    u64 end = (u64)account->data + data_length(account) + GROWTH_BYTES;
    at = (u8 *)((end + 7) & ~7UL) + 8;
  }
  data->length = *(u64 *)at;
  data->bytes = at + 8;
  *program = data->bytes + data->length;
  return 1;
}

#endif
