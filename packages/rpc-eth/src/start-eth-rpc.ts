import type { JsonRpcClient } from "@dragoman/fork-evm";
import type { BlockProducer, LedgerClock } from "@dragoman/ledger";
import type { EvmBlock, EvmLedger } from "@dragoman/ledger-evm";
import { developerMethods, type RpcServer, startRpcServer } from "@dragoman/rpc-server";
import { explainFault } from "./explain-failure.ts";
import { forkedMethods } from "./fork/forked-methods.ts";
import { chainMethods } from "./methods/chain-methods.ts";
import { eventMethods } from "./methods/event-methods.ts";
import { feeMethods } from "./methods/fee-methods.ts";
import { sendMethods } from "./methods/send-methods.ts";
import { simulateMethods } from "./methods/simulate-methods.ts";
import { stateMethods } from "./methods/state-methods.ts";
import { testMethods } from "./methods/test-methods.ts";
import { traceMethods } from "./methods/trace-methods.ts";

export interface EthRpcOptions {
  readonly ledger: EvmLedger;
  readonly producer: BlockProducer<EvmBlock>;
  /** May be shared with other ledgers: time moves on all of them. */
  readonly clock: LedgerClock;
  /** Accounts from which `eth_sendTransaction` sends without a signature; default: none. */
  readonly unlocked?: readonly Uint8Array[];
  /** The node of the chain that the ledger goes on from: it answers what lies below the fork. */
  readonly upstream?: JsonRpcClient | undefined;
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** Default: any free one. */
  readonly port?: number;
  /** Hears of unexpected errors; default: standard error. */
  readonly log?: (line: string) => void;
}

/** Serves Ethereum's JSON-RPC over a ledger, by HTTP and WebSocket on one port. */
export function startEthRpc(options: EthRpcOptions): Promise<RpcServer> {
  const { ledger, producer, clock, host, port = 0, log } = options;
  const { unlocked = [], upstream } = options;
  const own = {
    ...chainMethods(ledger),
    ...stateMethods(ledger, producer),
    ...sendMethods(ledger, producer, unlocked),
    ...simulateMethods(ledger),
    ...traceMethods(ledger),
    ...feeMethods(ledger),
    ...eventMethods(ledger),
    ...testMethods({ ledger, producer, clock }),
  };
  const all = upstream === undefined ? own : forkedMethods(own, { ledger, client: upstream });
  const methods = new Map([
    ...developerMethods({ ledger, producer, clock }),
    ...Object.entries(all),
  ]);
  return startRpcServer({
    methods,
    explain: explainFault,
    port,
    ...(host === undefined ? {} : { host }),
    ...(log === undefined ? {} : { log }),
  });
}
