import { expect, test } from "vitest";
import { Random } from "../evm/random.ts";
import { VOLATILITY } from "./market-under-test.ts";
import { MachineChain } from "./svm-chain.ts";
import { SvmMarket, svmOwner } from "./svm-market.ts";
import { PeerChain } from "./svm-peer.ts";
import { randomAction, SVM_NEWCOMER, SVM_OWNERS } from "./svm-random-action.ts";

const STEPS = 60;

test.each([
  ["interpret", 1],
  ["compile", 2],
  ["compile", 3],
] as const)(
  "%s, seed %i: agave runs the market with the same logs, units and states",
  (tier, seed) => {
    const random = new Random(seed);
    const ours = new SvmMarket(new MachineChain(tier), SVM_OWNERS, VOLATILITY);
    const peer = new SvmMarket(new PeerChain(), SVM_OWNERS, VOLATILITY);
    const sent: string[] = [];
    const world = { now: 1_000_000n, price: 3_000_000_000n, sent, imported: 0 };
    for (let i = 0; i < STEPS; i++) {
      world.now += BigInt(random.below(400));
      const action = randomAction(random, i, world);
      const sender = svmOwner(random.below(SVM_OWNERS));
      const end = ours.act(action, sender, world.now);
      expect(peer.act(action, sender, world.now)).toEqual(end);
      expect(ours.logs).toEqual(peer.logs);
      expect(ours.state()).toEqual(peer.state());
      expect(ours.tokens()).toEqual(peer.tokens());
      for (const owner of [sender, SVM_NEWCOMER]) {
        expect(ours.account(owner)).toEqual(peer.account(owner));
      }
      if (end.error !== 0 || !("event" in end)) continue;
      if (end.event.type === "PacketSent") sent.push(end.event.packet);
      if (action.type === "publishPrice") world.price = action.price;
    }
  },
  60_000,
);
