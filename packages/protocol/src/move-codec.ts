import { ByteWriter, compareBytes, decodeHex } from "@dragoman/bytes";
import type { MarketAction, TradeAction } from "@dragoman/chain";
import { refuse } from "@dragoman/fault";

/** A call of a function of the package's module `market`: what an Aptos entry function payload, or a view request, says beside the address. */
export interface MoveCall {
  readonly function: string;
  /** BCS of each argument; signers are not among them. */
  readonly args: readonly Uint8Array<ArrayBuffer>[];
}

/** What a market is initialised with. */
export interface MoveInitialisation {
  /** The chain's number in packets. */
  readonly domain: number;
  /** Address that publishes prices, 32 bytes in 0x hex. */
  readonly publisher: string;
  /** 20 bytes each, in any order. */
  readonly attesters: readonly Uint8Array[];
  readonly threshold: number;
  /** Annual, Q32, 1 to 4·2^32. */
  readonly volatility: bigint;
  /** Collateral tokens that the caller, who owns the package's address, gets. */
  readonly supply: bigint;
}

type Argument = Uint8Array<ArrayBuffer>;

/** Fault: INVALID_MARKET_INPUT, as of every encoder here, where a value does not fit. */
function number(value: bigint | number, size: number): Argument {
  const wide = BigInt(value);
  if (wide < 0n || wide >> BigInt(8 * size) !== 0n) {
    refuse("INVALID_MARKET_INPUT", undefined, `${value} is no integer of ${8 * size} bits`);
  }
  return Uint8Array.from({ length: size }, (_, i) => Number((wide >> BigInt(8 * i)) & 0xffn));
}

const u64 = (value: bigint | number): Argument => number(value, 8);
const bool = (value: boolean): Argument => Uint8Array.of(value ? 1 : 0);

function owner(hex: string): Argument {
  const bytes = decodeHex(hex);
  if (bytes.length === 32) return bytes;
  return refuse("INVALID_MARKET_INPUT", bytes.length, `an owner has 32 bytes: ${hex}`);
}

function byteVector(bytes: Uint8Array): Argument {
  const writer = new ByteWriter(bytes.length + 2);
  writer.uleb128(bytes.length);
  writer.bytes(bytes);
  return writer.finish();
}

function listOfBytes(list: readonly Uint8Array[]): Argument {
  const writer = new ByteWriter();
  writer.uleb128(list.length);
  for (const bytes of list) writer.bytes(byteVector(bytes));
  return writer.finish();
}

const call = (name: string, ...args: Argument[]): MoveCall => ({ function: name, args });

/**
 * The entry function that does `action`, and its arguments. All but `settleOption`, `importPacket` and `refundPacket` take the sender's signer
 * first; its place in the payload is none.
 */
export function encodeMoveAction(action: MarketAction): MoveCall {
  switch (action.type) {
    case "deposit":
      return call("deposit", u64(action.amount));
    case "withdraw":
      return call("withdraw", u64(action.amount));
    case "fundPool":
      return call("fund_pool", u64(action.amount));
    case "tradePerp":
      return call("trade_perp", bool(action.isLong), u64(action.size), u64(action.limit));
    case "tradeOption":
      return call(
        "trade_option",
        u64(action.expiry),
        u64(action.strike),
        bool(action.isCall),
        bool(action.isBuy),
        u64(action.size),
        u64(action.limit),
      );
    case "settleOption":
      return call("settle_option", owner(action.owner), u64(action.slot));
    case "liquidate":
      return call("liquidate", owner(action.owner));
    case "publishPrice": {
      const { price, confidence, time } = action;
      return call("publish_price", u64(price), u64(confidence), u64(time));
    }
    case "exportPosition":
      return call(
        "export_position",
        number(action.destination, 4),
        owner(action.recipient),
        number(action.what, 1),
        u64(action.collateral),
        u64(action.timeout),
      );
    case "importPacket":
      return packetCall("import_packet", action);
    case "refundPacket":
      return packetCall("refund_packet", action);
  }
}

function packetCall(
  name: string,
  { packet, signatures }: { readonly packet: string; readonly signatures: readonly string[] },
): MoveCall {
  return call(name, byteVector(decodeHex(packet)), listOfBytes(signatures.map(decodeHex)));
}

/** Makes the market and its collateral; the sender owns the package's address. */
export function encodeMoveInitialisation(with_: MoveInitialisation): MoveCall {
  return call(
    "initialize",
    number(with_.domain, 4),
    owner(with_.publisher),
    listOfBytes(with_.attesters.toSorted(compareBytes)),
    u64(with_.threshold),
    u64(with_.volatility),
    u64(with_.supply),
  );
}

/** View functions; `decodeMoveAccount` and the others of move-views.ts read their results. */
export const moveViews = {
  account: (who: string): MoveCall => call("account", owner(who)),
  numbers: (): MoveCall => call("numbers"),
  /** One u64: tokens that the market holds. */
  vault: (): MoveCall => call("vault"),
  /** One bool. */
  received: (source: number, sequence: bigint): MoveCall =>
    call("received", number(source, 4), u64(sequence)),
  /** One `vector<u8>`: identifier of the packet that was sent with the sequence and not refunded; empty if there is none. */
  packetOf: (sequence: bigint): MoveCall => call("packet_of", u64(sequence)),
  /** Two u64 for a perpetual (price, fee), three for an option (price, premium, fee). */
  quote: (trade: TradeAction): MoveCall =>
    trade.type === "tradePerp"
      ? call("quote_perp", u64(trade.size))
      : call(
          "quote_option",
          u64(trade.expiry),
          u64(trade.strike),
          bool(trade.isCall),
          u64(trade.size),
        ),
} as const;
