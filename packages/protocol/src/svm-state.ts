import { ByteReader, encodeBase58, encodeHex } from "@dragoman/bytes";
import type { AccountState, MarketState, OptionState, TradeAction } from "@dragoman/chain";
import { refuse } from "@dragoman/fault";

/** What the market's account says beside {@link MarketState}. */
export interface SvmMarketState extends MarketState {
  readonly domain: number;
  readonly admin: string;
  readonly publisher: string;
  readonly mint: string;
  readonly vault: string;
  readonly threshold: number;
  /** 0x hex, 20 bytes each, ascending. */
  readonly attesters: readonly string[];
}

/** Layouts of packages/protocol/sbpf/state.h: length and tag of each kind of account. */
const LAYOUT = {
  market: { bytes: 528, tag: "DGMARKET" },
  account: { bytes: 200, tag: "DACCOUNT" },
  sent: { bytes: 48, tag: "DGPKSENT" },
  receipt: { bytes: 24, tag: "DRECEIPT" },
} as const;
const ATTESTER_BYTES = 20;
const SLOTS = 4;

/** Data lengths of the market's accounts, for filters and rent. */
export const SVM_MARKET_BYTES: number = LAYOUT.market.bytes;
export const SVM_ACCOUNT_BYTES: number = LAYOUT.account.bytes;

/** A reader behind the tag. Fault: INVALID_MARKET_INPUT, other data. */
function open(data: Uint8Array, kind: keyof typeof LAYOUT): ByteReader {
  const { bytes, tag } = LAYOUT[kind];
  const reader = new ByteReader(data);
  if (data.length !== bytes || reader.utf8(8) !== tag) {
    refuse("INVALID_MARKET_INPUT", 0, `the data are not those of a ${kind} account`);
  }
  return reader;
}

/** State of the market from the data of its account. Fault: `INVALID_MARKET_INPUT`. */
export function decodeSvmMarket(data: Uint8Array): SvmMarketState {
  const reader = open(data, "market");
  const domain = reader.u32();
  reader.u8();
  const threshold = reader.u8();
  const count = reader.u8();
  reader.u8();
  const [admin, publisher, mint, vault] = Array.from({ length: 4 }, () =>
    encodeBase58(reader.take(32)),
  ) as [string, string, string, string];
  const state = {
    price: reader.u64(),
    confidence: reader.u64(),
    priceTime: reader.u64(),
    volatility: reader.u64(),
    pool: reader.u64(),
    openLong: reader.u64(),
    openShort: reader.u64(),
    nextSequence: reader.u64(),
  };
  const attesters = Array.from({ length: count }, () => encodeHex(reader.take(ATTESTER_BYTES)));
  return { ...state, domain, admin, publisher, mint, vault, threshold, attesters };
}

/**
 * State of an owner from the data of the account at `svmAccountAddress`; nothing if there is none (undefined or no data). Fault:
 * `INVALID_MARKET_INPUT`.
 */
export function decodeSvmAccount(data: Uint8Array | undefined): AccountState {
  if (data === undefined || data.length === 0) return { collateral: 0n, options: [] };
  const reader = open(data, "account");
  reader.take(32);
  const collateral = reader.u64();
  const [size, entry] = [reader.u64(), reader.u64()];
  const isLong = reader.u8() !== 0;
  reader.take(7);
  const slots = Array.from({ length: SLOTS }, (_, slot) => readSlot(reader, slot));
  const options = slots.filter((option) => option.size > 0n);
  return size === 0n
    ? { collateral, options }
    : { collateral, perp: { isLong, size, entry }, options };
}

function readSlot(reader: ByteReader, slot: number): OptionState {
  const [expiry, strike, size] = [reader.u64(), reader.u64(), reader.u64()];
  const [isCall, isLong] = [reader.u8() !== 0, reader.u8() !== 0];
  reader.take(6);
  return { slot, expiry, strike, isCall, isLong, size };
}

/** Owner (0x hex, 32 bytes) that an account's data name. Fault: `INVALID_MARKET_INPUT`. */
export const svmAccountOwner = (data: Uint8Array): string =>
  encodeHex(open(data, "account").take(32));

/** Identifier (0x hex) of a sent packet from the data at `svmSentAddress`; undefined if it was refunded. Fault: `INVALID_MARKET_INPUT`. */
export function decodeSvmSent(data: Uint8Array): string | undefined {
  const reader = open(data, "sent");
  reader.u64();
  const id = reader.take(32);
  return id.every((byte) => byte === 0) ? undefined : encodeHex(id);
}

/** Whether the data at `svmReceiptAddress` are a receipt; false if there are none. */
export const isSvmReceipt = (data: Uint8Array | undefined): boolean =>
  data?.length === LAYOUT.receipt.bytes &&
  new ByteReader(data).take(8).every((byte, at) => byte === LAYOUT.receipt.tag.charCodeAt(at));

/** Price, premium (0 for perpetuals) and fee from the return data of `svmQuote`. Faults: those of `ByteReader`. */
export function decodeSvmQuote(
  trade: TradeAction,
  returnData: Uint8Array,
): { readonly price: bigint; readonly premium: bigint; readonly fee: bigint } {
  const reader = new ByteReader(returnData);
  const price = reader.u64();
  const premium = trade.type === "tradePerp" ? 0n : reader.u64();
  const fee = reader.u64();
  reader.finish();
  return { price, premium, fee };
}
