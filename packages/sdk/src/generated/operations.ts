// tidy: generated
// From operations.graphql, by `npm run generate`; do not edit.
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { DocumentTypeDecoration } from '@graphql-typed-document-node/core';
/** A family of chains: what its programs and its RPC look like. */
export type ChainFamily =
  | 'EVM'
  | 'SVM'
  | 'MOVE'
  | 'SUBSTRATE';

/** How far a block is beyond doubt. */
export type Finality =
  /** It has been included; a reorganisation may undo it. */
  | 'LATEST'
  /** As many blocks stand on it as the chain declares: it stays. */
  | 'FINAL';

/** Kind of contract. */
export type InstrumentKind =
  | 'PERPETUAL'
  | 'OPTION';

/** Right to buy or to sell. */
export type OptionType =
  | 'CALL'
  | 'PUT';

/** LONG gains when the price rises (a put: the holder), SHORT is its counterpart. */
export type Side =
  | 'LONG'
  | 'SHORT';

/** What moves. */
export type TransferKind =
  | 'COLLATERAL'
  | 'PERPETUAL'
  | 'OPTION';

/** How far a transfer has come. */
export type TransferStatus =
  /** In a block of the source. */
  | 'INITIATED'
  /** In a final block of the source. */
  | 'SOURCE_FINAL'
  /** Received at the destination. */
  | 'EXECUTED'
  /** Given back at the source, because it was not received in time. */
  | 'REFUNDED';

/** A trade to quote. Exactly one member. */
export type TradeInput =
  {   /** Of the market's perpetual. */
  readonly perpetual: PerpetualTradeInput; readonly option?: never; }
  |  { readonly perpetual?: never;   /** Of one option. */
  readonly option: OptionTradeInput; };

/** A change of the perpetual position; it closes what is open on the other side first. */
export type PerpetualTradeInput = {
  /** LONG buys, SHORT sells. */
  readonly side: Side;
  /** In the underlying. */
  readonly size: string;
  /** Worst price that is accepted. Default: any. */
  readonly limit?: string | null | undefined;
};

/** A change of the position in one option. */
export type OptionTradeInput = {
  /** LONG buys, SHORT sells. */
  readonly side: Side;
  /** Of the option. */
  readonly expiry: string;
  /** Of the option. */
  readonly strike: string;
  readonly optionType: OptionType;
  /** In the underlying. */
  readonly size: string;
  /** Worst premium for the whole size that is accepted. Default: any. */
  readonly limit?: string | null | undefined;
};

/** An action on a market. Exactly one member. */
export type ActionInput =
  {   /** Amount of collateral to move from the wallet into the market. */
  readonly deposit: string; readonly withdraw?: never; readonly fundPool?: never; readonly trade?: never; readonly settleOption?: never; readonly liquidate?: never; readonly bridge?: never; }
  |  { readonly deposit?: never;   /** Amount of collateral to move back to the wallet. */
  readonly withdraw: string; readonly fundPool?: never; readonly trade?: never; readonly settleOption?: never; readonly liquidate?: never; readonly bridge?: never; }
  |  { readonly deposit?: never; readonly withdraw?: never;   /** Amount of collateral to give to the pool. */
  readonly fundPool: string; readonly trade?: never; readonly settleOption?: never; readonly liquidate?: never; readonly bridge?: never; }
  |  { readonly deposit?: never; readonly withdraw?: never; readonly fundPool?: never;   /** Trade of the perpetual or of an option. */
  readonly trade: TradeInput; readonly settleOption?: never; readonly liquidate?: never; readonly bridge?: never; }
  |  { readonly deposit?: never; readonly withdraw?: never; readonly fundPool?: never; readonly trade?: never;   /** Settles an expired option: the position's identifier. Anybody may. */
  readonly settleOption: string; readonly liquidate?: never; readonly bridge?: never; }
  |  { readonly deposit?: never; readonly withdraw?: never; readonly fundPool?: never; readonly trade?: never; readonly settleOption?: never;   /** Account to liquidate. */
  readonly liquidate: string; readonly bridge?: never; }
  |  { readonly deposit?: never; readonly withdraw?: never; readonly fundPool?: never; readonly trade?: never; readonly settleOption?: never; readonly liquidate?: never;   /** Sends a position or collateral to another chain. */
  readonly bridge: BridgeInput; };

/** What goes where. */
export type BridgeInput = {
  /** Chain that it goes to. */
  readonly destination: string;
  /** Who receives it there. */
  readonly recipient: string;
  /** Position to move, by its identifier; null = collateral only. */
  readonly position?: string | null | undefined;
  /** Collateral that goes along. */
  readonly collateral: string;
  /** On the destination's clock. Default: an hour after its newest block. */
  readonly timeout?: string | null | undefined;
};

/** How `payload` holds a transaction. */
export type TransactionEncoding =
  /** JSON of a transaction request of viem. */
  | 'EVM_JSON'
  /** Base64 of a Solana message. */
  | 'SOLANA_MESSAGE'
  /** Hex of the BCS of an Aptos RawTransaction. */
  | 'APTOS_BCS'
  /** JSON of a Substrate SignerPayloadJSON. */
  | 'SUBSTRATE_JSON';

