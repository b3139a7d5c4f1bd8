import { LiteSVM } from "@dragoman/sdk-solana/lite-svm";
import { installedVersion } from "../peer/installed.ts";
import { type BenchRow, benchRow } from "../row.ts";
import { wireWorkloads } from "../workload/svm-wire.ts";
import type { SuiteOptions } from "./options.ts";

/** Transactions that are undone each time. */
const TRANSACTIONS = 10;

/**
 * Going back over ten transfers, for a chain with the usual programs on it. litesvm's way back is a copy of the whole chain as bytes, restored.
 */
export async function snapshotRow({ effort, note }: SuiteOptions): Promise<BenchRow> {
  note("svm-snapshot");
  const [transfer] = wireWorkloads().filter(({ name }) => name.startsWith("transfer"));
  if (transfer === undefined) throw new Error("there is no transfer");
  const {
    wires: [wire],
    accounts,
  } = transfer;
  await LiteSVM.loadDefaultPrograms();
  const svm = new LiteSVM()
    .withSigverify(false)
    .withBlockhashCheck(false)
    .withTransactionHistory(0n);
  for (const { address, owner, lamports, data } of accounts) {
    const account = { address, programAddress: owner, lamports, data, executable: false };
    svm.setAccount({ ...account, space: BigInt(data.length) });
  }
  const { LiteSVM: Peer } = await import("litesvm");
  const peer = new Peer();
  let [ours, theirs, isBack] = [Infinity, Infinity, true];
  for (let turn = 0; turn < effort.rounds * 10; turn++) {
    const before = svm.getBalance(accounts[0]!.address);
    let start = performance.now();
    const snapshot = svm.snapshot();
    let ms = performance.now() - start;
    for (let left = TRANSACTIONS; left > 0; left--) svm.sendTransaction(wire);
    isBack &&= svm.getBalance(accounts[0]!.address) !== before;
    start = performance.now();
    svm.revert(snapshot);
    ms += performance.now() - start;
    isBack &&= svm.getBalance(accounts[0]!.address) === before;
    ours = Math.min(ours, ms);
    start = performance.now();
    Peer.fromBytes(peer.toBytes());
    theirs = Math.min(theirs, performance.now() - start);
  }
  const figures = { ours, peer: theirs, unit: "ms", ok: isBack };
  const peerName = `litesvm ${installedVersion("litesvm")}`;
  const name = "snapshot, ten transfers, revert (litesvm: toBytes, fromBytes)";
  const row = { suite: "svm-snapshot", name, peerName, ...figures };
  return benchRow(row, isBack ? undefined : "the balance is not what it was");
}
