import { strict as assert } from "node:assert";
import { decodeBase58, encodeBase58, encodeHex } from "@dragoman/bytes";
import type { Tier } from "@dragoman/core";
import type { SvmAccount, SvmInstruction } from "@dragoman/frontend-sbpf";
import { encodeMessage } from "@dragoman/ledger-svm";
import { svmMarketElf } from "@dragoman/protocol";
import { Clock, FailedTransactionMetadata, LiteSVM } from "litesvm";
import { SVM_DEPLOYMENT, type SvmChain, type SvmEnd } from "./svm-accounts.ts";
import { MachineChain } from "./svm-chain.ts";

/** Pays the fees, so that a quote needs no signer of its own. */
const PAYER = new Uint8Array(32).fill(0x61);

type Key = { key: Uint8Array; isSigner: boolean; isWritable: boolean };

/** The instruction as the only one of a legacy message. */
function messageOf({ programId, accounts, data }: SvmInstruction): {
  bytes: Uint8Array;
  signers: Uint8Array[];
} {
  const byName = new Map<string, Key>();
  const payer = { key: PAYER, isSigner: true, isWritable: true };
  const program = { key: programId, isSigner: false, isWritable: false };
  for (const meta of [payer, ...accounts, program]) {
    const name = encodeHex(meta.key);
    const known = byName.get(name);
    byName.set(name, {
      key: meta.key,
      isSigner: meta.isSigner || known?.isSigner === true,
      isWritable: meta.isWritable || known?.isWritable === true,
    });
  }
  const rank = ({ isSigner, isWritable }: Key): number => (isSigner ? 0 : 2) + (isWritable ? 0 : 1);
  const sorted = [...byName.values()].toSorted((one, other) => rank(one) - rank(other));
  const names = sorted.map(({ key }) => encodeHex(key));
  const indexOf = (key: Uint8Array): number => names.indexOf(encodeHex(key));
  const count = (of: number): number => sorted.filter((key) => rank(key) === of).length;
  const bytes = encodeMessage({
    version: "legacy",
    requiredSignatures: count(0) + count(1),
    readonlySigned: count(1),
    readonlyUnsigned: count(3),
    keys: sorted.map(({ key }) => key),
    recentBlockhash: new Uint8Array(32).fill(1),
    instructions: [
      { program: indexOf(programId), accounts: accounts.map(({ key }) => indexOf(key)), data },
    ],
  });
  const signers = sorted.filter(({ isSigner }) => isSigner).map(({ key }) => key);
  return { bytes, signers };
}

/** What the program's last line says of a failure. */
function failureOf(logs: readonly string[]): SvmEnd["failure"] {
  const text = /failed: (.*)$/.exec(logs.at(-1) ?? "")?.[1] ?? "no instruction was run";
  const custom = /^custom program error: 0x([0-9a-f]+)$/.exec(text)?.[1];
  return custom === undefined ? { text } : { custom: Number.parseInt(custom, 16), text };
}

/** The same in litesvm: agave's own runtime. */
class PeerChain implements SvmChain {
  readonly #svm = new LiteSVM()
    .withSigverify(false)
    .withBlockhashCheck(false)
    .withTransactionHistory(0n);

  constructor() {
    this.#svm.airdrop(encodeBase58(PAYER) as never, 100_000_000_000n as never);
    this.#svm.addProgram(SVM_DEPLOYMENT.programId as never, svmMarketElf());
  }

  write(address: string, { lamports, owner, data, executable }: SvmAccount): void {
    const account = { address, lamports, data, executable, space: BigInt(data.length) };
    this.#svm.setAccount({ ...account, programAddress: encodeBase58(owner) } as never);
  }

  read(address: string): SvmAccount | undefined {
    const account = this.#svm.getAccount(address as never);
    if (!account.exists) return undefined;
    return {
      lamports: account.lamports,
      owner: decodeBase58(account.programAddress),
      executable: account.executable,
      rentEpoch: 0n,
      data: Uint8Array.from(account.data),
    };
  }

  run(instruction: SvmInstruction, now: bigint): SvmEnd {
    const { slot, epochStartTimestamp, epoch, leaderScheduleEpoch } = this.#svm.getClock();
    this.#svm.setClock(new Clock(slot, epochStartTimestamp, epoch, leaderScheduleEpoch, now));
    const { bytes, signers } = messageOf(instruction);
    const signatures = Object.fromEntries(
      signers.map((key) => [encodeBase58(key), new Uint8Array(64)]),
    );
    const result = this.#svm.sendTransaction({ messageBytes: bytes, signatures } as never);
    if (result instanceof FailedTransactionMetadata) {
      const logs = result.meta().logs();
      return { failure: failureOf(logs), logs, returnData: new Uint8Array(0) };
    }
    const returnData = Uint8Array.from(result.returnData().data());
    return { failure: undefined, logs: result.logs(), returnData };
  }
}

/** Our machine and agave side by side: an instruction must end with the same failure, log (units included), return data and accounts. */
export class PairedChain implements SvmChain {
  readonly #ours: MachineChain;
  readonly #peer = new PeerChain();

  constructor(tier: Tier) {
    this.#ours = new MachineChain(tier);
  }

  write(address: string, account: SvmAccount): void {
    this.#ours.write(address, account);
    this.#peer.write(address, account);
  }

  read(address: string): SvmAccount | undefined {
    return this.#ours.read(address);
  }

  run(instruction: SvmInstruction, now: bigint): SvmEnd {
    const ours = this.#ours.run(instruction, now);
    const peer = this.#peer.run(instruction, now);
    assert.deepEqual(ours.logs, peer.logs);
    assert.deepEqual(ours.failure?.custom, peer.failure?.custom);
    assert.deepEqual(ours.returnData, peer.returnData);
    for (const { key } of instruction.accounts) {
      const address = encodeBase58(key);
      const [one, other] = [this.#ours.read(address), this.#peer.read(address)];
      if (one?.executable === true || other?.executable === true) continue;
      assert.deepEqual(partsOf(one), partsOf(other), address);
    }
    return ours;
  }
}

/** What must agree of an account; one without lamports does not exist, and agave sets the rent epoch as it likes. */
const partsOf = (account: SvmAccount | undefined) =>
  account === undefined || account.lamports === 0n
    ? undefined
    : { lamports: account.lamports, owner: account.owner, data: account.data };