/** As `buildTransaction` gave it. */
export type UnsignedTransactionInput = {
  readonly chain: string;
  readonly encoding: TransactionEncoding;
  readonly payload: string;
  readonly nonce?: string | null | undefined;
  readonly validUntil?: ValidUntilInput | null | undefined;
};

/** As `ValidUntil`. */
export type ValidUntilInput = {
  readonly height?: number | null | undefined;
  readonly timestamp?: string | null | undefined;
};

/** As `submitTransaction` gave it. */
export type SentTransactionInput = {
  readonly chain: string;
  readonly id: string;
  readonly sender: string;
  readonly nonce?: string | null | undefined;
  readonly validUntil?: ValidUntilInput | null | undefined;
};

/** How far a transaction has come. */
export type TransactionState =
  /** The node does not know it; sending it again is right. */
  | 'UNKNOWN'
  /** It waits for a block. */
  | 'PENDING'
  /** In a block, and it succeeded. */
  | 'INCLUDED'
  /** In a block, and it failed. */
  | 'FAILED'
  /** It can never be included. */
  | 'EXPIRED';

export type AmountPartsFragment = { readonly raw: string, readonly decimals: number, readonly value: string };

export type BlockPartsFragment = { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality };

export type GreeksPartsFragment = { readonly delta: string, readonly gamma: string, readonly vega: string, readonly theta: string };

export type PositionPartsFragment = { readonly id: string, readonly side: Side, readonly entryPrice: string | null, readonly size: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly notional: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly value: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly initialMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly maintenanceMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly greeks: { readonly delta: string, readonly gamma: string, readonly vega: string, readonly theta: string }, readonly instrument: { readonly id: string, readonly symbol: string, readonly kind: InstrumentKind, readonly expiry: string | null, readonly strike: string | null, readonly optionType: OptionType | null, readonly mark: string } };

export type AccountPartsFragment = { readonly id: string, readonly owner: string, readonly health: string | null, readonly liquidatable: boolean, readonly chain: { readonly id: string, readonly name: string, readonly family: ChainFamily }, readonly collateral: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly wallet: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly equity: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly initialMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly maintenanceMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly freeCollateral: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly positions: ReadonlyArray<{ readonly id: string, readonly side: Side, readonly entryPrice: string | null, readonly size: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly notional: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly value: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly initialMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly maintenanceMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly greeks: { readonly delta: string, readonly gamma: string, readonly vega: string, readonly theta: string }, readonly instrument: { readonly id: string, readonly symbol: string, readonly kind: InstrumentKind, readonly expiry: string | null, readonly strike: string | null, readonly optionType: OptionType | null, readonly mark: string } }>, readonly anchor: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality } };

export type TransferPartsFragment = { readonly id: string, readonly packetId: string, readonly kind: TransferKind, readonly status: TransferStatus, readonly sequence: string, readonly sender: string, readonly recipient: string, readonly timeout: string, readonly source: { readonly id: string, readonly name: string }, readonly destination: { readonly id: string, readonly name: string }, readonly collateral: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly poolValue: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly position: { readonly side: Side, readonly entryPrice: string | null, readonly expiry: string | null, readonly strike: string | null, readonly optionType: OptionType | null, readonly size: { readonly raw: string, readonly decimals: number, readonly value: string } } | null, readonly timeline: ReadonlyArray<{ readonly status: TransferStatus, readonly transaction: string | null, readonly block: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality, readonly chain: { readonly id: string } } }> };

export type ChainsQueryVariables = Exact<{ [key: string]: never; }>;


export type ChainsQuery = { readonly chains: ReadonlyArray<{ readonly id: string, readonly family: ChainFamily, readonly name: string, readonly domain: number, readonly finalityDepth: number, readonly lag: number | null, readonly head: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality }, readonly finalized: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality } }> };

export type ChainHeadQueryVariables = Exact<{
  id: string;
}>;


export type ChainHeadQuery = { readonly chain: { readonly head: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality }, readonly finalized: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality } } | null };

export type MarketsQueryVariables = Exact<{
  chains?: ReadonlyArray<string> | string | null | undefined;
}>;


export type MarketsQuery = { readonly markets: ReadonlyArray<{ readonly id: string, readonly underlying: string, readonly volatility: string, readonly chain: { readonly id: string, readonly name: string }, readonly price: { readonly price: string, readonly confidence: string, readonly publishedAt: string, readonly age: number, readonly usable: boolean }, readonly pool: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly openLong: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly openShort: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly perpetual: { readonly id: string, readonly symbol: string, readonly mark: string } }> };

export type OptionChainQueryVariables = Exact<{
  chains?: ReadonlyArray<string> | string | null | undefined;
  expiries?: ReadonlyArray<string> | string | null | undefined;
  strikes?: ReadonlyArray<string> | string | null | undefined;
}>;


