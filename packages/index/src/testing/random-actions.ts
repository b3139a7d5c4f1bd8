import type { MarketAction } from "@dragoman/chain";
import fc from "fast-check";
import type { MemoryAction } from "./memory-chain.ts";

const USD = 1_000_000n;
const UNIT = 1_000_000n;

/** Some owners, as the market knows them. */
export const OWNERS: readonly string[] = ["0a", "0b", "0c", "0d"].map(
  (byte) => `0x${byte.repeat(32)}`,
);

const owner = fc.constantFrom(...OWNERS);
const amount = fc.bigInt({ min: 1n, max: 2000n * USD });
const size = fc.bigInt({ min: 1n, max: UNIT });
const limitOf = (isBuy: boolean): bigint => (isBuy ? (1n << 40n) - 1n : 0n);
const rare = <T>(arbitrary: fc.Arbitrary<T>) => ({ weight: 1, arbitrary });
const often = <T>(arbitrary: fc.Arbitrary<T>) => ({ weight: 4, arbitrary });

/** An action that the market may accept; of a packet, its number among those that were sent. */
export type ActionPlan =
  | { readonly sender: string; readonly action: MarketAction }
  | {
      readonly sender: string;
      readonly packet: number;
      readonly type: "importPacket" | "refundPacket";
    }
  | { readonly sender: string; readonly price: bigint };

const plan = fc.oneof(
  often(amount.map((value) => ({ action: { type: "deposit", amount: value } as const }))),
  rare(amount.map((value) => ({ action: { type: "withdraw", amount: value } as const }))),
  often(
    fc.record({ isLong: fc.boolean(), size }).map((trade) => ({
      action: { type: "tradePerp", ...trade, limit: limitOf(trade.isLong) } as const,
    })),
  ),
  often(
    fc
      .record({
        expiry: fc.constantFrom(1_000_900n, 1_003_000n, 1_100_000n),
        strike: fc.constantFrom(2500n * USD, 3000n * USD),
        isCall: fc.boolean(),
        isBuy: fc.boolean(),
        size,
      })
      .map((trade) => ({
        action: { type: "tradeOption", ...trade, limit: limitOf(trade.isBuy) } as const,
      })),
  ),
  often(
    fc.record({ what: fc.nat(3), collateral: amount, recipient: owner }).map((order) => ({
      action: { type: "exportPosition", destination: 0, timeout: 1n << 40n, ...order } as const,
    })),
  ),
  rare(
    fc
      .record({ owner, slot: fc.nat(3) })
      .map((target) => ({ action: { type: "settleOption", ...target } as const })),
  ),
  rare(owner.map((target) => ({ action: { type: "liquidate", owner: target } as const }))),
  rare(fc.bigInt({ min: 2000n * USD, max: 4500n * USD }).map((price) => ({ price }))),
  often(
    fc.record({
      packet: fc.nat(7),
      type: fc.constantFrom(
        "importPacket" as const,
        "importPacket" as const,
        "refundPacket" as const,
      ),
    }),
  ),
);

export const actionPlans: fc.Arbitrary<ActionPlan[]> = fc.array(
  fc.tuple(owner, plan).map(([sender, rest]) => ({ sender, ...rest })),
  { maxLength: 6 },
);

/** The action of a plan for the market of `domain` (1 or 2) at `now`; undefined for a packet that was not sent. */
export function actionOf(
  plan: ActionPlan,
  domain: number,
  sent: readonly string[],
  now: number,
): MemoryAction | undefined {
  const { sender } = plan;
  if ("price" in plan) {
    const time = BigInt(now);
    return { sender, action: { type: "publishPrice", price: plan.price, confidence: USD, time } };
  }
  if ("packet" in plan) {
    const packet = sent[plan.packet];
    return packet === undefined
      ? undefined
      : { sender, action: { type: plan.type, packet, signatures: [] } };
  }
  const { action } = plan;
  return action.type === "exportPosition"
    ? { sender, action: { ...action, destination: 3 - domain } }
    : plan;
}

/** What a market needs before anything can be traded: a pool, a price and collateral. */
export const openingActions = (now: number): MemoryAction[] => [
  { sender: OWNERS[0]!, action: { type: "fundPool", amount: 1_000_000n * USD } },
  {
    sender: OWNERS[0]!,
    action: { type: "publishPrice", price: 3000n * USD, confidence: USD, time: BigInt(now) },
  },
  ...OWNERS.map((sender) => ({
    sender,
    action: { type: "deposit", amount: 3000n * USD } as const,
  })),
];
