import { encodeHex } from "@dragoman/bytes";
import type {
  AccountState,
  MarketAction,
  MarketEvent,
  MarketState,
  TradeAction,
} from "@dragoman/chain";

/** How an action ended: 0 and what was reported, the market's error, or the words of any other failure. */
export type ActionEnd =
  | { readonly error: 0; readonly events: readonly MarketEvent[] }
  | { readonly error: number | string };

/** What a trade costs, or the market's error. */
export type QuoteEnd =
  | { readonly error: 0; readonly price: bigint; readonly premium: bigint; readonly fee: bigint }
  | { readonly error: number | string };

/** An implementation of packages/protocol/SPEC.md with its token, on a chain of its own. */
export interface MarketUnderTest {
  /** Does the action as `sender` at `now`, seconds since 1970-01-01. */
  act(action: MarketAction, sender: string, now: bigint): ActionEnd;
  quote(trade: TradeAction, now: bigint): QuoteEnd;
  state(): MarketState;
  account(owner: string): AccountState;
  received(source: number, sequence: bigint): boolean;
  /** Tokens in the market's vault, and all there are. */
  tokens(): { readonly vault: bigint; readonly supply: bigint };
}

/** Owner number `index`: 32 bytes in 0x hex, of which the first 12 are zero, as an EVM address needs it. */
export const ownerAt = (index: number): string => encodeHex(new Uint8Array(32).fill(index + 1, 28));

/** Owners with tokens. */
export const OWNERS: readonly string[] = [0, 1, 2].map(ownerAt);
/** Has nothing until a packet brings something. */
export const NEWCOMER: string = ownerAt(3);
export const PUBLISHER: string = ownerAt(0x71);
/** What each owner holds at the beginning, on each chain. */
export const WALLET: bigint = 1n << 61n;

export const VOLATILITY = ((1n << 32n) * 8n) / 10n;
/** The chain's numbers of the two markets that send each other packets. */
export const DOMAINS = [1, 2] as const;
