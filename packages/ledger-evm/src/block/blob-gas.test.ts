import { scheduleOf } from "@dragoman/frontend-evm";
import { createBlockHeader } from "@ethereumjs/block";
import { Common, Hardfork, Mainnet } from "@ethereumjs/common";
import fc from "fast-check";
import { expect, test } from "vitest";
import { BLOB_GAS, blobBaseFee, nextExcessBlobGas } from "./blob-gas.ts";

const FORKS = [
  ["cancun", Hardfork.Cancun],
  ["prague", Hardfork.Prague],
  ["osaka", Hardfork.Osaka],
] as const;

test.each([
  // Where e^(excess / 3338477) passes an integer.
  [0n, 1n],
  [2_314_057n, 1n],
  [2_314_058n, 2n],
  [10n * 1024n * 1024n, 23n],
])("in Cancun an excess of %d blob gas makes a blob base fee of %d wei", (excess, fee) => {
  expect(blobBaseFee(scheduleOf("cancun").rules, excess)).toBe(fee);
});

test.each(FORKS)("in %s fee and next excess are those of @ethereumjs/block", (fork, hardfork) => {
  const { rules } = scheduleOf(fork);
  const common = new Common({ chain: Mainnet, hardfork });
  const header = fc.record({
    excess: fc.integer({ min: 0, max: 60_000_000 }),
    blobs: fc.integer({ min: 0, max: rules.blobMax }),
    baseFee: fc.bigInt({ min: 7n, max: 10n ** 12n }),
  });
  fc.assert(
    fc.property(header, ({ excess, blobs, baseFee }) => {
      const parent = {
        excessBlobGas: BigInt(excess),
        blobGasUsed: BigInt(blobs) * BLOB_GAS,
        baseFee,
      };
      const peer = createBlockHeader(
        { ...parent, baseFeePerGas: baseFee, number: 1 },
        { common, skipConsensusFormatValidation: true },
      );
      expect(blobBaseFee(rules, parent.excessBlobGas)).toBe(peer.getBlobGasPrice());
      expect(nextExcessBlobGas(rules, parent)).toBe(peer.calcNextExcessBlobGas(peer.common));
    }),
    { numRuns: 200 },
  );
});
