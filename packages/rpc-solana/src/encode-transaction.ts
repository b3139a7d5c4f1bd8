import { encodeBase58, encodeHex } from "@dragoman/bytes";
import {
  type ExecutedTransaction,
  loadedAddresses,
  messageAccounts,
  type SvmMessage,
  type SvmTransactionEnvelope,
  type TokenBalance,
} from "@dragoman/ledger-svm";
import { RpcError, refuseParams } from "@dragoman/rpc-server";
import { type Config, numberField } from "./params.ts";
import { parseInstruction } from "./parse-instruction.ts";
import { tokenAmount } from "./parse-token-account.ts";
import { SOLANA_ERROR } from "./solana-error.ts";

/** How transactions are written. */
export type TransactionEncoding = "json" | "jsonParsed" | "base64" | "base58" | "binary";

export function transactionEncoding({ encoding }: Config): TransactionEncoding {
  switch (encoding) {
    case undefined:
    case null:
      return "json";
    case "json":
    case "jsonParsed":
    case "base64":
    case "base58":
    case "binary":
      return encoding;
    default:
      return refuseParams(`Invalid params: unsupported encoding ${JSON.stringify(encoding)}`);
  }
}

/** The version of a transaction, for clients that say which they know; one that they do not know is refused. */
export function encodeVersion(
  { transaction }: ExecutedTransaction,
  options: Config,
): { readonly version?: SvmMessage["version"] } {
  const { version } = transaction.message;
  const versionMax = numberField(options, "maxSupportedTransactionVersion");
  if (version !== "legacy" && (versionMax === undefined || versionMax < version)) {
    throw new RpcError(
      SOLANA_ERROR.UNSUPPORTED_TRANSACTION_VERSION,
      `Transaction version (${version}) is not supported by the requesting client. Please try the request again with the following configuration parameter: "maxSupportedTransactionVersion": ${version}`,
    );
  }
  return versionMax === undefined ? {} : { version };
}

/** A transaction with what it did, as `getTransaction` and `getBlock` give it. */
export function encodeExecuted(
  executed: ExecutedTransaction,
  options: Config,
): Record<string, unknown> {
  const version = encodeVersion(executed, options);
  const encoding = transactionEncoding(options);
  return {
    transaction: encodeEnvelope(executed.transaction, executed.message, encoding),
    meta: encodeMeta(executed, encoding),
    ...version,
  };
}

function encodeEnvelope(
  transaction: SvmTransactionEnvelope,
  loaded: SvmMessage,
  encoding: TransactionEncoding,
): unknown {
  const { wire, signatures, message } = transaction;
  switch (encoding) {
    case "base64":
      return [Buffer.from(wire).toString("base64"), encoding];
    case "base58":
      return [encodeBase58(wire), encoding];
    case "binary":
      return encodeBase58(wire);
    default:
      return {
        signatures: signatures.map((signature) => encodeBase58(signature)),
        message: encoding === "json" ? encodeMessageJson(message) : encodeParsed(loaded),
      };
  }
}

function encodeMessageJson(message: SvmMessage): unknown {
  return {
    header: {
      numRequiredSignatures: message.requiredSignatures,
      numReadonlySignedAccounts: message.readonlySigned,
      numReadonlyUnsignedAccounts: message.readonlyUnsigned,
    },
    accountKeys: message.keys.map((key) => encodeBase58(key)),
    recentBlockhash: encodeBase58(message.recentBlockhash),
    instructions: message.instructions.map(({ program, accounts, data }) => ({
      programIdIndex: program,
      accounts,
      data: encodeBase58(data),
      stackHeight: null,
    })),
    ...encodeOfVersion(message),
  };
}

