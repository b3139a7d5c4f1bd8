import { decodeHex } from "@dragoman/bytes";
import { expect, test } from "vitest";
import { DEPLOYER, Deployment } from "./deployment.ts";
import { HOW_TO_GET, missingPackages } from "./packages.ts";
import { PROTOCOLS } from "./protocols.ts";
import { openAnvilNode, openOurNode } from "./twin-nodes.ts";

// Every transaction must leave the same status, gas and logs on both nodes, or the deployment throws.
test.each(PROTOCOLS)(
  "$name is deployed and works alike on our node and on anvil",
  async (protocol) => {
    const missing = missingPackages(protocol.packages);
    if (missing.length > 0) return console.log(`${protocol.name}: no ${missing}; ${HOW_TO_GET}`);
    const ours = await openOurNode(decodeHex(DEPLOYER.address));
    const anvil = await openAnvilNode(DEPLOYER.address);
    if (anvil === undefined) console.log(`${protocol.name}: no anvil, our node runs alone`);
    const nodes = anvil === undefined ? [ours] : [ours, anvil];
    try {
      const deployment = new Deployment(nodes);
      const hot = await protocol.deploy(deployment);
      const answer = await deployment.call(hot);
      for (let turn = 0; turn < 2; turn++) await deployment.transact(protocol.name, hot);
      expect(answer).toMatch(/^0x/);
      expect(ours.ledger.blocks.head.header.gasUsed).toBeGreaterThan(90_000n);
      expect(ours.ledger.blocks.head.height).toBe(deployment.count);
    } finally {
      for (const node of nodes) await node.stop();
    }
  },
  120_000,
);
