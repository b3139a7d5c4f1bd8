/** An Ethereum chain through viem. */
export {
  type DeployMarketOptions,
  deployMarket,
  type FundAccountOptions,
  fundAccount,
} from "./deploy-market.ts";
export { createEvmAdapter, type EvmAdapterOptions } from "./evm-adapter.ts";
export type { EvmDeployment } from "./evm-deployment.ts";
