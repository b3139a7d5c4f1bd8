import { encodeBase58, encodeHex } from "@dragoman/bytes";
import { LedgerClock } from "@dragoman/ledger";
import { FailedTransactionMetadata, LiteSVM } from "litesvm";
import type { ExecutedTransaction } from "../executed-transaction.ts";
import type { KeyedAccount } from "../genesis.ts";
import { decodeTransaction } from "../signed-transaction.ts";
import { SvmLedger } from "../svm-ledger.ts";
import type { TransactionError } from "../transaction-error.ts";
import { wellKnownPrograms } from "../well-known-programs.ts";

/** What a transaction did in one of the two: undefined units and log = it could not be in a block. */
export interface TwinOutcome {
  readonly ok: boolean;
  readonly units: number;
  readonly logs: readonly string[];
  /** Error as Rust shows it; of litesvm with more around it. Empty = success. */
  readonly why: string;
}

export interface TwinRun {
  readonly ours: TwinOutcome | undefined;
  readonly theirs: TwinOutcome;
}

/** A ledger and litesvm with the same accounts, to which the same transactions are given. */
export class LitesvmTwin {
  readonly ledger: SvmLedger;
  readonly #peer: LiteSVM;

  constructor(ledger: SvmLedger, peer: LiteSVM) {
    this.ledger = ledger;
    this.#peer = peer;
  }

  /** Both with the well-known programs and `accounts`; undefined if litesvm is not there for this platform. */
  static async start(accounts: readonly KeyedAccount[]): Promise<LitesvmTwin | undefined> {
    const programs = await wellKnownPrograms();
    if (programs === undefined) return undefined;
    const timestamp = 1_750_000_000;
    const ledger = new SvmLedger({
      clock: new LedgerClock(() => timestamp * 1000),
      genesis: { timestamp, accounts: [...programs, ...accounts] },
      finalityDepth: 32,
    });
    const peer = new LiteSVM().withBlockhashCheck(false);
    for (const [key, { lamports, owner, executable, data }] of accounts) {
      peer.setAccount({
        ...{ address: encodeBase58(key), programAddress: encodeBase58(owner) },
        ...{ lamports, executable, data, space: BigInt(data.length) },
      } as never);
    }
    return new LitesvmTwin(ledger, peer);
  }

  /** Runs a signed transaction in a block of its own, in the same slot on both sides. */
  run(wire: Uint8Array): TwinRun {
    const id = this.ledger.submit(wire);
    this.#peer.warpToSlot(BigInt(this.ledger.blocks.head.height + 1));
    this.ledger.produce();
    const executed = this.ledger.find(id)?.executed;
    return { ours: executed && ourOutcome(executed), theirs: this.#runPeer(wire) };
  }

  #runPeer(wire: Uint8Array): TwinOutcome {
    const { signatures, messageBytes, message } = decodeTransaction(wire);
    const entries = signatures.map((signature, index) => [
      encodeBase58(message.keys[index]!),
      signature,
    ]);
    const transaction = { messageBytes, signatures: Object.fromEntries(entries) };
    const result = this.#peer.sendTransaction(transaction as never);
    const failed = result instanceof FailedTransactionMetadata;
    const meta = failed ? result.meta() : result;
    return {
      ok: !failed,
      units: Number(meta.computeUnitsConsumed()),
      logs: meta.logs(),
      why: failed ? result.toString() : "",
    };
  }

  /** An account as a line of text on each side; equal lines = equal accounts. */
  account(key: Uint8Array): { readonly ours: string; readonly theirs: string } {
    const own = this.ledger.account(key);
    const other = this.#peer.getAccount(encodeBase58(key) as never);
    return {
      ours:
        own === undefined
          ? "none"
          : `${own.lamports} ${encodeBase58(own.owner)} ${own.executable} ${encodeHex(own.data)}`,
      theirs:
        other.exists && other.lamports > 0n
          ? `${other.lamports} ${other.programAddress} ${other.executable} ${encodeHex(Uint8Array.from(other.data))}`
          : "none",
    };
  }
}

const ourOutcome = ({ error, unitsConsumed, logs }: ExecutedTransaction): TwinOutcome => ({
  ok: error === undefined,
  units: unitsConsumed,
  logs,
  why: error === undefined ? "" : rustError(error),
});

/** An error in the form of Rust's `Debug`. */
function rustError(error: TransactionError): string {
  if (typeof error === "string") return error;
  if ("InsufficientFundsForRent" in error) {
    return `InsufficientFundsForRent { account_index: ${error.InsufficientFundsForRent.account_index} }`;
  }
  if ("DuplicateInstruction" in error) return `DuplicateInstruction(${error.DuplicateInstruction})`;
  const [index, reason] = error.InstructionError;
  const shown = typeof reason === "string" ? reason : `Custom(${reason.Custom})`;
  return `InstructionError(${index}, ${shown})`;
}
