/** What a user or an engine may do (packages/protocol/SPEC.md, "Actions"). Amounts and prices in 1e-6. */
export type MarketAction =
  | { readonly type: "deposit"; readonly amount: bigint }
  | { readonly type: "withdraw"; readonly amount: bigint }
  /** Gives collateral to the pool. */
  | { readonly type: "fundPool"; readonly amount: bigint }
  | TradeAction
  | { readonly type: "settleOption"; readonly owner: string; readonly slot: number }
  | { readonly type: "liquidate"; readonly owner: string }
  | {
      readonly type: "publishPrice";
      readonly price: bigint;
      readonly confidence: bigint;
      readonly time: bigint;
    }
  | {
      readonly type: "exportPosition";
      readonly destination: number;
      readonly recipient: string;
      /** 0 = collateral only, 1 = the perpetual, 2 + n = option slot n. */
      readonly what: number;
      /** Collateral that goes along. */
      readonly collateral: bigint;
      /** Seconds since 1970-01-01 on the destination's clock. */
      readonly timeout: bigint;
    }
  | {
      readonly type: "importPacket";
      readonly packet: string;
      readonly signatures: readonly string[];
    }
  | {
      readonly type: "refundPacket";
      readonly packet: string;
      readonly signatures: readonly string[];
    };

/** What can be quoted. */
export type TradeAction =
  | {
      readonly type: "tradePerp";
      readonly isLong: boolean;
      readonly size: bigint;
      /** Worst price that is accepted. */
      readonly limit: bigint;
    }
  | {
      readonly type: "tradeOption";
      readonly expiry: bigint;
      readonly strike: bigint;
      readonly isCall: boolean;
      readonly isBuy: boolean;
      readonly size: bigint;
      /** Worst premium, for the whole size, that is accepted. */
      readonly limit: bigint;
    };
