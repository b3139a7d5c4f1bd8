import { FaultError } from "@dragoman/fault";
import {
  developerMethods,
  RPC_ERROR,
  RpcError,
  type RpcMethod,
  type RpcMethods,
  type RpcServer,
  startRpcServer,
} from "@dragoman/rpc-server";
import { accountMethods } from "./account-methods.ts";
import { decreeMethods } from "./decree-methods.ts";
import { historyMethods } from "./history-methods.ts";
import type { SolanaNode } from "./node.ts";
import { nodeMethods } from "./node-methods.ts";
import { sampleMethods } from "./sample-methods.ts";
import { sendMethods } from "./send-methods.ts";
import { simulateMethod } from "./simulate-transaction.ts";
import { subscriptionMethods } from "./subscription-methods.ts";
import { tokenMethods } from "./token-methods.ts";

export interface SolanaRpcOptions extends SolanaNode {
  /** Default: 127.0.0.1. */
  readonly host?: string;
  /** WebSockets are taken here and on the next port. 0 = any free pair; default: 0. */
  readonly port?: number;
  /** Hears of unexpected errors; default: standard error. */
  readonly log?: (line: string) => void;
}

/** All methods of a node. */
export function solanaMethods(node: SolanaNode): RpcMethods {
  const own: Record<string, RpcMethod> = {
    ...nodeMethods(node),
    ...sampleMethods(node),
    ...accountMethods(node),
    ...tokenMethods(node),
    ...sendMethods(node),
    simulateTransaction: simulateMethod(node),
    ...historyMethods(node),
    ...subscriptionMethods(node),
    ...decreeMethods(node),
    // Heartbeat of web3.js's WebSocket.
    ping: () => "pong",
  };
  return new Map([...Object.entries(own), ...developerMethods(node)]);
}

/** Starts Solana's JSON-RPC over a ledger. Rejects with the error of Node if an address cannot be bound. */
export function startSolanaRpc(options: SolanaRpcOptions): Promise<RpcServer> {
  const { host, port = 0, log } = options;
  return startRpcServer({
    port,
    ...(host === undefined ? {} : { host }),
    ...(log === undefined ? {} : { log }),
    methods: solanaMethods(options),
    wsOnNextPort: true,
    explain: (error) =>
      error instanceof FaultError
        ? new RpcError(RPC_ERROR.INVALID_PARAMS, error.fault.message)
        : undefined,
    rest: ({ method, path }) =>
      method === "GET" && path === "/health" ? { status: 200, body: "ok" } : undefined,
  });
}
