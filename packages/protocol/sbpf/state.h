/* What the market keeps, and where: SPEC.md, section 3. Layouts of account data, little-endian; README.md lists the offsets. */
#ifndef DRAGOMAN_STATE_H
#define DRAGOMAN_STATE_H

#include "sol.h"

enum {
  OUT_OF_RANGE = 1,
  ORACLE,
  MARGIN,
  COLLATERAL,
  POOL,
  LIMIT,
  EXPIRY,
  SLOTS,
  NO_POSITION,
  NOT_LIQUIDATABLE,
  NOT_ALLOWED,
  PACKET,
  RECEIPT,
  TIMEOUT,
  ATTESTATION,
  NOT_MOVABLE,
  INITIALISED
};

/* Limits of SPEC.md, section 1, and constants of section 3. */
#define SIZE_MAX (1UL << 40)
#define AMOUNT_MAX (1UL << 60)
#define VOLATILITY_MAX (4UL << 32)
#define LIFE_MAX 31536000UL
#define AGE_MAX 3600UL
#define SKEW_MAX 60UL
#define OPTION_SLOTS 4
#define ATTESTERS_MAX 16
#define ATTESTER_BYTES 20

/* First word of each kind of account: eight letters. An account of ours without it was never written. */
#define MARKET_TAG 0x54454b52414d4744UL     /* "DGMARKET" */
#define ACCOUNT_TAG 0x544e554f43434144UL    /* "DACCOUNT" */
#define SETTLEMENT_TAG 0x454c545445534744UL /* "DGSETTLE" */
#define SENT_TAG 0x544e45534b504744UL       /* "DGPKSENT" */
#define RECEIPT_TAG 0x5450494543455244UL    /* "DRECEIPT" */

typedef struct {
  u64 tag;
  u32 domain;
  u8 bump;
  u8 threshold;
  u8 attester_count;
  u8 reserved;
  u8 admin[KEY_BYTES];
  u8 publisher[KEY_BYTES];
  u8 mint[KEY_BYTES];
  u8 vault[KEY_BYTES];
  u64 price;
  u64 confidence;
  u64 price_time;
  u64 volatility;
  u64 pool;
  u64 open_long;
  u64 open_short;
  u64 next_sequence;
  u8 attesters[ATTESTERS_MAX][ATTESTER_BYTES];
} Market;

typedef struct {
  u64 size;
  u64 entry;
  u8 is_long;
  u8 reserved[7];
} Perp;

typedef struct {
  u64 expiry;
  u64 strike;
  u64 size;
  u8 is_call;
  u8 is_long;
  u8 reserved[6];
} OptionSlot;

typedef struct {
  u64 tag;
  u8 owner[KEY_BYTES];
  u64 collateral;
  Perp perp;
  OptionSlot options[OPTION_SLOTS];
} Account;

typedef struct { u64 tag; u64 expiry; u64 price; } Settlement;
/* An identifier of zeros: refunded. */
typedef struct { u64 tag; u64 sequence; u8 id[32]; } Sent;
typedef struct { u64 tag; u64 source; u64 sequence; } Receipt;

_Static_assert(sizeof(Market) == 528 && sizeof(Account) == 200, "the codec reads these layouts");
_Static_assert(sizeof(Settlement) == 24 && sizeof(Sent) == 48 && sizeof(Receipt) == 24, "and these");

#define ACCOUNTS_MAX 10

/* One instruction while it runs. */
typedef struct {
  AccountInfo accounts[ACCOUNTS_MAX];
  u64 count;
  /* Behind the number of the instruction. */
  Slice data;
  const u8 *program;
  Market *market;
  /* Seconds since 1970-01-01. */
  u64 now;
} Context;

/* Where the accounts stand that every instruction begins with. */
enum { SENDER = 0, MARKET = 1 };

#endif
