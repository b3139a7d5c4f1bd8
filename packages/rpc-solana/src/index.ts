/** Solana JSON-RPC and subscriptions over a ledger. */
export { SOLANA_CORE_VERSION } from "./commitment.ts";
export type { SolanaNode } from "./node.ts";
export { SOLANA_ERROR } from "./solana-error.ts";
export { type SolanaRpcOptions, solanaMethods, startSolanaRpc } from "./start-solana-rpc.ts";
