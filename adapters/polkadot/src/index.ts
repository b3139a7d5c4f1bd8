/** A Polkadot chain with the Revive pallet through @polkadot/api. */
export {
  type DeployMarketOptions,
  deployMarket,
  type FundAccountOptions,
  fundAccount,
} from "./deploy-market.ts";
export { createPolkadotAdapter, type PolkadotAdapterOptions } from "./polkadot-adapter.ts";
export type { PolkadotDeployment } from "./polkadot-deployment.ts";
