import { type ForkName, scheduleOf } from "@dragoman/frontend-evm";
import { BLOB_GAS, blobBaseFee, nextExcessBlobGas } from "@dragoman/ledger-evm";
import { createBlockHeader } from "@ethereumjs/block";
import { Common, Mainnet } from "@ethereumjs/common";
import { expect, test } from "vitest";
import { Random } from "../evm/random.ts";

const headerOf = (hardfork: ForkName, fields: Record<string, bigint>) =>
  createBlockHeader({ number: 1, ...fields }, { common: new Common({ chain: Mainnet, hardfork }) });

test.each<ForkName>(["cancun", "prague", "osaka"])(
  "blob base fee and next excess are those of @ethereumjs/block in %s",
  (fork) => {
    const random = new Random(7918);
    const { rules } = scheduleOf(fork);
    for (let i = 0; i < 300; i++) {
      const excessBlobGas = BigInt(random.below(random.pick([1, 2 ** 20, 2 ** 24, 2 ** 28])));
      const blobGasUsed = BLOB_GAS * BigInt(random.below(rules.blobMax + 1));
      const baseFeePerGas = BigInt(random.below(random.pick([10, 10 ** 6, 10 ** 9])));
      const header = headerOf(fork, { excessBlobGas, blobGasUsed, baseFeePerGas });
      const usage = { excessBlobGas, blobGasUsed, baseFee: baseFeePerGas };
      expect(blobBaseFee(rules, excessBlobGas)).toBe(header.getBlobGasPrice());
      expect(nextExcessBlobGas(rules, usage)).toBe(header.calcNextExcessBlobGas(header.common));
    }
  },
);
