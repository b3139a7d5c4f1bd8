/** A node for tests of packages that talk to one. */
export { startTestNode, type TestNode, type TestNodeOptions } from "./start-node.ts";
