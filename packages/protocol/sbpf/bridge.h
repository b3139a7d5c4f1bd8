/* Export, import and refund of collateral and positions: SPEC.md, section 6. */
#ifndef DRAGOMAN_BRIDGE_H
#define DRAGOMAN_BRIDGE_H

#include "packet.h"
#include "upkeep.h"

/* sender, market, account, mint, vault, record of the packet, SPL Token, system program */
enum { BRIDGE_MINT = 3, BRIDGE_VAULT = 4, BRIDGE_RECORD = 5, BRIDGE_ACCOUNTS = 8 };

INLINE u64 hash_packet(const u8 *packet, u8 *id) {
  Slice slice = {packet, PACKET_BYTES};
  return sol_keccak256(&slice, 1, id);
}

INLINE void emit_packet(u8 number, const u8 *packet) {
  Event event;
  event_begin(&event, number);
  event_bytes(&event, packet, PACKET_BYTES);
  event_u64(&event, read_big64(packet + PACKET_SEQUENCE));
  event_emit(&event);
}

/* Takes a position out of the account and writes it into the packet. */
OUTLINE u64 remove_position(Context *context, Account *own, u8 what, u8 *packet) {
  Market *market = context->market;
  if (what == 0) return 0;
  if (what == 1) {
    Perp *perp = &own->perp;
    NEED(perp->size > 0, NO_POSITION);
    TRY(settle(market, own, pnl_of(perp, market->price)));
    packet[PACKET_KIND] = KIND_PERP;
    packet[PACKET_FLAGS] = perp->is_long ? FLAG_LONG : 0;
    write_big64(packet + PACKET_SIZE, perp->size);
    write_big64(packet + PACKET_ENTRY, market->price);
    return set_perp(market, perp, 0, 0);
  }
  u64 index = (u64)what - 2;
  NEED(index < OPTION_SLOTS && own->options[index].size > 0, NO_POSITION);
  OptionSlot *slot = &own->options[index];
  NEED(slot->is_long && slot->expiry > context->now, NOT_MOVABLE);
  u64 value = option_value(context, slot);
  TRY(take_from_pool(market, value));
  packet[PACKET_KIND] = KIND_OPTION;
  packet[PACKET_FLAGS] = FLAG_LONG | (slot->is_call ? FLAG_CALL : 0);
  write_big64(packet + PACKET_POOL_VALUE, value);
  write_big64(packet + PACKET_SIZE, slot->size);
  write_big64(packet + PACKET_EXPIRY, slot->expiry);
  write_big64(packet + PACKET_STRIKE, slot->strike);
  free_slot(slot);
  return 0;
}

/* Records the identifier of the packet at ["sent", sequence]. */
OUTLINE u64 record_sent(Context *context, const u8 *packet, u64 sequence) {
  const AccountInfo *record = &context->accounts[BRIDGE_RECORD];
  Address address;
  set_seeds(&address, slice("sent", 4), &sequence, sizeof sequence);
  TRY(create_at(context, record, &address, sizeof(Sent), SENT_TAG));
  Sent *sent = (Sent *)record->data;
  sent->sequence = sequence;
  return hash_packet(packet, sent->id);
}

