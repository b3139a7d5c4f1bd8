/** Engines that act by themselves. */
export { findTasks } from "./find-tasks.ts";
export { KeeperLoop } from "./keeper-loop.ts";
export { type KeeperTask, Liquidator, type LiquidatorOptions } from "./liquidator.ts";
export { PricePath } from "./price-path.ts";
export {
  PricePublisher,
  type PricePublisherOptions,
  type PublisherChain,
} from "./price-publisher.ts";
