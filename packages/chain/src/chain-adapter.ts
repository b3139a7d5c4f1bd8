import type { BlockRef, ChainFamily, ChainId, Finality } from "./block-ref.ts";
import type { MarketAction, TradeAction } from "./market-action.ts";
import type { MarketEvent, PlacedEvent } from "./market-event.ts";
import type { AccountState, MarketState } from "./market-state.ts";

/** A block with what the market did in it. */
export interface FollowedBlock {
  readonly ref: BlockRef;
  readonly events: readonly PlacedEvent[];
}

/** Form of a transaction that its owner has to sign; what `payload` holds. */
export const TRANSACTION_ENCODINGS = [
  /** JSON of a viem transaction request: type eip1559, integers as decimal strings. */
  "evm-json",
  /** Base64 of a Solana message, legacy or v0. */
  "solana-message",
  /** 0x hex of the BCS of an Aptos `RawTransaction`. */
  "aptos-bcs",
  /** JSON of a Substrate `SignerPayloadJSON`. */
  "substrate-json",
] as const;
export type TransactionEncoding = (typeof TRANSACTION_ENCODINGS)[number];

/** A transaction in the chain's own form that its owner has to sign. */
export interface UnsignedTransaction {
  readonly chain: ChainId;
  readonly encoding: TransactionEncoding;
  readonly payload: string;
  /** The owner's number that it uses; absent where the chain has none (Solana). */
  readonly nonce?: bigint;
  /** After this it can no longer be included; absent = never. */
  readonly validUntil?: ValidUntil;
}

/** Height of the chain (Solana: block height), or seconds since 1970-01-01 on the chain's clock. */
export type ValidUntil = { readonly height: number } | { readonly timestamp: number };

/** A signed transaction: plain data that can be stored before it is sent, and asked about after a crash. */
export interface SignedTransaction {
  readonly chain: ChainId;
  /** The chain's own identifier: hash or signature, as the chain writes it. Known before it is sent. */
  readonly id: string;
  /** What goes over the wire. */
  readonly bytes: Uint8Array;
  /** Address of the sender, as the chain writes it. */
  readonly sender: string;
  readonly nonce?: bigint;
  readonly validUntil?: ValidUntil;
}

export type TransactionStatus =
  /** The node does not know it (any more); sending the same bytes again is right. */
  | { readonly state: "unknown" }
  | { readonly state: "pending" }
  | { readonly state: "included"; readonly block: BlockRef; readonly finality: Finality }
  | {
      readonly state: "failed";
      readonly block: BlockRef;
      readonly finality: Finality;
      /** Number of the market's error, if it was the market that refused (packages/protocol/SPEC.md, section 5). */
      readonly marketError?: number;
      readonly reason: string;
    }
  /** It can never be included: its validity has passed or its nonce has been used by another, both beyond reorganisation. */
  | { readonly state: "expired"; readonly reason: string };

/** What an action would do if it were included now. */
export type SimulatedAction =
  /** `events`: absent where the node does not tell them. */
  | { readonly ok: true; readonly events?: readonly MarketEvent[] }
  | { readonly ok: false; readonly marketError?: number; readonly reason: string };

/** What a trade would cost now, computed by the market's program on the chain's VM. */
export interface TradeQuote {
  /** Price of the underlying that it was computed with, 1e-6 USD. */
  readonly price: bigint;
  /** Options: premium for the whole size. Perpetuals: 0. 1e-6 USD. */
  readonly premium: bigint;
  readonly fee: bigint;
  /** Block on whose state it was computed. */
  readonly at: BlockRef;
}

/** An error that an adapter throws: the node refused, or could not be reached. */
export class ChainError extends Error {
  override readonly name = "ChainError";
  readonly chain: ChainId;
  /**
   * `unreachable`: no answer; try again. `refused`: the node refuses what was asked, with its own words in `message`. `unanswerable`: the chain
   * has no such thing.
   */
  readonly kind: "unreachable" | "refused" | "unanswerable";
  /** Number of the market's error, if it was the market that refused. */
  readonly marketError: number | undefined;

