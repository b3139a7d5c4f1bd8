import { ByteReader, encodeHex } from "@dragoman/bytes";
import type { MarketEvent } from "@dragoman/chain";
import { refuse } from "@dragoman/fault";
import { PACKET_BYTES } from "@dragoman/quant";

const key = (reader: ByteReader): string => encodeHex(reader.take(32));
const flag = (reader: ByteReader): boolean => reader.u8() !== 0;
const signed = (reader: ByteReader): bigint => BigInt.asIntN(64, reader.u64());
const packet = (reader: ByteReader): { packet: string; sequence: bigint } => ({
  packet: encodeHex(reader.take(PACKET_BYTES)),
  sequence: reader.u64(),
});

/** Fields of each event, in the order of their bytes; the index is the number (SPEC.md, section 7). */
const EVENTS: readonly ((reader: ByteReader) => MarketEvent)[] = [
  (r) => ({ type: "Deposited", owner: key(r), amount: r.u64() }),
  (r) => ({ type: "Withdrawn", owner: key(r), amount: r.u64() }),
  (r) => ({
    type: "PerpTraded",
    owner: key(r),
    isLong: flag(r),
    size: r.u64(),
    price: r.u64(),
    fee: r.u64(),
    pnl: signed(r),
  }),
  (r) => ({
    type: "OptionTraded",
    owner: key(r),
    expiry: r.u64(),
    strike: r.u64(),
    isCall: flag(r),
    isBuy: flag(r),
    size: r.u64(),
    premium: r.u64(),
    fee: r.u64(),
  }),
  (r) => ({
    type: "OptionSettled",
    owner: key(r),
    expiry: r.u64(),
    strike: r.u64(),
    isCall: flag(r),
    isLong: flag(r),
    size: r.u64(),
    payout: r.u64(),
  }),
  (r) => ({
    type: "Liquidated",
    owner: key(r),
    liquidator: key(r),
    equity: signed(r),
    reward: r.u64(),
    badDebt: r.u64(),
  }),
  (r) => ({ type: "OracleUpdated", price: r.u64(), confidence: r.u64(), time: r.u64() }),
  (r) => ({ type: "PacketSent", ...packet(r) }),
  (r) => ({ type: "PacketReceived", ...packet(r) }),
  (r) => ({ type: "PacketRefunded", ...packet(r) }),
  (r) => ({ type: "PoolFunded", owner: key(r), amount: r.u64() }),
];

/** The event of one `sol_log_data`. Faults: `INVALID_MARKET_INPUT`, those of `ByteReader`. */
export function decodeSvmEvent(data: Uint8Array): MarketEvent {
  const reader = new ByteReader(data);
  const number = reader.u8();
  const read = EVENTS[number];
  if (read === undefined) {
    refuse("INVALID_MARKET_INPUT", 0, `event ${number}; 0 to ${EVENTS.length - 1} exist`);
  }
  const event = read(reader);
  reader.finish();
  return event;
}

const DATA = "Program data: ";
const INVOKE = /^Program (\S+) invoke \[\d+\]$/;
const END = /^Program \S+ (?:success$|failed: )/;

/**
 * The market's events among the log lines of a transaction that succeeded, in their order. Only what the market itself logged counts, at any
 * depth. A log that the node cut short ("Log truncated") may lack events. Faults: those of {@link decodeSvmEvent}.
 */
export function decodeSvmLogs(lines: readonly string[], programId: string): MarketEvent[] {
  const running: string[] = [];
  const events: MarketEvent[] = [];
  for (const line of lines) {
    const called = INVOKE.exec(line)?.[1];
    if (called !== undefined) running.push(called);
    else if (END.test(line)) running.pop();
    else if (line.startsWith(DATA) && running.at(-1) === programId) {
      const bytes = atob(line.slice(DATA.length));
      events.push(decodeSvmEvent(Uint8Array.from(bytes, (character) => character.charCodeAt(0))));
    }
  }
  return events;
}
