import { ByteReader, encodeHex } from "@dragoman/bytes";
import type { MarketEvent } from "@dragoman/chain";
import { addressOf, boolOf, bytesOf, fieldsOf, u64Of } from "./move-json.ts";

type Kind = "address" | "u64" | "bool" | "signed" | "bytes";

/** Fields of each event in their order (SPEC.md, section 7); in Move their names are in snake case. */
const EVENTS: {
  readonly [name in MarketEvent["type"]]: readonly (readonly [field: string, kind: Kind])[];
} = {
  Deposited: [
    ["owner", "address"],
    ["amount", "u64"],
  ],
  Withdrawn: [
    ["owner", "address"],
    ["amount", "u64"],
  ],
  PerpTraded: [
    ["owner", "address"],
    ["isLong", "bool"],
    ["size", "u64"],
    ["price", "u64"],
    ["fee", "u64"],
    ["pnl", "signed"],
  ],
  OptionTraded: [
    ["owner", "address"],
    ["expiry", "u64"],
    ["strike", "u64"],
    ["isCall", "bool"],
    ["isBuy", "bool"],
    ["size", "u64"],
    ["premium", "u64"],
    ["fee", "u64"],
  ],
  OptionSettled: [
    ["owner", "address"],
    ["expiry", "u64"],
    ["strike", "u64"],
    ["isCall", "bool"],
    ["isLong", "bool"],
    ["size", "u64"],
    ["payout", "u64"],
  ],
  Liquidated: [
    ["owner", "address"],
    ["liquidator", "address"],
    ["equity", "signed"],
    ["reward", "u64"],
    ["badDebt", "u64"],
  ],
  OracleUpdated: [
    ["price", "u64"],
    ["confidence", "u64"],
    ["time", "u64"],
  ],
  PacketSent: [
    ["packet", "bytes"],
    ["sequence", "u64"],
  ],
  PacketReceived: [
    ["packet", "bytes"],
    ["sequence", "u64"],
  ],
  PacketRefunded: [
    ["packet", "bytes"],
    ["sequence", "u64"],
  ],
  PoolFunded: [
    ["owner", "address"],
    ["amount", "u64"],
  ],
};

const snake = (name: string): string =>
  name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

const signed = (negative: boolean, magnitude: bigint): bigint =>
  negative ? -magnitude : magnitude;

const FROM_JSON: { readonly [kind in Kind]: (value: unknown) => unknown } = {
  address: addressOf,
  u64: u64Of,
  bool: boolOf,
  bytes: bytesOf,
  signed: (value) => {
    const { negative, magnitude } = fieldsOf(value);
    return signed(boolOf(negative), u64Of(magnitude));
  },
};

const FROM_BCS: { readonly [kind in Kind]: (reader: ByteReader) => unknown } = {
  address: (reader) => encodeHex(reader.take(32)),
  u64: (reader) => reader.u64(),
  bool: (reader) => reader.u8() === 1,
  bytes: (reader) => encodeHex(reader.take(reader.uleb128(reader.remaining))),
  signed: (reader) => {
    const negative = reader.u8() === 1;
    return signed(negative, reader.u64());
  },
};

/**
 * The market's event, or undefined for one of other modules.
 *
 * @param type `0x…::events::Deposited`, the address in any spelling
 * @param data the event's value: JSON as the REST interface writes it, or BCS
 * @param address of the market's package, 0x hex
 */
export function decodeMoveEvent(
  type: string,
  data: unknown,
  address: string,
): MarketEvent | undefined {
  const [account, module, name = ""] = type.split("::");
  if (module !== "events" || !Object.hasOwn(EVENTS, name)) return undefined;
  if (addressOf(account) !== addressOf(address)) return undefined;
  const fields = EVENTS[name as MarketEvent["type"]];
  const event: Record<string, unknown> = { type: name };
  if (data instanceof Uint8Array) {
    const reader = new ByteReader(data);
    for (const [field, kind] of fields) event[field] = FROM_BCS[kind](reader);
    reader.finish();
  } else {
    const values = fieldsOf(data);
    for (const [field, kind] of fields) event[field] = FROM_JSON[kind](values[snake(field)]);
  }
  // The table has the fields of every event.
  return event as MarketEvent;
}
