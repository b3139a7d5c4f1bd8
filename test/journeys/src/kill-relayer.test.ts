import { expect, test } from "vitest";
import { killRelayer } from "./kill-relayer.ts";

test("transfers end exactly once while the relayer is killed again and again", async () => {
  const report = await killRelayer({ transfers: 4, kills: 4, seed: 1, log: () => undefined });
  expect(report).toEqual({ transfers: 4, kills: 4, executed: 4, refunded: 0, violations: [] });
}, 300_000);
