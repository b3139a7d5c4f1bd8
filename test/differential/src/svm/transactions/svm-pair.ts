import { encodeBase58 } from "@dragoman/bytes";
import { decodeTransaction } from "@dragoman/ledger-svm";
import {
  FailedTransactionMetadata,
  LiteSVM as Ours,
  TransactionErrorFieldless,
} from "@dragoman/sdk-solana/lite-svm";
import { FeatureSet, LiteSVM as Peer, FailedTransactionMetadata as PeerFailure } from "litesvm";

/** What the two classes have in common, as far as it is used here. */
interface Meta {
  logs(): string[];
  computeUnitsConsumed(): bigint;
  innerInstructions(): {
    instruction(): { programIdIndex(): number; accounts(): Uint8Array; data(): Uint8Array };
    stackHeight(): number;
  }[][];
  returnData(): { programId(): Uint8Array; data(): Uint8Array };
}

interface EncodedAccount {
  readonly address: string;
  readonly data: Uint8Array;
  readonly executable: boolean;
  readonly lamports: bigint;
  readonly programAddress: string;
  readonly space: bigint;
}

/** How a comparison ended. */
export type PairOutcome =
  | { readonly kind: "same"; readonly isOk: boolean; readonly error: string }
  /** A difference that is known and intended; the accounts are as the peer has them again. */
  | { readonly kind: "known" }
  | { readonly kind: "different"; readonly why: string };

/** Our class and litesvm, to which the same transactions are given. */
export class SvmPair {
  readonly ours: Ours;
  readonly #peer: Peer;

  constructor() {
    this.ours = new Ours();
    this.#peer = new Peer();
  }

  /** ELF of SPL Token as it was before p-token; litesvm has it for chains without that feature. */
  static oldTokenElf(): Uint8Array {
    const peer = Peer.default().withFeatureSet(new FeatureSet()).withBuiltins().withSysvars();
    const account = peer.withDefaultPrograms().getAccount(TOKEN as never);
    const data = (account as { data?: Uint8Array }).data ?? new Uint8Array(0);
    return Uint8Array.from(data);
  }

  addProgram(address: string, elf: Uint8Array): void {
    this.ours.addProgram(address, elf);
    this.#peer.addProgram(address as never, elf);
  }

  setAccount(account: EncodedAccount): void {
    this.ours.setAccount(account);
    this.#peer.setAccount(account as never);
  }

  warpToSlot(slot: bigint): void {
    this.#peer.warpToSlot(slot);
    const clock = this.ours.getClock();
    clock.slot = slot;
    this.ours.setClock(clock);
  }

  expireBlockhash(): void {
    this.ours.expireBlockhash();
    this.#peer.expireBlockhash();
  }

  /** Gives a transaction, in wire bytes, to both, and compares what it did, every account that it names, and `others`. */
  send(wire: Uint8Array, others: readonly string[] = []): PairOutcome {
    const { messageBytes, message, signatures } = decodeTransaction(wire);
    const entries = signatures.map(
      (signature, index) => [encodeBase58(message.keys[index]!), signature] as const,
    );
    const peer = this.#peer.sendTransaction({
      messageBytes,
      signatures: Object.fromEntries(entries),
    } as never);
    const ours = this.ours.sendTransaction(wire);
    const [ownError, peerError] = [errorText(ours), errorText(peer)];
    const named = message.keys.map((key) => encodeBase58(key));
    const names = message.lookups === undefined ? named : [...named, ...others];
    if (isKnown(ownError, peerError)) {
      for (const name of names) this.#copy(name);
      return { kind: "known" };
    }
    const why =
      difference("error", ownError, peerError) ??
      metaDifference(metaOf(ours), metaOf(peer)) ??
      this.#accountDifference(names);
    if (why !== undefined) return { kind: "different", why };
    return { kind: "same", isOk: ownError === "none", error: ownError };
  }

  #accountDifference(names: readonly string[]): string | undefined {
    for (const name of names) {
      const [own, other] = [this.ours.getAccount(name), this.peerAccount(name)];
      const why = difference(`account ${name}`, accountText(own), accountText(other));
      if (why !== undefined) return why;
    }
    return undefined;
  }

  private peerAccount(name: string): ReturnType<Ours["getAccount"]> {
    return this.#peer.getAccount(name as never) as never;
  }

  /** Makes one of our accounts what the peer's is. */
  #copy(name: string): void {
    const account = this.peerAccount(name);
    if (account.exists) this.ours.setAccount(account);
    else {
      const none = { lamports: 0n, data: new Uint8Array(0), executable: false, space: 0n };
      this.ours.setAccount({ ...none, address: name, programAddress: SYSTEM });
    }
  }
}

const TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
const SYSTEM = "11111111111111111111111111111111";

type Sent = ReturnType<Ours["sendTransaction"]> | ReturnType<Peer["sendTransaction"]>;

const isFailure = (sent: Sent): sent is FailedTransactionMetadata | PeerFailure =>
  sent instanceof FailedTransactionMetadata || sent instanceof PeerFailure;

const metaOf = (sent: Sent): Meta => (isFailure(sent) ? sent.meta() : sent) as Meta;

/** An error as text that is the same for the same error on both sides. */
function errorText(sent: Sent): string {
  if (!isFailure(sent)) return "none";
  const error = sent.err() as
    | number
    | { index?: number; accountIndex?: number; err?: () => number | { code?: number } };
  if (typeof error === "number") return `transaction ${error}`;
  if (error.accountIndex !== undefined) return `rent ${error.accountIndex}`;
  if (error.err === undefined) return `duplicate ${error.index}`;
  const reason = error.err();
  if (typeof reason === "number") return `instruction ${error.index}: ${reason}`;
  const shown = reason.code === undefined ? "borsh" : `custom ${reason.code}`;
  return `instruction ${error.index}: ${shown}`;
}

/** Errors of accounts that cannot be loaded: litesvm takes no fee for them and has one name for them, validators take the fee. */
const NOT_LOADED: ReadonlySet<string> = new Set(
  [
    TransactionErrorFieldless.ProgramAccountNotFound,
    TransactionErrorFieldless.InvalidProgramForExecution,
    TransactionErrorFieldless.MaxLoadedAccountsDataSizeExceeded,
  ].map((error) => `transaction ${error}`),
);

/** Of these validators take the fee and so remember them; sent again they are processed already. */
const PROCESSED = `transaction ${TransactionErrorFieldless.AlreadyProcessed}`;

/** Refusals of a budget, which validators look for before they look at the blockhash, and litesvm after. */
const BAD_BUDGET: readonly RegExp[] = [
  new RegExp(`^transaction ${TransactionErrorFieldless.InvalidLoadedAccountsDataSizeLimit}$`),
  /^duplicate \d+$/,
  /^instruction \d+: 2$/,
];
const OLD_BLOCKHASH = `transaction ${TransactionErrorFieldless.BlockhashNotFound}`;

const isKnown = (ours: string, theirs: string): boolean =>
  ((NOT_LOADED.has(ours) || ours === PROCESSED) && NOT_LOADED.has(theirs)) ||
  (theirs === OLD_BLOCKHASH && BAD_BUDGET.some((refusal) => refusal.test(ours)));

const difference = (what: string, own: string, other: string): string | undefined =>
  own === other ? undefined : `${what}: ${own} instead of ${other}`;

function metaDifference(own: Meta, other: Meta): string | undefined {
  return (
    difference("logs", own.logs().join("\n"), other.logs().join("\n")) ??
    difference("units", String(own.computeUnitsConsumed()), String(other.computeUnitsConsumed())) ??
    difference("inner instructions", innerText(own), innerText(other)) ??
    difference("returned data", returnText(own), returnText(other))
  );
}

const innerText = (meta: Meta): string =>
  meta
    .innerInstructions()
    .map((calls) =>
      calls
        .map((call) => {
          const instruction = call.instruction();
          const accounts = [...instruction.accounts()].join(",");
          const data = Buffer.from(instruction.data()).toString("hex");
          return `${instruction.programIdIndex()}(${accounts})${data}@${call.stackHeight()}`;
        })
        .join(" "),
    )
    .join(";");

const returnText = (meta: Meta): string => {
  const returned = meta.returnData();
  const data = Buffer.from(returned.data()).toString("hex");
  return data === "" ? "" : `${encodeBase58(Uint8Array.from(returned.programId()))} ${data}`;
};

function accountText(account: ReturnType<Ours["getAccount"]>): string {
  if (!account.exists || account.lamports === 0n) return "none";
  const { lamports, programAddress, executable, data } = account;
  return `${lamports} ${programAddress} ${executable} ${Buffer.from(data).toString("hex")}`;
}
