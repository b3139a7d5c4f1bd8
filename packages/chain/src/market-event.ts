/**
 * What the market's programs report, the same on every chain (packages/protocol/SPEC.md, "Events"). Integers are exact; owners and
 * recipients are 32 bytes in 0x hex (an EVM address in the last 20).
 */
export type MarketEvent =
  | { readonly type: "Deposited"; readonly owner: string; readonly amount: bigint }
  | { readonly type: "Withdrawn"; readonly owner: string; readonly amount: bigint }
  | {
      readonly type: "PerpTraded";
      readonly owner: string;
      readonly isLong: boolean;
      readonly size: bigint;
      readonly price: bigint;
      readonly fee: bigint;
      readonly pnl: bigint;
    }
  | {
      readonly type: "OptionTraded";
      readonly owner: string;
      readonly expiry: bigint;
      readonly strike: bigint;
      readonly isCall: boolean;
      readonly isBuy: boolean;
      readonly size: bigint;
      readonly premium: bigint;
      readonly fee: bigint;
    }
  | {
      readonly type: "OptionSettled";
      readonly owner: string;
      readonly expiry: bigint;
      readonly strike: bigint;
      readonly isCall: boolean;
      readonly isLong: boolean;
      readonly size: bigint;
      readonly payout: bigint;
    }
  | {
      readonly type: "Liquidated";
      readonly owner: string;
      readonly liquidator: string;
      readonly equity: bigint;
      readonly reward: bigint;
      readonly badDebt: bigint;
    }
  | {
      readonly type: "OracleUpdated";
      readonly price: bigint;
      readonly confidence: bigint;
      readonly time: bigint;
    }
  | { readonly type: "PacketSent"; readonly packet: string; readonly sequence: bigint }
  | { readonly type: "PacketReceived"; readonly packet: string; readonly sequence: bigint }
  | { readonly type: "PacketRefunded"; readonly packet: string; readonly sequence: bigint }
  | { readonly type: "PoolFunded"; readonly owner: string; readonly amount: bigint };

/** An event with its place in the chain. */
export interface PlacedEvent {
  /** The chain's own identifier of the transaction. */
  readonly transaction: string;
  /** Position among the block's market events. */
  readonly index: number;
  readonly event: MarketEvent;
}
