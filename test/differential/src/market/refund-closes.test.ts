import { decodeHex, encodeHex } from "@dragoman/bytes";
import type { MarketAction, MarketEvent } from "@dragoman/chain";
import { attestationDigest, packetId } from "@dragoman/protocol";
import { expect, test } from "vitest";
import { ATTESTERS } from "./attestation.ts";
import { EvmMarket } from "./evm-market.ts";
import { type MarketUnderTest, OWNERS, ownerAt, PUBLISHER } from "./market-under-test.ts";
import { ModelMarket } from "./model-market.ts";
import { MoveMarket } from "./move-market.ts";
import { MachineChain } from "./svm-chain.ts";
import { SvmMarket } from "./svm-market.ts";

const USD = 1_000_000n;
const UNIT = 1_000_000n;
const ANY = (1n << 60n) - 1n;
const [OWNER] = OWNERS as [string];

/** The model and the three programs, doing the same. */
class AllMarkets {
  readonly model = new ModelMarket(1);
  readonly programs: readonly MarketUnderTest[] = [
    new EvmMarket("interpret", 1),
    new MoveMarket("interpret", 1),
    new SvmMarket(new MachineChain("interpret"), 1),
  ];
  now = 1000n;

  /** Does an action that succeeds, alike everywhere; its event. */
  act(action: MarketAction, sender: string = OWNER): MarketEvent {
    const expected = this.model.act(action, sender, this.now);
    for (const program of this.programs) {
      expect(program.act(action, sender, this.now)).toEqual(expected);
      expect(program.account(OWNER)).toEqual(this.model.account(OWNER));
      expect(program.state()).toEqual(this.model.state());
    }
    if (!("events" in expected)) throw new Error(`${action.type} ended with ${expected.error}`);
    return expected.events[0]!;
  }

  begin(): void {
    this.act({ type: "fundPool", amount: 100_000n * USD });
    this.act({ type: "deposit", amount: 5000n * USD });
    this.publish(3000n * USD);
  }

  publish(price: bigint): void {
    this.act({ type: "publishPrice", price, confidence: 0n, time: this.now }, PUBLISHER);
  }

  /** Sends a position away with 100 USD; the packet's bytes. */
  send(what: number): string {
    const event = this.act({
      type: "exportPosition",
      destination: 2,
      recipient: ownerAt(7),
      what,
      collateral: 100n * USD,
      timeout: this.now + 5n,
    });
    if (event.type !== "PacketSent") throw new Error(event.type);
    return event.packet;
  }

  refund(packet: string): void {
    const digest = attestationDigest("refund", packetId(decodeHex(packet)));
    const signatures = ATTESTERS.map((key) => encodeHex(key.sign(digest)));
    this.act({ type: "refundPacket", packet, signatures });
  }

  collateral(): bigint {
    return this.model.account(OWNER).collateral;
  }
}

test.each([
  ["gains", 3100n, 200n],
  ["loses", 2950n, 50n],
])("a perpetual that comes back to another one %s what the price says", (_, price, change) => {
  const all = new AllMarkets();
  all.begin();
  all.act({ type: "tradePerp", isLong: true, size: UNIT, limit: ANY });
  const packet = all.send(1);
  all.act({ type: "tradePerp", isLong: false, size: 2n * UNIT, limit: 0n });
  all.now += 10n;
  all.publish(price * USD);
  const before = all.collateral();
  all.refund(packet);
  // 100 USD came along; one unit was entered at 3000.
  expect(all.collateral() - before).toBe(change * USD);
  expect(all.model.account(OWNER).perp).toEqual({
    isLong: false,
    size: 2n * UNIT,
    entry: 3000n * USD,
  });
});

test("an option that comes back to four others is paid at its value", () => {
  const all = new AllMarkets();
  all.begin();
  const buy = (strike: bigint): void => {
    const terms = { expiry: 100_000n, strike: strike * USD, isCall: true, isBuy: true };
    all.act({ type: "tradeOption", ...terms, size: UNIT, limit: ANY });
  };
  buy(3000n);
  const packet = all.send(2);
  for (const strike of [3100n, 3200n, 3300n, 3400n]) buy(strike);
  all.now = 100_000n;
  all.publish(3250n * USD);
  const before = all.collateral();
  all.refund(packet);
  // At the expiry a call of 3000 is worth 250 at 3250; 100 USD came along.
  expect(all.collateral() - before).toBe(350n * USD);
  expect(all.model.account(OWNER).options).toHaveLength(4);
});

test("a perpetual and an option come back to the places that they left", () => {
  const all = new AllMarkets();
  all.begin();
  all.act({ type: "tradePerp", isLong: true, size: UNIT, limit: ANY });
  const terms = { expiry: 100_000n, strike: 3000n * USD, isCall: false, isBuy: true };
  all.act({ type: "tradeOption", ...terms, size: UNIT, limit: ANY });
  const before = all.model.account(OWNER);
  const packets = [all.send(1), all.send(2)];
  all.now += 10n;
  for (const packet of packets) all.refund(packet);
  expect(all.model.account(OWNER)).toEqual(before);
});
