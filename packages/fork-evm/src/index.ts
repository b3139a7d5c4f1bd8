/** The state of another Ethereum chain's block, read from its node while a program runs. */
export {
  JsonRpcClient,
  NodeRefusal,
  PATIENCE,
  type Patience,
  type Question,
} from "./json-rpc-client.ts";
export { type ForkOptions, type OpenedFork, openFork } from "./open-fork.ts";
