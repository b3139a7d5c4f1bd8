import type { SvmPair } from "../transactions/svm-pair.ts";
import { lightAccounts, lightElfs } from "./light-package.ts";

/** Puts the programs of ZK Compression and their accounts on both chains. */
export function openLight(pair: SvmPair): void {
  for (const [address, elf] of lightElfs()) pair.addProgram(address, elf);
  for (const { address, lamports, owner, data } of lightAccounts()) {
    pair.setAccount({
      ...{ address, lamports, data, executable: false },
      ...{ programAddress: owner, space: BigInt(data.length) },
    });
  }
}
