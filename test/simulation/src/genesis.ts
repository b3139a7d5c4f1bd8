import { encodeHex } from "@dragoman/bytes";
import { MarketModel, ONE } from "@dragoman/quant";
import type { SeededRandom } from "./seeded-random.ts";

export const USD = 1_000_000n;
export const UNIT = 1_000_000n;

/** Start of every simulated world. Seconds since 1970-01-01. */
export const GENESIS_TIME = 1_700_000_000;

/** The users, the same on every chain. */
export const USERS: readonly string[] = Array.from({ length: 3 }, (_, i) =>
  encodeHex(new Uint8Array(32).fill(i + 1)),
);

/** What a market takes for attested. */
export type IsAttested = (digest: Uint8Array, signatures: readonly Uint8Array[]) => boolean;

/** A market in which some users have positions. */
export function genesisMarket(
  domain: number,
  isAttested: IsAttested,
  random: SeededRandom,
): MarketModel {
  const market = new MarketModel((ONE * 8n) / 10n, { domain, isAttested });
  const now = BigInt(GENESIS_TIME);
  market.fundPool("treasury", 10_000_000n * USD);
  market.publishPrice(3000n * USD, USD, now, now);
  for (const user of USERS) {
    market.deposit(user, 5000n * USD);
    const kind = random.below(4);
    if (kind % 2 === 1) {
      const isLong = random.chance(0.5);
      market.tradePerp(user, isLong, UNIT, isLong ? 1n << 50n : 0n, now);
    }
    if (kind >= 2) {
      const series = { expiry: now + 86_400n, strike: 3000n * USD, isCall: random.chance(0.5) };
      market.tradeOption(user, series, true, UNIT, 1n << 50n, now);
    }
  }
  return market;
}

/** The same market without its memory of what it has received. */
export class ForgetfulMarket extends MarketModel {
  override received(): boolean {
    return false;
  }

  override clone(): MarketModel {
    return Object.setPrototypeOf(super.clone(), ForgetfulMarket.prototype);
  }
}
