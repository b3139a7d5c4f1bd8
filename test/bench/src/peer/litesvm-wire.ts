import type { Absent, Contender, Loaded } from "../contender.ts";
import type { WireAnswer, WireWorkload } from "../workload/svm-wire.ts";
import { installedVersion } from "./installed.ts";

/** litesvm given the same wire bytes below its TypeScript half, which would encode them anew each time. */
export async function openLitesvmWire(): Promise<Contender<WireWorkload, WireAnswer> | Absent> {
  const version = installedVersion("litesvm");
  if (version === undefined) return { name: "litesvm", absent: "the package is not installed" };
  try {
    await import("litesvm");
  } catch (error) {
    return { name: "litesvm", absent: `its addon does not load (${(error as Error).message})` };
  }
  return { name: "litesvm", version, load, close: async () => {} };
}

async function load(workload: WireWorkload): Promise<Loaded<WireAnswer>> {
  const { LiteSVM, FailedTransactionMetadata } = await import("litesvm");
  const { wires, accounts, verifiesSignatures, batch } = workload;
  const svm = new LiteSVM()
    .withSigverify(verifiesSignatures)
    .withBlockhashCheck(false)
    .withTransactionHistory(0n);
  const install = (): void => {
    for (const { address, owner, lamports, data } of accounts) {
      const account = { address, programAddress: owner, lamports, data, executable: false };
      svm.setAccount({ ...account, space: BigInt(data.length) } as never);
    }
  };
  const { inner } = svm as unknown as { inner: { sendLegacyTransaction(wire: Uint8Array): Sent } };
  type Meta = { computeUnitsConsumed(): bigint; logs(): string[] };
  type Sent = Meta | InstanceType<typeof FailedTransactionMetadata>;
  install();
  let turn = 0;
  return {
    once: () => {
      const start = performance.now();
      for (let left = batch; left > 0; left--)
        inner.sendLegacyTransaction(wires[turn++ % wires.length]!);
      const ms = (performance.now() - start) / batch;
      install();
      return ms;
    },
    answer: async () => {
      const sent = inner.sendLegacyTransaction(wires[0]);
      const isOk = !(sent instanceof FailedTransactionMetadata);
      const meta = sent instanceof FailedTransactionMetadata ? sent.meta() : sent;
      const after = accounts.map(({ address }) => {
        const account = svm.getAccount(address as never);
        if (!account.exists) return "none";
        return `${account.lamports} ${Buffer.from(account.data).toString("hex")}`;
      });
      install();
      return {
        ...{ isOk, computeUnits: meta.computeUnitsConsumed(), logs: meta.logs() },
        accounts: after,
      };
    },
  };
}