export type OptionChainQuery = { readonly markets: ReadonlyArray<{ readonly id: string, readonly optionChain: ReadonlyArray<{ readonly expiry: string, readonly rows: ReadonlyArray<{ readonly strike: string, readonly call: { readonly id: string, readonly symbol: string, readonly mark: string, readonly impliedVolatility: string | null, readonly greeks: { readonly delta: string, readonly gamma: string, readonly vega: string, readonly theta: string } }, readonly put: { readonly id: string, readonly symbol: string, readonly mark: string, readonly impliedVolatility: string | null, readonly greeks: { readonly delta: string, readonly gamma: string, readonly vega: string, readonly theta: string } } }> }> }> };

export type PortfolioQueryVariables = Exact<{
  owners: ReadonlyArray<string> | string;
}>;


export type PortfolioQuery = { readonly portfolio: { readonly owners: ReadonlyArray<string>, readonly accounts: ReadonlyArray<{ readonly id: string, readonly owner: string, readonly health: string | null, readonly liquidatable: boolean, readonly chain: { readonly id: string, readonly name: string, readonly family: ChainFamily }, readonly collateral: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly wallet: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly equity: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly initialMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly maintenanceMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly freeCollateral: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly positions: ReadonlyArray<{ readonly id: string, readonly side: Side, readonly entryPrice: string | null, readonly size: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly notional: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly value: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly initialMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly maintenanceMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly greeks: { readonly delta: string, readonly gamma: string, readonly vega: string, readonly theta: string }, readonly instrument: { readonly id: string, readonly symbol: string, readonly kind: InstrumentKind, readonly expiry: string | null, readonly strike: string | null, readonly optionType: OptionType | null, readonly mark: string } }>, readonly anchor: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality } }>, readonly collateral: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly wallet: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly equity: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly initialMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly maintenanceMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly greeks: { readonly delta: string, readonly gamma: string, readonly vega: string, readonly theta: string }, readonly inFlight: ReadonlyArray<{ readonly id: string, readonly packetId: string, readonly kind: TransferKind, readonly status: TransferStatus, readonly sequence: string, readonly sender: string, readonly recipient: string, readonly timeout: string, readonly source: { readonly id: string, readonly name: string }, readonly destination: { readonly id: string, readonly name: string }, readonly collateral: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly poolValue: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly position: { readonly side: Side, readonly entryPrice: string | null, readonly expiry: string | null, readonly strike: string | null, readonly optionType: OptionType | null, readonly size: { readonly raw: string, readonly decimals: number, readonly value: string } } | null, readonly timeline: ReadonlyArray<{ readonly status: TransferStatus, readonly transaction: string | null, readonly block: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality, readonly chain: { readonly id: string } } }> }> } };

export type LiquidityQueryVariables = Exact<{
  underlying: string;
}>;


export type LiquidityQuery = { readonly liquidity: { readonly pool: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly openLong: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly openShort: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly venues: ReadonlyArray<{ readonly id: string, readonly chain: { readonly id: string }, readonly pool: { readonly raw: string, readonly decimals: number, readonly value: string } }> } };

export type QuoteQueryVariables = Exact<{
  trade: TradeInput;
  chains?: ReadonlyArray<string> | string | null | undefined;
}>;


export type QuoteQuery = { readonly quote: { readonly best: { readonly price: string, readonly market: { readonly id: string, readonly chain: { readonly id: string } }, readonly premium: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly fee: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly total: { readonly raw: string, readonly decimals: number, readonly value: string } } | null, readonly venues: ReadonlyArray<{ readonly price: string, readonly market: { readonly id: string, readonly chain: { readonly id: string } }, readonly premium: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly fee: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly total: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly at: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality } }>, readonly unavailable: ReadonlyArray<{ readonly marketError: number | null, readonly reason: string, readonly market: { readonly id: string, readonly chain: { readonly id: string } } }> } };

export type TransferQueryVariables = Exact<{
  id: string;
}>;


export type TransferQuery = { readonly transfer: { readonly id: string, readonly packetId: string, readonly kind: TransferKind, readonly status: TransferStatus, readonly sequence: string, readonly sender: string, readonly recipient: string, readonly timeout: string, readonly source: { readonly id: string, readonly name: string }, readonly destination: { readonly id: string, readonly name: string }, readonly collateral: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly poolValue: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly position: { readonly side: Side, readonly entryPrice: string | null, readonly expiry: string | null, readonly strike: string | null, readonly optionType: OptionType | null, readonly size: { readonly raw: string, readonly decimals: number, readonly value: string } } | null, readonly timeline: ReadonlyArray<{ readonly status: TransferStatus, readonly transaction: string | null, readonly block: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality, readonly chain: { readonly id: string } } }> } | null };

