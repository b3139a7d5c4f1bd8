/* Packets and their attestation: SPEC.md, section 6. Integers in them are big-endian. */
#ifndef DRAGOMAN_PACKET_H
#define DRAGOMAN_PACKET_H

#include "state.h"

#define PACKET_BYTES 139
#define PACKET_VERSION 1
#define SIGNATURE_BYTES 65
enum {
  PACKET_KIND = 1,
  PACKET_SOURCE = 2,
  PACKET_DESTINATION = 6,
  PACKET_SEQUENCE = 10,
  PACKET_TIMEOUT = 18,
  PACKET_SENDER = 26,
  PACKET_RECIPIENT = 58,
  PACKET_COLLATERAL = 90,
  PACKET_POOL_VALUE = 98,
  PACKET_FLAGS = 106,
  PACKET_SIZE = 107,
  PACKET_ENTRY = 115,
  PACKET_EXPIRY = 123,
  PACKET_STRIKE = 131
};
enum { KIND_COLLATERAL, KIND_PERP, KIND_OPTION };
enum { FLAG_LONG = 1, FLAG_CALL = 2 };

INLINE u64 read_big64(const u8 *at) { return __builtin_bswap64(get64(at)); }
INLINE u32 read_big32(const u8 *at) { return __builtin_bswap32(get32(at)); }
INLINE void write_big64(u8 *at, u64 value) { put64(at, __builtin_bswap64(value)); }

INLINE void write_big32(u8 *at, u32 value) { put32(at, __builtin_bswap32(value)); }

/* Packet and signatures of an import or a refund: u16 length, packet, u8 count, signatures. */
typedef struct {
  const u8 *packet;
  const u8 *signatures;
  u64 count;
} Delivery;

/* Reads a delivery: error 12 if the packet is malformed, 15 if the signatures are. */
OUTLINE u64 read_delivery(const Context *context, Delivery *delivery) {
  const u8 *data = context->data.bytes;
  u64 length = context->data.length;
  NEED(length >= 2, INVALID_INSTRUCTION_DATA);
  u64 packet_length = data[0] | (u64)data[1] << 8;
  NEED(length >= 2 + packet_length + 1, INVALID_INSTRUCTION_DATA);
  const u8 *packet = data + 2;
  NEED(packet_length == PACKET_BYTES && packet[0] == PACKET_VERSION, PACKET);
  NEED(packet[PACKET_KIND] <= KIND_OPTION && packet[PACKET_FLAGS] <= (FLAG_LONG | FLAG_CALL), PACKET);
  delivery->packet = packet;
  delivery->count = packet[PACKET_BYTES];
  delivery->signatures = packet + PACKET_BYTES + 1;
  return 0;
}

INLINE int is_greater(const u8 *one, const u8 *other) {
  for (u64 i = 0; i < ATTESTER_BYTES; i++) {
    if (one[i] != other[i]) return one[i] > other[i];
  }
  return 0;
}

INLINE int is_attester(const Market *market, const u8 *address) {
  for (u64 i = 0; i < market->attester_count; i++) {
    u64 at = 0;
    while (at < ATTESTER_BYTES && market->attesters[i][at] == address[at]) at++;
    if (at == ATTESTER_BYTES) return 1;
  }
  return 0;
}

/* Address of the key that made a signature: the last 20 bytes of keccak-256 of the key. */
OUTLINE u64 recover_address(const u8 *digest, const u8 *signature, u8 *address) {
  u8 key[64];
  u8 hash[32];
  NEED(signature[64] <= 1, ATTESTATION);
  NEED(sol_secp256k1_recover(digest, signature[64], signature, key) == 0, ATTESTATION);
  Slice slice = {key, sizeof key};
  TRY(sol_keccak256(&slice, 1, hash));
  copy_bytes(address, hash + 12, ATTESTER_BYTES);
  return 0;
}

/* Error 15 unless enough attesters, ascending, signed keccak-256 of the purpose and the identifier. */
OUTLINE u64 check_attestation(const Context *context, const Delivery *delivery, Slice purpose, const u8 *id) {
  const Market *market = context->market;
  const u8 *end = context->data.bytes + context->data.length;
  NEED(delivery->signatures + delivery->count * SIGNATURE_BYTES == end, ATTESTATION);
  NEED(delivery->count >= market->threshold, ATTESTATION);
  Slice slices[2] = {purpose, {id, 32}};
  u8 digest[32];
  TRY(sol_keccak256(slices, 2, digest));
  u8 last[ATTESTER_BYTES] = {0};
  for (u64 i = 0; i < delivery->count; i++) {
    u8 address[ATTESTER_BYTES];
    TRY(recover_address(digest, delivery->signatures + i * SIGNATURE_BYTES, address));
    NEED(is_greater(address, last) && is_attester(market, address), ATTESTATION);
    copy_bytes(last, address, ATTESTER_BYTES);
  }
  return 0;
}

#endif