/** What messages of one version alone have. */
function encodeOfVersion(message: SvmMessage): Record<string, unknown> {
  if (message.version === 0) return { addressTableLookups: encodeLookups(message) };
  if (message.version !== 1) return {};
  const { priorityFee, unitLimit, loadedBytesMax, heapBytes } = message.config ?? {};
  return {
    transactionConfig: {
      priorityFee: priorityFee === undefined ? null : Number(priorityFee),
      computeUnitLimit: unitLimit ?? null,
      loadedAccountsDataSizeLimit: loadedBytesMax ?? null,
      heapSize: heapBytes ?? null,
    },
  };
}

const encodeLookups = ({ lookups = [] }: SvmMessage): unknown =>
  lookups.map(({ table, writable, readonly }) => ({
    accountKey: encodeBase58(table),
    writableIndexes: writable,
    readonlyIndexes: readonly,
  }));

function encodeParsed(message: SvmMessage): unknown {
  return {
    accountKeys: encodeKeys(message),
    recentBlockhash: encodeBase58(message.recentBlockhash),
    instructions: message.instructions.map(({ program, accounts, data }) => {
      const named = accounts.map((index) => message.keys[index]!);
      return parseInstruction({ programId: message.keys[program]!, accounts: named, data }, null);
    }),
    ...encodeOfVersion(message),
  };
}

/** Keys with their rights, and whether they came out of a lookup table. */
export function encodeKeys(message: SvmMessage): unknown {
  const { keys, loaded } = message;
  const own = keys.length - (loaded === undefined ? 0 : loaded.writable + loaded.readonly);
  return messageAccounts(message).map(({ key, isSigner, isWritable }, index) => ({
    pubkey: encodeBase58(key),
    signer: isSigner,
    writable: isWritable,
    source: index < own ? "transaction" : "lookupTable",
  }));
}

export function encodeMeta(executed: ExecutedTransaction, encoding: TransactionEncoding): unknown {
  const { error, fee, logs, preBalances, postBalances, returnData } = executed;
  const loaded = loadedAddresses(executed.message);
  return {
    err: error ?? null,
    status: error === undefined ? { Ok: null } : { Err: error },
    fee: Number(fee),
    preBalances: preBalances.map(Number),
    postBalances: postBalances.map(Number),
    innerInstructions: encodeInner(executed, encoding),
    logMessages: logs,
    preTokenBalances: executed.preTokens.map(encodeTokenBalance),
    postTokenBalances: executed.postTokens.map(encodeTokenBalance),
    rewards: [],
    loadedAddresses: {
      writable: loaded.writable.map((key) => encodeBase58(key)),
      readonly: loaded.readonly.map((key) => encodeBase58(key)),
    },
    ...(returnData === undefined ? {} : { returnData: encodeReturnData(returnData) }),
    computeUnitsConsumed: executed.unitsConsumed,
  };
}

export const encodeReturnData = ({
  programId,
  data,
}: NonNullable<ExecutedTransaction["returnData"]>): unknown => ({
  programId: encodeBase58(programId),
  data: [Buffer.from(data).toString("base64"), "base64"],
});

/** Calls between programs; `jsonParsed` names keys, other encodings their positions. */
export function encodeInner(
  { inner, message }: ExecutedTransaction,
  encoding: TransactionEncoding,
): unknown {
  const positions = new Map(message.keys.map((key, index) => [encodeHex(key), index] as const));
  const positionOf = (key: Uint8Array): number => positions.get(encodeHex(key))!;
  return inner.map(({ index, calls }) => ({
    index,
    instructions: calls.map((call) =>
      encoding === "jsonParsed"
        ? parseInstruction(call, call.height)
        : {
            programIdIndex: positionOf(call.programId),
            accounts: call.accounts.map(positionOf),
            data: encodeBase58(call.data),
            stackHeight: call.height,
          },
    ),
  }));
}

const encodeTokenBalance = (balance: TokenBalance): unknown => ({
  accountIndex: balance.accountIndex,
  mint: encodeBase58(balance.mint),
  owner: encodeBase58(balance.owner),
  programId: encodeBase58(balance.programId),
  uiTokenAmount: tokenAmount(balance.amount, balance.decimals),
});
