import { LiteSVM, TransactionMetadata } from "@dragoman/sdk-solana/lite-svm";
import type { Contender, Loaded } from "../contender.ts";
import type { WireAnswer, WireWorkload } from "../workload/svm-wire.ts";
import { OURS } from "./name.ts";

/** This machine behind litesvm's interface: whole transactions from their wire bytes. */
export async function openOurWire(): Promise<Contender<WireWorkload, WireAnswer>> {
  await LiteSVM.loadDefaultPrograms();
  return { ...OURS, load: async (workload) => loadWire(workload), close: async () => {} };
}

function loadWire(workload: WireWorkload): Loaded<WireAnswer> {
  const { wires, accounts, verifiesSignatures, batch, isTogether } = workload;
  const svm = new LiteSVM()
    .withSigverify(verifiesSignatures)
    .withBlockhashCheck(false)
    .withTransactionHistory(0n);
  for (const { address, owner, lamports, data } of accounts) {
    const account = { address, programAddress: owner, lamports, data, executable: false };
    svm.setAccount({ ...account, space: BigInt(data.length) });
  }
  const begin = svm.snapshot();
  let turn = 0;
  const next = (): Uint8Array => wires[turn++ % wires.length]!;
  return {
    once: async () => {
      const start = performance.now();
      if (isTogether) await svm.sendTransactions(Array.from({ length: batch }, next));
      else for (let left = batch; left > 0; left--) svm.sendTransaction(next());
      const ms = (performance.now() - start) / batch;
      svm.revert(begin);
      return ms;
    },
    answer: async () => {
      const sent = svm.sendTransaction(wires[0]);
      const meta = sent instanceof TransactionMetadata ? sent : sent.meta();
      const after = accounts.map(({ address }) => {
        const account = svm.getAccount(address);
        if (!account.exists) return "none";
        return `${account.lamports} ${Buffer.from(account.data).toString("hex")}`;
      });
      svm.revert(begin);
      return {
        isOk: sent instanceof TransactionMetadata,
        computeUnits: meta.computeUnitsConsumed(),
        ...{ logs: meta.logs(), accounts: after },
      };
    },
  };
}
