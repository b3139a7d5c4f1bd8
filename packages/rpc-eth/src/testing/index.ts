/** A node for tests. */
export {
  GENESIS_TIME,
  startTestNode,
  type TestNode,
  type TestNodeOptions,
} from "./start-test-node.ts";
