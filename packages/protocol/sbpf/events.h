/* What the market reports: SPEC.md, section 7. One sol_log_data of one slice: number, then fields. */
#ifndef DRAGOMAN_EVENTS_H
#define DRAGOMAN_EVENTS_H

#include "sol.h"

enum {
  DEPOSITED,
  WITHDRAWN,
  PERP_TRADED,
  OPTION_TRADED,
  OPTION_SETTLED,
  LIQUIDATED,
  ORACLE_UPDATED,
  PACKET_SENT,
  PACKET_RECEIVED,
  PACKET_REFUNDED,
  POOL_FUNDED
};

#define EVENT_BYTES_MAX 160

typedef struct {
  u8 bytes[EVENT_BYTES_MAX];
  u64 length;
} Event;

INLINE void event_u8(Event *event, u8 value) { event->bytes[event->length++] = value; }

INLINE void event_begin(Event *event, u8 number) {
  event->length = 0;
  event_u8(event, number);
}

OUTLINE void event_u64(Event *event, u64 value) {
  put64(event->bytes + event->length, value);
  event->length += 8;
}

OUTLINE void event_key(Event *event, const u8 *key) {
  copy_key(event->bytes + event->length, key);
  event->length += KEY_BYTES;
}

OUTLINE void event_bytes(Event *event, const u8 *bytes, u64 length) {
  copy_bytes(event->bytes + event->length, bytes, length);
  event->length += length;
}

OUTLINE void event_emit(const Event *event) {
  Slice slice = {event->bytes, event->length};
  sol_log_data(&slice, 1);
}

/* An event of an owner and an amount. */
OUTLINE void emit_amount(u8 number, const u8 *owner, u64 amount) {
  Event event;
  event_begin(&event, number);
  event_key(&event, owner);
  event_u64(&event, amount);
  event_emit(&event);
}

#endif