/* Fields: u32 destination, 32 bytes recipient, u8 what, u64 collateral, u64 timeout. */
OUTLINE u64 export_position(Context *context) {
  TRY(begin(context, BRIDGE_ACCOUNTS));
  TRY(need_data(context, 53));
  const u8 *data = context->data.bytes;
  Market *market = context->market;
  u32 destination = get32(data);
  u64 collateral = get64(data + 37), timeout = get64(data + 45);
  Account *own;
  TRY(open_account(context, OWN, sender_key(context), &own));
  if (!is_flat(own)) TRY(check_price(context));
  NEED(destination != market->domain && timeout > context->now, PACKET);
  u8 packet[PACKET_BYTES] = {PACKET_VERSION};
  TRY(remove_position(context, own, data[36], packet));
  TRY(take(own, collateral));
  TRY(check_margin(context, own, 0, 1));
  u64 sequence = market->next_sequence++;
  write_big32(packet + PACKET_SOURCE, market->domain);
  write_big32(packet + PACKET_DESTINATION, destination);
  write_big64(packet + PACKET_SEQUENCE, sequence);
  write_big64(packet + PACKET_TIMEOUT, timeout);
  copy_key(packet + PACKET_SENDER, own->owner);
  copy_key(packet + PACKET_RECIPIENT, data + 4);
  write_big64(packet + PACKET_COLLATERAL, collateral);
  TRY(burn_tokens(context, BRIDGE_MINT, BRIDGE_VAULT, collateral + read_big64(packet + PACKET_POOL_VALUE)));
  TRY(record_sent(context, packet, sequence));
  emit_packet(PACKET_SENT, packet);
  return 0;
}

/* Collateral and pool value of a packet come in. */
OUTLINE u64 credit(Context *context, Account *own, const u8 *packet) {
  Market *market = context->market;
  u64 collateral = read_big64(packet + PACKET_COLLATERAL), value = read_big64(packet + PACKET_POOL_VALUE);
  NEED(collateral < AMOUNT_MAX && value < AMOUNT_MAX, OUT_OF_RANGE);
  TRY(mint_tokens(context, BRIDGE_MINT, BRIDGE_VAULT, collateral + value));
  own->collateral += collateral;
  market->pool += value;
  return 0;
}

INLINE void read_perp(const u8 *packet, Perp *perp) {
  perp->is_long = packet[PACKET_FLAGS] & FLAG_LONG;
  perp->size = read_big64(packet + PACKET_SIZE);
  perp->entry = read_big64(packet + PACKET_ENTRY);
}

INLINE u64 add_perp(Market *market, Account *own, const Perp *perp) {
  return set_perp(market, &own->perp, signed_size(perp->is_long, perp->size), perp->entry);
}

INLINE void read_option(const u8 *packet, Series *series, u64 *size) {
  series->expiry = read_big64(packet + PACKET_EXPIRY);
  series->strike = read_big64(packet + PACKET_STRIKE);
  series->is_call = (packet[PACKET_FLAGS] & FLAG_CALL) != 0;
  *size = read_big64(packet + PACKET_SIZE);
}

/* What the arithmetic relies on; markets send nothing else, so it is asked after the attestation. */
OUTLINE u64 check_ranges(const u8 *packet) {
  u8 kind = packet[PACKET_KIND];
  if (kind == KIND_COLLATERAL) return 0;
  NEED(read_big64(packet + PACKET_SIZE) < SIZE_MAX, OUT_OF_RANGE);
  if (kind == KIND_PERP) return read_big64(packet + PACKET_ENTRY) < SIZE_MAX ? 0 : OUT_OF_RANGE;
  u64 strike = read_big64(packet + PACKET_STRIKE);
  return strike >= 1 && strike < SIZE_MAX && read_big64(packet + PACKET_EXPIRY) < SIZE_MAX ? 0 : OUT_OF_RANGE;
}

/* The position of an imported packet joins the account, which must then bear it. */
OUTLINE u64 add_position(Context *context, Account *own, const u8 *packet) {
  if (packet[PACKET_KIND] == KIND_COLLATERAL) return 0;
  if (packet[PACKET_KIND] == KIND_PERP) {
    NEED(own->perp.size == 0, NOT_MOVABLE);
    Perp perp;
    read_perp(packet, &perp);
    TRY(add_perp(context->market, own, &perp));
  } else {
    Series series;
    u64 size;
    read_option(packet, &series, &size);
    TRY(join_slot(own, &series, (i64)size));
  }
  TRY(check_price(context));
  return equity_of(context, own) >= (i64)initial_margin(context, own) ? 0 : MARGIN;
}