export type TransfersQueryVariables = Exact<{
  owner?: string | null | undefined;
  statuses?: ReadonlyArray<TransferStatus> | TransferStatus | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type TransfersQuery = { readonly transfers: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly packetId: string, readonly kind: TransferKind, readonly status: TransferStatus, readonly sequence: string, readonly sender: string, readonly recipient: string, readonly timeout: string, readonly source: { readonly id: string, readonly name: string }, readonly destination: { readonly id: string, readonly name: string }, readonly collateral: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly poolValue: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly position: { readonly side: Side, readonly entryPrice: string | null, readonly expiry: string | null, readonly strike: string | null, readonly optionType: OptionType | null, readonly size: { readonly raw: string, readonly decimals: number, readonly value: string } } | null, readonly timeline: ReadonlyArray<{ readonly status: TransferStatus, readonly transaction: string | null, readonly block: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality, readonly chain: { readonly id: string } } }> } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type LiquidationsQueryVariables = Exact<{
  owner?: string | null | undefined;
  chains?: ReadonlyArray<string> | string | null | undefined;
  first: number;
  after?: string | null | undefined;
}>;


export type LiquidationsQuery = { readonly liquidations: { readonly edges: ReadonlyArray<{ readonly cursor: string, readonly node: { readonly id: string, readonly owner: string, readonly liquidator: string, readonly transaction: string, readonly market: { readonly id: string, readonly chain: { readonly id: string } }, readonly equity: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly reward: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly badDebt: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly block: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality } } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } };

export type LiquidatableQueryVariables = Exact<{
  chains?: ReadonlyArray<string> | string | null | undefined;
}>;


export type LiquidatableQuery = { readonly liquidatable: ReadonlyArray<{ readonly id: string, readonly owner: string, readonly health: string | null, readonly liquidatable: boolean, readonly chain: { readonly id: string, readonly name: string, readonly family: ChainFamily }, readonly collateral: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly wallet: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly equity: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly initialMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly maintenanceMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly freeCollateral: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly positions: ReadonlyArray<{ readonly id: string, readonly side: Side, readonly entryPrice: string | null, readonly size: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly notional: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly value: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly initialMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly maintenanceMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly greeks: { readonly delta: string, readonly gamma: string, readonly vega: string, readonly theta: string }, readonly instrument: { readonly id: string, readonly symbol: string, readonly kind: InstrumentKind, readonly expiry: string | null, readonly strike: string | null, readonly optionType: OptionType | null, readonly mark: string } }>, readonly anchor: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality } }> };

export type BuildTransactionQueryVariables = Exact<{
  sender: string;
  action: ActionInput;
}>;


export type BuildTransactionQuery = { readonly buildTransaction: { readonly transactions: ReadonlyArray<{ readonly chain: string, readonly encoding: TransactionEncoding, readonly payload: string, readonly nonce: string | null, readonly validUntil: { readonly height: number | null, readonly timestamp: string | null } | null }>, readonly simulation: { readonly ok: boolean, readonly marketError: number | null, readonly reason: string | null } | null } };

export type SubmitTransactionMutationVariables = Exact<{
  transaction: UnsignedTransactionInput;
  sender: string;
  signature: string;
}>;


export type SubmitTransactionMutation = { readonly submitTransaction: { readonly chain: string, readonly id: string, readonly sender: string, readonly nonce: string | null, readonly validUntil: { readonly height: number | null, readonly timestamp: string | null } | null } };

export type TransactionStatusQueryVariables = Exact<{
  transaction: SentTransactionInput;
}>;


export type TransactionStatusQuery = { readonly transactionStatus: { readonly state: TransactionState, readonly marketError: number | null, readonly reason: string | null, readonly block: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality } | null } };

export type AccountChangesSubscriptionVariables = Exact<{
  owner: string;
}>;


export type AccountChangesSubscription = { readonly account: { readonly id: string, readonly owner: string, readonly health: string | null, readonly liquidatable: boolean, readonly chain: { readonly id: string, readonly name: string, readonly family: ChainFamily }, readonly collateral: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly wallet: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly equity: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly initialMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly maintenanceMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly freeCollateral: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly positions: ReadonlyArray<{ readonly id: string, readonly side: Side, readonly entryPrice: string | null, readonly size: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly notional: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly value: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly initialMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly maintenanceMargin: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly greeks: { readonly delta: string, readonly gamma: string, readonly vega: string, readonly theta: string }, readonly instrument: { readonly id: string, readonly symbol: string, readonly kind: InstrumentKind, readonly expiry: string | null, readonly strike: string | null, readonly optionType: OptionType | null, readonly mark: string } }>, readonly anchor: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality } } };

export type LiquidationFeedSubscriptionVariables = Exact<{
  chains?: ReadonlyArray<string> | string | null | undefined;
}>;


export type LiquidationFeedSubscription = { readonly liquidations: { readonly id: string, readonly owner: string, readonly market: { readonly chain: { readonly id: string } }, readonly equity: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly reward: { readonly raw: string, readonly decimals: number, readonly value: string } } };

export type PriceFeedSubscriptionVariables = Exact<{
  chains?: ReadonlyArray<string> | string | null | undefined;
}>;


export type PriceFeedSubscription = { readonly prices: { readonly price: string, readonly publishedAt: string, readonly market: { readonly chain: { readonly id: string } } } };

export type TransferChangesSubscriptionVariables = Exact<{
  owner?: string | null | undefined;
}>;


