import type { ChainAdapters } from "./market/chain-adapters.ts";
import type { IndexView } from "./market/index-view.ts";
import type { NoticeHub } from "./market/notice-hub.ts";
import type { World } from "./world/world.ts";

/** What is the same for all operations. */
export interface GatewayParts {
  readonly world: World;
  readonly chains: ChainAdapters;
  readonly hub: NoticeHub;
}

/** What resolvers find in their context. */
export interface GatewayContext extends GatewayParts {
  /** Of this operation. */
  readonly view: IndexView;
}
