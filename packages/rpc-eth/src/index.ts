/** Ethereum JSON-RPC over a ledger. */
export { type EthRpcOptions, startEthRpc } from "./start-eth-rpc.ts";