export type TransferChangesSubscription = { readonly transfers: { readonly id: string, readonly packetId: string, readonly kind: TransferKind, readonly status: TransferStatus, readonly sequence: string, readonly sender: string, readonly recipient: string, readonly timeout: string, readonly source: { readonly id: string, readonly name: string }, readonly destination: { readonly id: string, readonly name: string }, readonly collateral: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly poolValue: { readonly raw: string, readonly decimals: number, readonly value: string }, readonly position: { readonly side: Side, readonly entryPrice: string | null, readonly expiry: string | null, readonly strike: string | null, readonly optionType: OptionType | null, readonly size: { readonly raw: string, readonly decimals: number, readonly value: string } } | null, readonly timeline: ReadonlyArray<{ readonly status: TransferStatus, readonly transaction: string | null, readonly block: { readonly height: number, readonly hash: string, readonly timestamp: string, readonly finality: Finality, readonly chain: { readonly id: string } } }> } };

export class TypedDocumentString<TResult, TVariables>
  extends String
  implements DocumentTypeDecoration<TResult, TVariables>
{
  __apiType?: NonNullable<DocumentTypeDecoration<TResult, TVariables>['__apiType']>;
  private value: string;
  public __meta__?: Record<string, any> | undefined;

  constructor(value: string, __meta__?: Record<string, any> | undefined) {
    super(value);
    this.value = value;
    this.__meta__ = __meta__;
  }

  override toString(): string & DocumentTypeDecoration<TResult, TVariables> {
    return this.value;
  }
}
export const AmountPartsFragmentDoc = new TypedDocumentString(`
    fragment AmountParts on Amount {
  raw
  decimals
  value
}
    `, {"fragmentName":"AmountParts"}) as unknown as TypedDocumentString<AmountPartsFragment, unknown>;
export const GreeksPartsFragmentDoc = new TypedDocumentString(`
    fragment GreeksParts on Greeks {
  delta
  gamma
  vega
  theta
}
    `, {"fragmentName":"GreeksParts"}) as unknown as TypedDocumentString<GreeksPartsFragment, unknown>;
export const PositionPartsFragmentDoc = new TypedDocumentString(`
    fragment PositionParts on Position {
  id
  side
  size {
    ...AmountParts
  }
  entryPrice
  notional {
    ...AmountParts
  }
  value {
    ...AmountParts
  }
  initialMargin {
    ...AmountParts
  }
  maintenanceMargin {
    ...AmountParts
  }
  greeks {
    ...GreeksParts
  }
  instrument {
    id
    symbol
    kind
    expiry
    strike
    optionType
    mark
  }
}
    fragment AmountParts on Amount {
  raw
  decimals
  value
}
fragment GreeksParts on Greeks {
  delta
  gamma
  vega
  theta
}`, {"fragmentName":"PositionParts"}) as unknown as TypedDocumentString<PositionPartsFragment, unknown>;
export const BlockPartsFragmentDoc = new TypedDocumentString(`
    fragment BlockParts on Block {
  height
  hash
  timestamp
  finality
}
    `, {"fragmentName":"BlockParts"}) as unknown as TypedDocumentString<BlockPartsFragment, unknown>;
