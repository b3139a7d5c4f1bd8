import { startAptosNode } from "./nodes/aptos-node.ts";
import { startEvmNode } from "./nodes/evm-node.ts";
import { startPolkadotNode } from "./nodes/polkadot-node.ts";
import { startSolanaNode } from "./nodes/solana-node.ts";

/** Four chains with their native RPC and the market on each; and the whole system around them. */
export type { DevChain, DevNode, DevNodeOptions, Endpoint, MarketTerms } from "./dev-chain.ts";
export { attesterSecrets, DEVNET_ROLES, type DevnetRole, devnetSecret } from "./secrets.ts";
export { type Devnet, type DevnetOptions, startDevnet } from "./start-devnet.ts";
export { type Stack, type StackOptions, startStack } from "./start-stack.ts";
export { welcomeQuery } from "./welcome-query.ts";

/** The nodes of the devnet, in the order of their domains. */
export const STARTERS = [startEvmNode, startSolanaNode, startAptosNode, startPolkadotNode] as const;
export { startAptosNode, startEvmNode, startPolkadotNode, startSolanaNode };