OUTLINE u64 import_packet(Context *context) {
  TRY(begin(context, BRIDGE_ACCOUNTS));
  Delivery delivery;
  TRY(read_delivery(context, &delivery));
  const u8 *packet = delivery.packet;
  const AccountInfo *record = &context->accounts[BRIDGE_RECORD];
  u32 domain = context->market->domain;
  u64 source = read_big32(packet + PACKET_SOURCE), sequence = read_big64(packet + PACKET_SEQUENCE);
  NEED(read_big32(packet + PACKET_DESTINATION) == domain && source != domain, PACKET);
  /* The address is derived, so that a receipt cannot be left out. */
  Address address;
  address.seeds[0] = slice("receipt", 7);
  address.seeds[1] = slice(&source, sizeof(u32));
  address.seeds[2] = slice(&sequence, sizeof sequence);
  address.count = 3;
  TRY(check_address(context, record, &address));
  NEED(!is_ours(context, record, sizeof(Receipt), RECEIPT_TAG), RECEIPT);
  NEED(context->now <= read_big64(packet + PACKET_TIMEOUT), TIMEOUT);
  u8 id[32];
  TRY(hash_packet(packet, id));
  TRY(check_attestation(context, &delivery, slice("DRAGOMAN-RECEIVE-V1", 19), id));
  TRY(check_ranges(packet));
  Account *own;
  TRY(open_account(context, OWN, packet + PACKET_RECIPIENT, &own));
  TRY(credit(context, own, packet));
  TRY(add_position(context, own, packet));
  Creation creation = {address.seeds, address.count, sizeof(Receipt), context->program};
  TRY(create_account(context, record, &creation));
  Receipt *receipt = (Receipt *)record->data;
  receipt->tag = RECEIPT_TAG;
  receipt->source = source;
  receipt->sequence = sequence;
  emit_packet(PACKET_RECEIVED, packet);
  return 0;
}

/* The position of a refunded packet returns; if it cannot, it is closed at the price. */
OUTLINE u64 restore_position(Context *context, Account *own, const u8 *packet) {
  Market *market = context->market;
  if (packet[PACKET_KIND] == KIND_COLLATERAL) return 0;
  if (packet[PACKET_KIND] == KIND_PERP) {
    Perp perp;
    read_perp(packet, &perp);
    if (own->perp.size == 0) return add_perp(market, own, &perp);
    TRY(check_price(context));
    return settle(market, own, pnl_of(&perp, market->price));
  }
  Series series;
  u64 size;
  read_option(packet, &series, &size);
  if (find_slot(own, &series) != 0) return join_slot(own, &series, (i64)size);
  TRY(check_price(context));
  OptionSlot slot = {series.expiry, series.strike, size, (u8)series.is_call, 1, {0}};
  return settle(market, own, (i64)option_value(context, &slot));
}

OUTLINE u64 refund_packet(Context *context) {
  TRY(begin(context, BRIDGE_ACCOUNTS));
  Delivery delivery;
  TRY(read_delivery(context, &delivery));
  const u8 *packet = delivery.packet;
  const AccountInfo *record = &context->accounts[BRIDGE_RECORD];
  u8 id[32];
  TRY(hash_packet(packet, id));
  NEED(is_ours(context, record, sizeof(Sent), SENT_TAG), RECEIPT);
  Sent *sent = (Sent *)record->data;
  NEED(sent->sequence == read_big64(packet + PACKET_SEQUENCE) && equal_keys(sent->id, id), RECEIPT);
  TRY(check_attestation(context, &delivery, slice("DRAGOMAN-REFUND-V1", 18), id));
  Account *own;
  TRY(open_account(context, OWN, packet + PACKET_SENDER, &own));
  TRY(credit(context, own, packet));
  TRY(restore_position(context, own, packet));
  for (u64 i = 0; i < sizeof sent->id; i++) sent->id[i] = 0;
  emit_packet(PACKET_REFUNDED, packet);
  return 0;
}

#endif
