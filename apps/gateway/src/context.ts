import type { ChainAdapters } from "./market/chain-adapters.ts";
import type { World } from "./world/world.ts";

/** What resolvers find in their context. */
export interface GatewayContext {
  readonly world: World;
  readonly chains: ChainAdapters;
}
