import { decodeHex, encodeHex } from "@dragoman/bytes";
import type {
  AccountState,
  MarketAction,
  MarketEvent,
  MarketState,
  TradeAction,
} from "@dragoman/chain";
import { assert } from "@dragoman/fault";
import { AbiConstructor, AbiError, AbiEvent, AbiFunction } from "ox";
import {
  COLLATERAL_TOKEN_ABI,
  COLLATERAL_TOKEN_BYTECODE,
  MARKET_ABI,
  MARKET_BYTECODE,
} from "./evm-artefacts.ts";

type Hex = `0x${string}`;

/** What an EVM log holds, in hex as every client gives it. */
export interface EvmLog {
  readonly topics: readonly string[];
  readonly data: string;
}

const marketFunction = (name: string): AbiFunction.AbiFunction =>
  AbiFunction.fromAbi(MARKET_ABI as readonly unknown[] as typeof MARKET_ABI, name as "deposit");

const call = (name: string, args: readonly unknown[]): Uint8Array =>
  decodeHex(AbiFunction.encodeData(marketFunction(name), args as never));

/** Calldata of an action, to the market. */
export function encodeEvmAction(action: MarketAction): Uint8Array {
  switch (action.type) {
    case "deposit":
    case "withdraw":
    case "fundPool":
      return call(action.type, [action.amount]);
    case "tradePerp":
      return call("tradePerp", [action.isLong, action.size, action.limit]);
    case "tradeOption": {
      const { expiry, strike, isCall, isBuy, size, limit } = action;
      return call("tradeOption", [expiry, strike, isCall, isBuy, size, limit]);
    }
    case "settleOption":
      return call("settleOption", [action.owner, BigInt(action.slot)]);
    case "liquidate":
      return call("liquidate", [action.owner]);
    case "publishPrice":
      return call("publishPrice", [action.price, action.confidence, action.time]);
    case "exportPosition": {
      const { destination, recipient, what, collateral, timeout } = action;
      return call("exportPosition", [destination, recipient, what, collateral, timeout]);
    }
    case "importPacket":
    case "refundPacket":
      return call(action.type, [action.packet, action.signatures]);
  }
}

const EVENTS = new Map(
  MARKET_ABI.filter((item) => item.type === "event").map((item) => {
    const event = AbiEvent.from(item) as AbiEvent.AbiEvent;
    return [AbiEvent.getSelector(event) as string, event];
  }),
);

/** The market's event of a log; undefined if it is none. The members are those of {@link MarketEvent}, by name. */
export function decodeEvmLog({ topics, data }: EvmLog): MarketEvent | undefined {
  const event = EVENTS.get(topics[0] ?? "");
  if (event === undefined) return undefined;
  const log = { topics: topics as readonly Hex[], data: data as Hex };
  return { type: event.name, ...(AbiEvent.decode(event, log as never) as object) } as MarketEvent;
}

/** Getters that together give a {@link MarketState}, in the order of {@link decodeEvmMarket}. */
export const EVM_MARKET_READS = [
  "price",
  "confidence",
  "priceTime",
  "volatility",
  "pool",
  "openLong",
  "openShort",
  "nextSequence",
] as const satisfies readonly (keyof MarketState)[];

/** Calldata of a getter without arguments. */
export const encodeEvmRead = (
  name: (typeof EVM_MARKET_READS)[number] | "token" | "domain",
): Uint8Array => call(name, []);

/** The market's state out of the words that {@link EVM_MARKET_READS} return. */
export function decodeEvmMarket(words: readonly Uint8Array[]): MarketState {
  assert(words.length === EVM_MARKET_READS.length, "a word for each getter");
  const entries = EVM_MARKET_READS.map((name, i) => [name, BigInt(encodeHex(words[i]!))]);
  return Object.fromEntries(entries) as MarketState;
}

/** Calldata that reads an owner's account. `owner`: 32 bytes in hex. */
export const encodeEvmAccountRead = (owner: string): Uint8Array => call("account", [owner]);

interface RawSlot {
  readonly expiry: bigint;
  readonly strike: bigint;
  readonly size: bigint;
  readonly isCall: boolean;
  readonly isLong: boolean;
}

