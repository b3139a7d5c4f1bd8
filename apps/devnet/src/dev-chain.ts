import type { ChainAdapter, ChainFamily, ChainSigner } from "@dragoman/chain";
import type {
  BlockChain,
  BlockMode,
  BlockProducer,
  Ledger,
  LedgerBlock,
  LedgerClock,
} from "@dragoman/ledger";
import type { DevnetRole } from "./secrets.ts";

/** Where a chain of the devnet answers. */
export interface Endpoint {
  readonly name: string;
  readonly url: string;
}

/** What the devnet asks of a ledger, whatever its blocks hold. */
export interface DevLedger
  extends Pick<
    Ledger<LedgerBlock>,
    "produce" | "reorganise" | "snapshot" | "restore" | "apply" | "onInput"
  > {
  readonly blocks: Pick<BlockChain<LedgerBlock>, "head" | "at">;
}

/** A chain's node: ledger, blocks, native RPC; no market yet. */
export interface DevNode {
  readonly family: ChainFamily;
  /** Name for people. */
  readonly name: string;
  /** The chain's number in packets. */
  readonly domain: number;
  readonly ledger: DevLedger;
  readonly producer: Pick<BlockProducer<LedgerBlock>, "setMode" | "stop">;
  /** How the chain makes blocks when nobody says otherwise. */
  readonly blocks: BlockMode;
  /** What clients connect to. */
  readonly rpcUrl: string;
  readonly endpoints: readonly Endpoint[];
  /** Address of a role as the chain writes it. */
  addressOf(role: DevnetRole): string;
  signerOf(role: DevnetRole): ChainSigner;
  /** Puts the market on the chain; the treasury deploys. The result is plain JSON. */
  deploy(terms: MarketTerms): Promise<unknown>;
  /** Sends native coin and collateral from the treasury. */
  fund(deployment: unknown, to: string, native: bigint, collateral: bigint): Promise<void>;
  /** What a new account gets to pay fees with, in the chain's smallest unit. */
  readonly feeAllowance: bigint;
  connect(deployment: unknown): Promise<ChainAdapter>;
  close(): Promise<void>;
}

export interface MarketTerms {
  /** Addresses of attesters, 20 bytes, ascending. */
  readonly attesters: readonly Uint8Array[];
  readonly threshold: number;
  /** Annual, Q32. */
  readonly volatility: bigint;
  /** Collateral tokens that the treasury gets, 1e-6. */
  readonly supply: bigint;
}

/** How nodes are started. */
export interface DevNodeOptions {
  readonly clock: LedgerClock;
  readonly host: string;
  /** Ports of the native RPCs; 0 or absent = any. */
  readonly ports: Partial<Record<ChainFamily, number>>;
  readonly log: (line: string) => void;
}

/** A chain with its market. */
export interface DevChain {
  readonly node: DevNode;
  readonly adapter: ChainAdapter;
  readonly deployment: unknown;
}
