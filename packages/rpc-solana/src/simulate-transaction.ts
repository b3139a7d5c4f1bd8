import type {
  ExecutedTransaction,
  SvmLedger,
  SvmTransactionEnvelope,
  TransactionError,
} from "@dragoman/ledger-svm";
import { type RpcMethod, refuseParams } from "@dragoman/rpc-server";
import { contextBlock, inContext } from "./commitment.ts";
import { accountForm, encodeAccount, type ReadAccount } from "./encode-account.ts";
import { encodeInner, encodeReturnData } from "./encode-transaction.ts";
import type { SolanaNode } from "./node.ts";
import { address, type Config, config, list } from "./params.ts";
import { blockhashValue, checkSignatures, readTransaction } from "./read-transaction.ts";

/** What a transaction would do. */
export interface Simulation {
  readonly error: TransactionError | undefined;
  readonly logs: readonly string[];
  /** Undefined if it could not even run. */
  readonly executed?: ExecutedTransaction;
  /** Accounts as it leaves them. */
  readonly read?: ReadAccount;
}

/** Runs a transaction, whose signatures are no matter here, on the head's state. */
export function simulateEnvelope(
  ledger: SvmLedger,
  transaction: SvmTransactionEnvelope,
  checksBlockhash = true,
): Simulation {
  const { result, account } = ledger.simulate(transaction, { checksBlockhash });
  return "refused" in result
    ? { error: result.refused, logs: [], read: account }
    : { error: result.error, logs: result.logs, executed: result, read: account };
}

/** The method `simulateTransaction`. */
export function simulateMethod({ ledger }: SolanaNode): RpcMethod {
  return ([encoded, options]) => {
    const from = config(options);
    const transaction = readTransaction(encoded, from.encoding);
    const replaces = from.replaceRecentBlockhash === true;
    if (from.sigVerify === true && replaces) {
      refuseParams("sigVerify may not be used with replaceRecentBlockhash");
    }
    const block = contextBlock(ledger, from);
    if (from.sigVerify === true) checkSignatures(transaction);
    const refused = ledger.check(transaction, { verifies: false, checksBlockhash: !replaces });
    const outcome: Simulation =
      refused === undefined
        ? simulateEnvelope(ledger, transaction, !replaces)
        : { error: refused, logs: [] };
    const { executed } = outcome;
    return inContext(block, {
      err: outcome.error ?? null,
      logs: outcome.logs,
      accounts: simulatedAccounts(from, outcome),
      unitsConsumed: executed?.unitsConsumed ?? 0,
      returnData: executed?.returnData === undefined ? null : encodeReturnData(executed.returnData),
      innerInstructions:
        from.innerInstructions === true && executed !== undefined
          ? encodeInner(executed, "jsonParsed")
          : null,
      replacementBlockhash: replaces ? blockhashValue(ledger.blocks.head) : null,
      fee: executed === undefined ? null : Number(executed.fee),
    });
  };
}

function simulatedAccounts({ accounts }: Config, { read }: Simulation): unknown {
  if (accounts === undefined || accounts === null) return null;
  const from = config(accounts);
  const form = accountForm(from);
  if (form.encoding === "legacy-base58" || form.encoding === "base58") {
    refuseParams("base58 encoding not supported");
  }
  const ids = list(from.addresses, KEYS_MAX).map(address);
  if (read === undefined) return ids.map(() => null);
  return ids.map((id) => {
    const account = read(id);
    return account === undefined ? null : encodeAccount(account, form, read);
  });
}

const KEYS_MAX = 64;