/** The account that {@link encodeEvmAccountRead} returns. */
export function decodeEvmAccount(output: Uint8Array): AccountState {
  const raw = AbiFunction.decodeResult(marketFunction("account"), encodeHex(output) as Hex) as {
    readonly collateral: bigint;
    readonly perp: { readonly isLong: boolean; readonly size: bigint; readonly entry: bigint };
    readonly options: readonly RawSlot[];
  };
  const { isLong, size, entry } = raw.perp;
  return {
    collateral: raw.collateral,
    ...(size === 0n ? {} : { perp: { isLong, size, entry } }),
    options: raw.options.flatMap((option, slot) =>
      option.size === 0n
        ? []
        : [
            {
              slot,
              expiry: option.expiry,
              strike: option.strike,
              isCall: option.isCall,
              isLong: option.isLong,
              size: option.size,
            },
          ],
    ),
  };
}

/** Calldata that asks for a trade's cost. */
export function encodeEvmQuote(trade: TradeAction): Uint8Array {
  if (trade.type === "tradePerp") return call("quotePerp", [trade.size]);
  return call("quoteOption", [trade.expiry, trade.strike, trade.isCall, trade.size]);
}

/** What {@link encodeEvmQuote} returns: 1e-6 USD each. */
export function decodeEvmQuote(
  trade: TradeAction,
  output: Uint8Array,
): { readonly price: bigint; readonly premium: bigint; readonly fee: bigint } {
  const word = (index: number): bigint =>
    BigInt(encodeHex(output.subarray(32 * index, 32 * index + 32)));
  if (trade.type === "tradePerp") return { price: word(0), premium: 0n, fee: word(1) };
  return { price: word(0), premium: word(1), fee: word(2) };
}

/** Calldata that asks whether a packet was received; returns a word, 0 or 1. */
export const encodeEvmReceived = (source: number, sequence: bigint): Uint8Array =>
  call("received", [source, sequence]);

const MARKET_ERROR = AbiError.fromAbi(MARKET_ABI, "MarketError");
const MARKET_ERROR_SELECTOR = AbiError.getSelector(MARKET_ERROR);

/** Number of the market's error in revert data; undefined if it holds another. */
export function evmMarketError(data: Uint8Array): number | undefined {
  const hex = encodeHex(data);
  if (data.length !== 36 || !hex.startsWith(MARKET_ERROR_SELECTOR)) return undefined;
  return Number(BigInt(encodeHex(data.subarray(4))));
}

/** Calldata to the collateral token. Addresses in hex. */
export function encodeTokenCall(
  name: "approve" | "transfer" | "mint" | "setMinter" | "allowance" | "balanceOf" | "totalSupply",
  args: readonly unknown[],
): Uint8Array {
  const fn = AbiFunction.fromAbi(COLLATERAL_TOKEN_ABI, name as "approve");
  return decodeHex(AbiFunction.encodeData(fn, args as never));
}

/** Initcode of the collateral token. `admin`: address in hex. */
export const tokenInitcode = (admin: string): Uint8Array =>
  initcode(COLLATERAL_TOKEN_ABI, COLLATERAL_TOKEN_BYTECODE, [admin]);

export interface EvmMarketTerms {
  /** Addresses in hex. */
  readonly token: string;
  readonly publisher: string;
  readonly domain: number;
  /** Annual, Q32. */
  readonly volatility: bigint;
  /** Addresses in hex, in any order. */
  readonly attesters: readonly string[];
  readonly threshold: number;
}

/** Initcode of the market. */
export function marketInitcode(terms: EvmMarketTerms): Uint8Array {
  const { token, domain, publisher, volatility, attesters, threshold } = terms;
  const ascending = attesters.toSorted((one, two) => (BigInt(one) < BigInt(two) ? -1 : 1));
  const args = [token, domain, publisher, volatility, ascending, BigInt(threshold)];
  return initcode(MARKET_ABI, MARKET_BYTECODE, args);
}

function initcode(abi: readonly unknown[], bytecode: string, args: readonly unknown[]): Uint8Array {
  const creation = AbiConstructor.fromAbi(abi as typeof MARKET_ABI);
  const options = { bytecode: bytecode as Hex, args: args as never };
  return decodeHex(AbiConstructor.encode(creation, options));
}
