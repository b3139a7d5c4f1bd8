import { expect, test } from "vitest";
import { fuzzMarket } from "./fuzz-market.ts";
import { SvmMarket } from "./svm-market.ts";
import { PairedChain } from "./svm-peer.ts";

test("agave runs the market in C with the logs, units, errors and accounts that our machine gives", () => {
  const report = fuzzMarket({ count: 3, seed: 1 }, [
    ["agave", (tier, domain) => new SvmMarket(new PairedChain(tier), domain)],
  ]);
  expect(report.mismatches).toEqual([]);
}, 120_000);
