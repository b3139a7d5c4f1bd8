/** The Aptos REST interface and faucet over a ledger. */
export { faucetAddress } from "./faucet.ts";
export { type AptosRpcOptions, startAptosRpc } from "./start-aptos-rpc.ts";
