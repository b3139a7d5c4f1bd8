import { AGE_MAX, SKEW_MAX } from "./market-limits.ts";

/** Whether a market accepts what its oracle account says, at `now`: fresh and certain enough (packages/protocol/SPEC.md, section 4). */
export function isUsablePrice(
  oracle: { readonly price: bigint; readonly confidence: bigint; readonly priceTime: bigint },
  now: bigint,
): boolean {
  const { price, confidence, priceTime } = oracle;
  const isFresh = priceTime + AGE_MAX >= now && priceTime <= now + SKEW_MAX;
  return isFresh && confidence <= price / 50n;
}