export const AccountPartsFragmentDoc = new TypedDocumentString(`
    fragment AccountParts on MarginAccount {
  id
  owner
  chain {
    id
    name
    family
  }
  collateral {
    ...AmountParts
  }
  wallet {
    ...AmountParts
  }
  equity {
    ...AmountParts
  }
  initialMargin {
    ...AmountParts
  }
  maintenanceMargin {
    ...AmountParts
  }
  freeCollateral {
    ...AmountParts
  }
  health
  liquidatable
  positions {
    ...PositionParts
  }
  anchor {
    ...BlockParts
  }
}
    fragment AmountParts on Amount {
  raw
  decimals
  value
}
fragment BlockParts on Block {
  height
  hash
  timestamp
  finality
}
fragment GreeksParts on Greeks {
  delta
  gamma
  vega
  theta
}
fragment PositionParts on Position {
  id
  side
  size {
    ...AmountParts
  }
  entryPrice
  notional {
    ...AmountParts
  }
  value {
    ...AmountParts
  }
  initialMargin {
    ...AmountParts
  }
  maintenanceMargin {
    ...AmountParts
  }
  greeks {
    ...GreeksParts
  }
  instrument {
    id
    symbol
    kind
    expiry
    strike
    optionType
    mark
  }
}`, {"fragmentName":"AccountParts"}) as unknown as TypedDocumentString<AccountPartsFragment, unknown>;
export const TransferPartsFragmentDoc = new TypedDocumentString(`
    fragment TransferParts on Transfer {
  id
  packetId
  kind
  status
  source {
    id
    name
  }
  destination {
    id
    name
  }
  sequence
  sender
  recipient
  collateral {
    ...AmountParts
  }
  poolValue {
    ...AmountParts
  }
  position {
    side
    size {
      ...AmountParts
    }
    entryPrice
    expiry
    strike
    optionType
  }
  timeout
  timeline {
    status
    transaction
    block {
      ...BlockParts
      chain {
        id
      }
    }
  }
}
    fragment AmountParts on Amount {
  raw
  decimals
  value
}
fragment BlockParts on Block {
  height
  hash
  timestamp
  finality
}`, {"fragmentName":"TransferParts"}) as unknown as TypedDocumentString<TransferPartsFragment, unknown>;
export const ChainsDocument = new TypedDocumentString(`
    query Chains {
  chains {
    id
    family
    name
    domain
    finalityDepth
    lag
    head {
      ...BlockParts
    }
    finalized {
      ...BlockParts
    }
  }
}
    fragment BlockParts on Block {
  height
  hash
  timestamp
  finality
}`) as unknown as TypedDocumentString<ChainsQuery, ChainsQueryVariables>;
export const ChainHeadDocument = new TypedDocumentString(`
    query ChainHead($id: ID!) {
  chain(id: $id) {
    head {
      ...BlockParts
    }
    finalized {
      ...BlockParts
    }
  }
}
    fragment BlockParts on Block {
  height
  hash
  timestamp
  finality
}`) as unknown as TypedDocumentString<ChainHeadQuery, ChainHeadQueryVariables>;
export const MarketsDocument = new TypedDocumentString(`
    query Markets($chains: [ID!]) {
  markets(chains: $chains) {
    id
    chain {
      id
      name
    }
    underlying
    price {
      price
      confidence
      publishedAt
      age
      usable
    }
    volatility
    pool {
      ...AmountParts
    }
    openLong {
      ...AmountParts
    }
    openShort {
      ...AmountParts
    }
    perpetual {
      id
      symbol
      mark
    }
  }
}
    fragment AmountParts on Amount {
  raw
  decimals
  value
}`) as unknown as TypedDocumentString<MarketsQuery, MarketsQueryVariables>;
export const OptionChainDocument = new TypedDocumentString(`
    query OptionChain($chains: [ID!], $expiries: [DateTime!], $strikes: [Decimal!]) {
  markets(chains: $chains) {
    id
    optionChain(expiries: $expiries, strikes: $strikes) {
      expiry
      rows {
        strike
        call {
          id
          symbol
          mark
          impliedVolatility
          greeks {
            ...GreeksParts
          }
        }
        put {
          id
          symbol
          mark
          impliedVolatility
          greeks {
            ...GreeksParts
          }
        }
      }
    }
  }
}
    fragment GreeksParts on Greeks {
  delta
  gamma
  vega
  theta
}`) as unknown as TypedDocumentString<OptionChainQuery, OptionChainQueryVariables>;
export const PortfolioDocument = new TypedDocumentString(`
    query Portfolio($owners: [AccountId!]!) {
  portfolio(owners: $owners) {
    owners
    accounts {
      ...AccountParts
    }
    collateral {
      ...AmountParts
    }
    wallet {
      ...AmountParts
    }
    equity {
      ...AmountParts
    }
    initialMargin {
      ...AmountParts
    }
    maintenanceMargin {
      ...AmountParts
    }
    greeks {
      ...GreeksParts
    }
    inFlight {
      ...TransferParts
    }
  }
}
    fragment AmountParts on Amount {
  raw
  decimals
  value
}
fragment BlockParts on Block {
  height
  hash
  timestamp
  finality
}
fragment GreeksParts on Greeks {
  delta
  gamma
  vega
  theta
}
fragment PositionParts on Position {
  id
  side
  size {
    ...AmountParts
  }
  entryPrice
  notional {
    ...AmountParts
  }
  value {
    ...AmountParts
  }
  initialMargin {
    ...AmountParts
  }
  maintenanceMargin {
    ...AmountParts
  }
  greeks {
    ...GreeksParts
  }
  instrument {
    id
    symbol
    kind
    expiry
    strike
    optionType
    mark
  }
}
fragment AccountParts on MarginAccount {
  id
  owner
  chain {
    id
    name
    family
  }
  collateral {
    ...AmountParts
  }
  wallet {
    ...AmountParts
  }
  equity {
    ...AmountParts
  }
  initialMargin {
    ...AmountParts
  }
  maintenanceMargin {
    ...AmountParts
  }
  freeCollateral {
    ...AmountParts
  }
  health
  liquidatable
  positions {
    ...PositionParts
  }
  anchor {
    ...BlockParts
  }
}
fragment TransferParts on Transfer {
  id
  packetId
  kind
  status
  source {
    id
    name
  }
  destination {
    id
    name
  }
  sequence
  sender
  recipient
  collateral {
    ...AmountParts
  }
  poolValue {
    ...AmountParts
  }
  position {
    side
    size {
      ...AmountParts
    }
    entryPrice
    expiry
    strike
    optionType
  }
  timeout
  timeline {
    status
    transaction
    block {
      ...BlockParts
      chain {
        id
      }
    }
  }
}`) as unknown as TypedDocumentString<PortfolioQuery, PortfolioQueryVariables>;
export const LiquidityDocument = new TypedDocumentString(`
    query Liquidity($underlying: String!) {
  liquidity(underlying: $underlying) {
    pool {
      ...AmountParts
    }
    openLong {
      ...AmountParts
    }
    openShort {
      ...AmountParts
    }
    venues {
      id
      chain {
        id
      }
      pool {
        ...AmountParts
      }
    }
  }
}
    fragment AmountParts on Amount {
  raw
  decimals
  value
}`) as unknown as TypedDocumentString<LiquidityQuery, LiquidityQueryVariables>;
export const QuoteDocument = new TypedDocumentString(`
    query Quote($trade: TradeInput!, $chains: [ID!]) {
  quote(trade: $trade, chains: $chains) {
    best {
      market {
        id
        chain {
          id
        }
      }
      price
      premium {
        ...AmountParts
      }
      fee {
        ...AmountParts
      }
      total {
        ...AmountParts
      }
    }
    venues {
      market {
        id
        chain {
          id
        }
      }
      price
      premium {
        ...AmountParts
      }
      fee {
        ...AmountParts
      }
      total {
        ...AmountParts
      }
      at {
        ...BlockParts
      }
    }
    unavailable {
      market {
        id
        chain {
          id
        }
      }
      marketError
      reason
    }
  }
}
    fragment AmountParts on Amount {
  raw
  decimals
  value
}
fragment BlockParts on Block {
  height
  hash
  timestamp
  finality
}`) as unknown as TypedDocumentString<QuoteQuery, QuoteQueryVariables>;
export const TransferDocument = new TypedDocumentString(`
    query Transfer($id: ID!) {
  transfer(id: $id) {
    ...TransferParts
  }
}
    fragment AmountParts on Amount {
  raw
  decimals
  value
}
fragment BlockParts on Block {
  height
  hash
  timestamp
  finality
}
fragment TransferParts on Transfer {
  id
  packetId
  kind
  status
  source {
    id
    name
  }
  destination {
    id
    name
  }
  sequence
  sender
  recipient
  collateral {
    ...AmountParts
  }
  poolValue {
    ...AmountParts
  }
  position {
    side
    size {
      ...AmountParts
    }
    entryPrice
    expiry
    strike
    optionType
  }
  timeout
  timeline {
    status
    transaction
    block {
      ...BlockParts
      chain {
        id
      }
    }
  }
}`) as unknown as TypedDocumentString<TransferQuery, TransferQueryVariables>;
export const TransfersDocument = new TypedDocumentString(`
    query Transfers($owner: AccountId, $statuses: [TransferStatus!], $first: Int!, $after: String) {
  transfers(owner: $owner, statuses: $statuses, first: $first, after: $after) {
    edges {
      cursor
      node {
        ...TransferParts
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment AmountParts on Amount {
  raw
  decimals
  value
}
fragment BlockParts on Block {
  height
  hash
  timestamp
  finality
}
fragment TransferParts on Transfer {
  id
  packetId
  kind
  status
  source {
    id
    name
  }
  destination {
    id
    name
  }
  sequence
  sender
  recipient
  collateral {
    ...AmountParts
  }
  poolValue {
    ...AmountParts
  }
  position {
    side
    size {
      ...AmountParts
    }
    entryPrice
    expiry
    strike
    optionType
  }
  timeout
  timeline {
    status
    transaction
    block {
      ...BlockParts
      chain {
        id
      }
    }
  }
}`) as unknown as TypedDocumentString<TransfersQuery, TransfersQueryVariables>;
export const LiquidationsDocument = new TypedDocumentString(`
    query Liquidations($owner: AccountId, $chains: [ID!], $first: Int!, $after: String) {
  liquidations(owner: $owner, chains: $chains, first: $first, after: $after) {
    edges {
      cursor
      node {
        id
        market {
          id
          chain {
            id
          }
        }
        owner
        liquidator
        equity {
          ...AmountParts
        }
        reward {
          ...AmountParts
        }
        badDebt {
          ...AmountParts
        }
        transaction
        block {
          ...BlockParts
        }
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
}
    fragment AmountParts on Amount {
  raw
  decimals
  value
}
fragment BlockParts on Block {
  height
  hash
  timestamp
  finality
}`) as unknown as TypedDocumentString<LiquidationsQuery, LiquidationsQueryVariables>;
export const LiquidatableDocument = new TypedDocumentString(`
    query Liquidatable($chains: [ID!]) {
  liquidatable(chains: $chains) {
    ...AccountParts
  }
}
    fragment AmountParts on Amount {
  raw
  decimals
  value
}
fragment BlockParts on Block {
  height
  hash
  timestamp
  finality
}
fragment GreeksParts on Greeks {
  delta
  gamma
  vega
  theta
}
fragment PositionParts on Position {
  id
  side
  size {
    ...AmountParts
  }
  entryPrice
  notional {
    ...AmountParts
  }
  value {
    ...AmountParts
  }
  initialMargin {
    ...AmountParts
  }
  maintenanceMargin {
    ...AmountParts
  }
  greeks {
    ...GreeksParts
  }
  instrument {
    id
    symbol
    kind
    expiry
    strike
    optionType
    mark
  }
}
fragment AccountParts on MarginAccount {
  id
  owner
  chain {
    id
    name
    family
  }
  collateral {
    ...AmountParts
  }
  wallet {
    ...AmountParts
  }
  equity {
    ...AmountParts
  }
  initialMargin {
    ...AmountParts
  }
  maintenanceMargin {
    ...AmountParts
  }
  freeCollateral {
    ...AmountParts
  }
  health
  liquidatable
  positions {
    ...PositionParts
  }
  anchor {
    ...BlockParts
  }
}`) as unknown as TypedDocumentString<LiquidatableQuery, LiquidatableQueryVariables>;
export const BuildTransactionDocument = new TypedDocumentString(`
    query BuildTransaction($sender: AccountId!, $action: ActionInput!) {
  buildTransaction(sender: $sender, action: $action) {
    transactions {
      chain
      encoding
      payload
      nonce
      validUntil {
        height
        timestamp
      }
    }
    simulation {
      ok
      marketError
      reason
    }
  }
}
    `) as unknown as TypedDocumentString<BuildTransactionQuery, BuildTransactionQueryVariables>;
