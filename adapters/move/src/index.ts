/** An Aptos chain through ts-sdk. */
export { createMoveAdapter, type MoveAdapterOptions } from "./create-move-adapter.ts";
export {
  type DeployOptions,
  deployMarket,
  type FundOptions,
  fundAccount,
} from "./deploy-market.ts";
export type { MoveDeployment } from "./move-deployment.ts";
