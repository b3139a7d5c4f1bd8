/* Positions of an account: the perpetual with the open interest, and the option slots. */
#ifndef DRAGOMAN_POSITIONS_H
#define DRAGOMAN_POSITIONS_H

#include "margin.h"

INLINE i64 signed_size(int is_positive, u64 size) { return is_positive ? (i64)size : -(i64)size; }

/* Gives the perpetual a signed size entered at `entry`; open interest follows. */
OUTLINE u64 set_perp(Market *market, Perp *perp, i64 next, u64 entry) {
  u64 size = next < 0 ? (u64)-next : (u64)next;
  NEED(size < SIZE_MAX, OUT_OF_RANGE);
  if (perp->is_long) market->open_long -= perp->size;
  else market->open_short -= perp->size;
  perp->is_long = next > 0;
  perp->size = size;
  perp->entry = size == 0 ? 0 : entry;
  if (perp->is_long) market->open_long += size;
  else market->open_short += size;
  return 0;
}

INLINE void free_slot(OptionSlot *slot) {
  slot->expiry = 0;
  slot->strike = 0;
  slot->size = 0;
  slot->is_call = 0;
  slot->is_long = 0;
}

typedef struct {
  u64 expiry;
  u64 strike;
  int is_call;
} Series;

/* The slot of the series or the lowest free one; null if there is neither. */
OUTLINE OptionSlot *find_slot(Account *account, const Series *series) {
  OptionSlot *free = 0;
  for (u64 i = 0; i < OPTION_SLOTS; i++) {
    OptionSlot *slot = &account->options[i];
    if (slot->size == 0) {
      if (free == 0) free = slot;
    } else if (slot->expiry == series->expiry && slot->strike == series->strike && slot->is_call == series->is_call) {
      return slot;
    }
  }
  return free;
}

/* Adds a signed size to the slot of the series, or to the lowest free one. */
OUTLINE u64 join_slot(Account *account, const Series *series, i64 change) {
  OptionSlot *slot = find_slot(account, series);
  NEED(slot != 0, SLOTS);
  i64 next = signed_size(slot->is_long, slot->size) + change;
  u64 size = next < 0 ? (u64)-next : (u64)next;
  NEED(size < SIZE_MAX, OUT_OF_RANGE);
  if (size == 0) {
    free_slot(slot);
    return 0;
  }
  slot->expiry = series->expiry;
  slot->strike = series->strike;
  slot->size = size;
  slot->is_call = series->is_call != 0;
  slot->is_long = next > 0;
  return 0;
}

#endif