export const SubmitTransactionDocument = new TypedDocumentString(`
    mutation SubmitTransaction($transaction: UnsignedTransactionInput!, $sender: AccountId!, $signature: Bytes!) {
  submitTransaction(
    transaction: $transaction
    sender: $sender
    signature: $signature
  ) {
    chain
    id
    sender
    nonce
    validUntil {
      height
      timestamp
    }
  }
}
    `) as unknown as TypedDocumentString<SubmitTransactionMutation, SubmitTransactionMutationVariables>;
export const TransactionStatusDocument = new TypedDocumentString(`
    query TransactionStatus($transaction: SentTransactionInput!) {
  transactionStatus(transaction: $transaction) {
    state
    block {
      ...BlockParts
    }
    marketError
    reason
  }
}
    fragment BlockParts on Block {
  height
  hash
  timestamp
  finality
}`) as unknown as TypedDocumentString<TransactionStatusQuery, TransactionStatusQueryVariables>;
export const AccountChangesDocument = new TypedDocumentString(`
    subscription AccountChanges($owner: AccountId!) {
  account(owner: $owner) {
    ...AccountParts
  }
}
    fragment AmountParts on Amount {
  raw
  decimals
  value
}
fragment BlockParts on Block {
  height
  hash
  timestamp
  finality
}
fragment GreeksParts on Greeks {
  delta
  gamma
  vega
  theta
}
fragment PositionParts on Position {
  id
  side
  size {
    ...AmountParts
  }
  entryPrice
  notional {
    ...AmountParts
  }
  value {
    ...AmountParts
  }
  initialMargin {
    ...AmountParts
  }
  maintenanceMargin {
    ...AmountParts
  }
  greeks {
    ...GreeksParts
  }
  instrument {
    id
    symbol
    kind
    expiry
    strike
    optionType
    mark
  }
}
fragment AccountParts on MarginAccount {
  id
  owner
  chain {
    id
    name
    family
  }
  collateral {
    ...AmountParts
  }
  wallet {
    ...AmountParts
  }
  equity {
    ...AmountParts
  }
  initialMargin {
    ...AmountParts
  }
  maintenanceMargin {
    ...AmountParts
  }
  freeCollateral {
    ...AmountParts
  }
  health
  liquidatable
  positions {
    ...PositionParts
  }
  anchor {
    ...BlockParts
  }
}`) as unknown as TypedDocumentString<AccountChangesSubscription, AccountChangesSubscriptionVariables>;
export const LiquidationFeedDocument = new TypedDocumentString(`
    subscription LiquidationFeed($chains: [ID!]) {
  liquidations(chains: $chains) {
    id
    owner
    market {
      chain {
        id
      }
    }
    equity {
      ...AmountParts
    }
    reward {
      ...AmountParts
    }
  }
}
    fragment AmountParts on Amount {
  raw
  decimals
  value
}`) as unknown as TypedDocumentString<LiquidationFeedSubscription, LiquidationFeedSubscriptionVariables>;
export const PriceFeedDocument = new TypedDocumentString(`
    subscription PriceFeed($chains: [ID!]) {
  prices(chains: $chains) {
    market {
      chain {
        id
      }
    }
    price
    publishedAt
  }
}
    `) as unknown as TypedDocumentString<PriceFeedSubscription, PriceFeedSubscriptionVariables>;
export const TransferChangesDocument = new TypedDocumentString(`
    subscription TransferChanges($owner: AccountId) {
  transfers(owner: $owner) {
    ...TransferParts
  }
}
    fragment AmountParts on Amount {
  raw
  decimals
  value
}
fragment BlockParts on Block {
  height
  hash
  timestamp
  finality
}
fragment TransferParts on Transfer {
  id
  packetId
  kind
  status
  source {
    id
    name
  }
  destination {
    id
    name
  }
  sequence
  sender
  recipient
  collateral {
    ...AmountParts
  }
  poolValue {
    ...AmountParts
  }
  position {
    side
    size {
      ...AmountParts
    }
    entryPrice
    expiry
    strike
    optionType
  }
  timeout
  timeline {
    status
    transaction
    block {
      ...BlockParts
      chain {
        id
      }
    }
  }
}`) as unknown as TypedDocumentString<TransferChangesSubscription, TransferChangesSubscriptionVariables>;
