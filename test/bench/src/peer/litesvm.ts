import type { Absent, Contender, Loaded } from "../contender.ts";
import type { SvmAnswer, SvmWorkload } from "../workload/svm.ts";
import { installedVersion } from "./installed.ts";

/** litesvm (agave with its native JIT) in this process: one pre-encoded transaction, no signature or blockhash check. */
export async function openLitesvm(): Promise<Contender<SvmWorkload, SvmAnswer> | Absent> {
  const version = installedVersion("litesvm");
  if (version === undefined) return { name: "litesvm", absent: "the package is not installed" };
  try {
    await import("litesvm");
  } catch (error) {
    return { name: "litesvm", absent: `its addon does not load (${(error as Error).message})` };
  }
  return { name: "litesvm", version, load, close: async () => {} };
}

async function load(workload: SvmWorkload): Promise<Loaded<SvmAnswer>> {
  const { LiteSVM, ComputeBudget, FailedTransactionMetadata } = await import("litesvm");
  const kit = await import("@solana/kit");
  const budget = new ComputeBudget();
  budget.computeUnitLimit = workload.computeUnitLimit;
  const svm = new LiteSVM()
    .withComputeBudget(budget)
    .withSigverify(false)
    .withBlockhashCheck(false)
    .withTransactionHistory(0n);
  svm.addProgram(kit.address(workload.programId), workload.elf);
  const payer = await kit.generateKeyPairSigner();
  svm.airdrop(payer.address, kit.lamports(10n ** 12n));
  const install = (): void => {
    for (const account of workload.accounts) {
      svm.setAccount({
        address: kit.address(account.pubkey),
        executable: false,
        lamports: kit.lamports(account.lamports),
        programAddress: kit.address(account.owner),
        space: BigInt(account.data.length),
        data: account.data,
      });
    }
  };
  const role = (account: { signer: boolean; writable: boolean }) =>
    account.signer
      ? account.writable
        ? kit.AccountRole.WRITABLE_SIGNER
        : kit.AccountRole.READONLY_SIGNER
      : account.writable
        ? kit.AccountRole.WRITABLE
        : kit.AccountRole.READONLY;
  const instruction = {
    programAddress: kit.address(workload.programId),
    accounts: workload.accounts.map((account) => ({
      address: kit.address(account.pubkey),
      role: role(account),
    })),
    data: workload.instructionData,
  };
  const message = kit.pipe(
    kit.createTransactionMessage({ version: "legacy" }),
    (empty) => kit.setTransactionMessageFeePayer(payer.address, empty),
    (paid) => svm.setTransactionMessageLifetimeUsingLatestBlockhash(paid),
    (alive) => kit.appendTransactionMessageInstruction(instruction, alive),
  );
  const compiled = kit.compileTransaction(message);
  const wire = new Uint8Array(kit.getTransactionEncoder().encode(compiled));
  // Encoding by kit costs more than a short program: what litesvm itself does is timed.
  const inner = (svm as unknown as { inner: Inner }).inner;
  const run = (): unknown => inner.sendLegacyTransaction(wire);
  return {
    once: () => {
      install();
      const begin = performance.now();
      for (let left = workload.batch; left > 0; left--) run();
      return (performance.now() - begin) / workload.batch;
    },
    answer: async () => {
      install();
      const result = run();
      const failed = result instanceof FailedTransactionMetadata;
      const meta = failed ? result.meta() : (result as Metadata);
      return {
        outcome: failed ? "failed" : "ok",
        computeUnits: meta.computeUnitsConsumed(),
        logs: meta.logs(),
        accountData: workload.accounts.map((account) => {
          const after = svm.getAccount(kit.address(account.pubkey));
          return after.exists ? Buffer.from(after.data).toString("hex") : "";
        }),
      };
    },
  };
}

interface Inner {
  sendLegacyTransaction(wire: Uint8Array): unknown;
}

interface Metadata {
  computeUnitsConsumed(): bigint;
  logs(): string[];
}
