import { ByteReader } from "@dragoman/bytes";
import { keccak256 } from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";

/** A packet between markets: packages/protocol/SPEC.md, section 6. */
export interface Packet {
  readonly kind: "collateral" | "perp" | "option";
  readonly source: number;
  readonly destination: number;
  readonly sequence: bigint;
  /** Seconds since 1970-01-01 on the destination's clock. */
  readonly timeout: bigint;
  /** 32 bytes each. */
  readonly sender: Uint8Array;
  readonly recipient: Uint8Array;
  readonly collateral: bigint;
  readonly poolValue: bigint;
  readonly isLong: boolean;
  readonly isCall: boolean;
  readonly size: bigint;
  readonly entry: bigint;
  readonly expiry: bigint;
  readonly strike: bigint;
}

export const PACKET_BYTES = 139;
const VERSION = 1;
const KINDS = ["collateral", "perp", "option"] as const;

/** The canonical bytes. */
export function encodePacket(packet: Packet): Uint8Array {
  const bytes = new Uint8Array(PACKET_BYTES);
  const view = new DataView(bytes.buffer);
  bytes[0] = VERSION;
  bytes[1] = KINDS.indexOf(packet.kind);
  view.setUint32(2, packet.source);
  view.setUint32(6, packet.destination);
  view.setBigUint64(10, packet.sequence);
  view.setBigUint64(18, packet.timeout);
  bytes.set(packet.sender, 26);
  bytes.set(packet.recipient, 58);
  view.setBigUint64(90, packet.collateral);
  view.setBigUint64(98, packet.poolValue);
  bytes[106] = (packet.isLong ? 1 : 0) | (packet.isCall ? 2 : 0);
  const rest = [packet.size, packet.entry, packet.expiry, packet.strike];
  rest.forEach((value, i) => {
    view.setBigUint64(107 + 8 * i, value);
  });
  return bytes;
}

/** Reads canonical bytes. Fault: MALFORMED_PACKET. */
export function decodePacket(bytes: Uint8Array): Packet {
  if (bytes.length !== PACKET_BYTES) {
    refuse(
      "MALFORMED_PACKET",
      bytes.length,
      `a packet has ${PACKET_BYTES} bytes, not ${bytes.length}`,
    );
  }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const reader = new ByteReader(bytes);
  const version = reader.u8();
  if (version !== VERSION) refuse("MALFORMED_PACKET", 0, `packet version ${version}, this is 1`);
  const kind = KINDS[reader.u8()];
  if (kind === undefined) refuse("MALFORMED_PACKET", 1, `packet kind ${bytes[1]}; 0 to 2 exist`);
  const flags = view.getUint8(106);
  if (flags > 3) refuse("MALFORMED_PACKET", 106, `packet flags ${flags}; 0 to 3 exist`);
  const number = (at: number): bigint => view.getBigUint64(at);
  return {
    kind,
    source: view.getUint32(2),
    destination: view.getUint32(6),
    sequence: number(10),
    timeout: number(18),
    sender: bytes.slice(26, 58),
    recipient: bytes.slice(58, 90),
    collateral: number(90),
    poolValue: number(98),
    isLong: (flags & 1) !== 0,
    isCall: (flags & 2) !== 0,
    size: number(107),
    entry: number(115),
    expiry: number(123),
    strike: number(131),
  };
}

/** Identifier of a packet: keccak-256 of its bytes. */
export const packetId = (bytes: Uint8Array): Uint8Array => keccak256(bytes);

const ENCODER = new TextEncoder();

/** What attesters sign to let a packet in (`receive`) or give it back (`refund`). */
export function attestationDigest(purpose: "receive" | "refund", id: Uint8Array): Uint8Array {
  const tag = ENCODER.encode(purpose === "receive" ? "DRAGOMAN-RECEIVE-V1" : "DRAGOMAN-REFUND-V1");
  const bytes = new Uint8Array(tag.length + id.length);
  bytes.set(tag);
  bytes.set(id, tag.length);
  return keccak256(bytes);
}