  constructor(
    chain: ChainId,
    kind: ChainError["kind"],
    message: string,
    options: { readonly cause?: unknown; readonly marketError?: number | undefined } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.chain = chain;
    this.kind = kind;
    this.marketError = options.marketError;
  }
}

/**
 * A chain as the index, the gateway and the relayer see it, over its own client and node. Nothing is cached here; every method may reject with
 * a {@link ChainError}.
 *
 * Owners are 32 bytes in 0x lower-case hex, as the market's programs know them: an EVM address in the last 20, a Solana key, an Aptos address,
 * and on Substrate the H160 that the Revive pallet maps the account to, in the last 20.
 */
export interface ChainAdapter {
  readonly id: ChainId;
  readonly family: ChainFamily;
  /** The chain's number in packets. */
  readonly domain: number;
  /** Blocks that stand on a block before it is final. */
  readonly finalityDepth: number;
  /** Owner of an address as the chain writes it. Throws a FaultError MALFORMED_ADDRESS. */
  ownerOf(address: string): string;
  /** Address as the chain writes it; on Substrate the H160 in hex. */
  addressOf(owner: string): string;
  head(): Promise<BlockRef>;
  finalized(): Promise<BlockRef>;
  /** Canonical block at a height; undefined if there is none (yet, or a slot was skipped). */
  block(height: number): Promise<FollowedBlock | undefined>;
  /** Lowest height from `height` on that has a block; undefined = none yet. Absent where heights have no gaps worth a question. */
  nextHeight?(height: number): Promise<number | undefined>;
  /** The market's state at the head. */
  market(): Promise<MarketState>;
  /** State of an owner at the head; zeros if the market does not know it. */
  account(owner: string): Promise<AccountState>;
  /** Collateral tokens that the owner holds outside the market. */
  wallet(owner: string): Promise<bigint>;
  /** What a trade costs. Rejects with the market's error 2 (price), 7 (expiry) or 1. */
  quote(trade: TradeAction): Promise<TradeQuote>;
  /** Runs the action of `owner` on the head's state without signature; nothing changes. */
  simulate(action: MarketAction, sender: string): Promise<SimulatedAction>;
  /**
   * The transactions with which `sender`, an address as the chain writes it, does `action`, in the order of sending. The last one is the action;
   * those before it are what must be done first and is not done yet (an allowance). `nonce`: number of the first; default: the next one.
   */
  build(
    action: MarketAction,
    sender: string,
    options?: { readonly nonce?: bigint },
  ): Promise<readonly UnsignedTransaction[]>;
  /** Next number of the sender: of included transactions, and of pending ones too. Undefined where the chain has none. */
  nonces(
    sender: string,
  ): Promise<{ readonly included: bigint; readonly pending: bigint } | undefined>;
  /**
   * Joins signature and transaction. `signature`: EVM: the serialised signed transaction. Solana: 64 bytes. Aptos: BCS of the
   * `AccountAuthenticator`. Substrate: a MultiSignature (kind byte and signature).
   */
  join(unsigned: UnsignedTransaction, signature: Uint8Array, sender: string): SignedTransaction;
  /** Sends a signed transaction. Sending the same again is harmless. */
  submit(signed: SignedTransaction): Promise<void>;
  status(signed: SignedTransaction): Promise<TransactionStatus>;
  /** Whether the packet of this source and sequence has been received, in the newest final block's state, and that block. */
  received(
    source: number,
    sequence: bigint,
  ): Promise<{ readonly received: boolean; readonly at: BlockRef }>;
  close(): Promise<void>;
}

/** Signs for one account of one chain family. */
export interface ChainSigner {
  /** Address as the chain writes it. */
  readonly address: string;
  /** Signature in the form that {@link ChainAdapter.join} takes. */
  sign(unsigned: UnsignedTransaction): Promise<Uint8Array>;
}
