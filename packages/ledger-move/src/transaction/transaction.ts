import { ByteReader, concatBytes } from "@dragoman/bytes";
import { sha3_256 } from "@dragoman/crypto";
import { FaultError, refuse } from "@dragoman/fault";
import { moduleName, type TypeTag } from "@dragoman/frontend-move";
import { type Authenticator, readAuthenticator } from "./authenticator.ts";
import { readIdentifier, readTypeTag } from "./type-tag.ts";

/** What a transaction runs. */
export type Payload =
  | {
      readonly kind: "entry";
      /** 32 bytes. */
      readonly address: Uint8Array;
      readonly module: string;
      readonly function: string;
      readonly typeArguments: readonly TypeTag[];
      /** BCS of each argument. */
      readonly args: readonly Uint8Array[];
    }
  | {
      readonly kind: "script";
      readonly code: Uint8Array;
      readonly typeArguments: readonly TypeTag[];
      readonly args: readonly Uint8Array[];
    };

/** A transaction as its sender signs it. */
export interface RawTransaction {
  readonly sender: Uint8Array;
  readonly sequenceNumber: bigint;
  /** What keeps the transaction from being replayed in place of its sequence number, which means nothing then. */
  readonly nonce: bigint | undefined;
  readonly payload: Payload;
  /** Gas units. */
  readonly maxGasAmount: bigint;
  /** Octas per gas unit. */
  readonly gasUnitPrice: bigint;
  /** Seconds since 1970-01-01. */
  readonly expiration: bigint;
  readonly chainId: number;
}

export interface SignedTransaction extends RawTransaction {
  readonly authenticator: Authenticator;
  /** BCS of the whole. */
  readonly bytes: Uint8Array;
  /** BCS of the {@link RawTransaction} alone. */
  readonly rawBytes: Uint8Array;
  /** Identifier of the transaction. */
  readonly hash: Uint8Array;
}

const ARGUMENTS_MAX = 255;
const PAYLOADS = ["Script", "ModuleBundle", "EntryFunction", "Multisig", "Payload"];

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));
const HASH_PREFIX = concatBytes(sha3_256(ascii("APTOS::Transaction")), Uint8Array.of(0));

/** Hash of a user transaction from the BCS of its signed form, as ts-sdk computes it before it submits. */
export const transactionHash = (bytes: Uint8Array): Uint8Array =>
  sha3_256(concatBytes(HASH_PREFIX, bytes));

/** Decodes the BCS of a SignedTransaction. Faults: MALFORMED_TRANSACTION, INVALID_TRANSACTION for forms that this ledger has not. */
export function decodeTransaction(bytes: Uint8Array): SignedTransaction {
  return malformed(bytes, (reader) => {
    const raw = readRaw(reader);
    const rawBytes = bytes.slice(0, reader.at);
    const authenticator = readAuthenticator(reader);
    return {
      ...raw,
      authenticator,
      bytes: bytes.slice(),
      rawBytes,
      hash: transactionHash(bytes),
    };
  });
}

/** Decodes the BCS of a RawTransaction. Faults as {@link decodeTransaction}. */
export const decodeRawTransaction = (bytes: Uint8Array): RawTransaction =>
  malformed(bytes, readRaw);

/** Decodes the BCS of an EntryFunction, as a view request holds it. Faults as {@link decodeTransaction}. */
export const decodeEntryFunction = (bytes: Uint8Array): Extract<Payload, { kind: "entry" }> =>
  malformed(bytes, readEntryFunction);

/** Reads all of `bytes`; what the reader refuses becomes one fault of a transaction. */
function malformed<T>(bytes: Uint8Array, read: (reader: ByteReader) => T): T {
  const reader = new ByteReader(bytes);
  try {
    const value = read(reader);
    reader.finish();
    return value;
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { name, at, message } = error.fault;
    if (name === "INVALID_TRANSACTION" || name === "MALFORMED_TRANSACTION") throw error;
    return refuse("MALFORMED_TRANSACTION", at, message);
  }
}

function readRaw(reader: ByteReader): RawTransaction {
  return {
    sender: reader.take(32).slice(),
    sequenceNumber: reader.u64(),
    ...readPayload(reader),
    maxGasAmount: reader.u64(),
    gasUnitPrice: reader.u64(),
    expiration: reader.u64(),
    chainId: reader.u8(),
  };
}

function readPayload(reader: ByteReader): Pick<RawTransaction, "payload" | "nonce"> {
  const { at } = reader;
  const variant = reader.uleb128(255);
  const name = PAYLOADS[variant];
  if (name === "EntryFunction") return { payload: readEntryFunction(reader), nonce: undefined };
  if (name === "Script") return { payload: readScript(reader), nonce: undefined };
  if (name === "Payload") return readInnerPayload(reader);
  if (name === undefined) refuse("MALFORMED_TRANSACTION", at, `payload ${variant} is unknown`);
  return refuse("INVALID_TRANSACTION", at, `payloads of the kind ${name} are not supported`, {
    status: "FEATURE_UNDER_GATING",
  });
}

/** A TransactionPayloadInner: what is executed, and what else there is to know (aptos-core `types/src/transaction/mod.rs`). */
function readInnerPayload(reader: ByteReader): Pick<RawTransaction, "payload" | "nonce"> {
  readVersion(reader, "payload");
  const { at } = reader;
  const executable = reader.uleb128(255);
  const payload =
    executable === 0
      ? readScript(reader)
      : executable === 1
        ? readEntryFunction(reader)
        : refuse("INVALID_TRANSACTION", at, "there is nothing to execute", {
            status: "EMPTY_PAYLOAD_PROVIDED",
          });
  readVersion(reader, "configuration");
  const { at: multisigAt } = reader;
  if (reader.uleb128(1) === 1) {
    refuse("INVALID_TRANSACTION", multisigAt, "multisig accounts are not supported", {
      status: "FEATURE_UNDER_GATING",
    });
  }
  return { payload, nonce: reader.uleb128(1) === 1 ? reader.u64() : undefined };
}

/** Of both there is one version. */
function readVersion(reader: ByteReader, what: string): void {
  const { at } = reader;
  const version = reader.uleb128(255);
  if (version !== 0)
    refuse("MALFORMED_TRANSACTION", at, `version ${version} of a ${what} is unknown`);
}

function readEntryFunction(reader: ByteReader): Extract<Payload, { kind: "entry" }> {
  return {
    kind: "entry",
    address: reader.take(32).slice(),
    module: readIdentifier(reader),
    function: readIdentifier(reader),
    typeArguments: readTypeArguments(reader),
    args: readList(reader, () => readBytes(reader)),
  };
}

function readScript(reader: ByteReader): Payload {
  return {
    kind: "script",
    code: readBytes(reader),
    typeArguments: readTypeArguments(reader),
    args: readList(reader, () => readScriptArgument(reader)),
  };
}

/** Sizes of a TransactionArgument's values by variant; vectors of bytes and serialised values have none. */
const ARGUMENT_SIZES = new Map([
  [0, 1],
  [1, 8],
  [2, 16],
  [3, 32],
  [5, 1],
  [6, 2],
  [7, 4],
  [8, 32],
]);
const ARGUMENT_BYTES = 4;
const ARGUMENT_SERIALIZED = 9;

/** A script's argument carries its type; its BCS alone is kept. */
function readScriptArgument(reader: ByteReader): Uint8Array {
  const { at } = reader;
  const variant = reader.uleb128(255);
  const size = ARGUMENT_SIZES.get(variant);
  if (size !== undefined) return reader.take(size).slice();
  const start = reader.at;
  const bytes = readBytes(reader);
  if (variant === ARGUMENT_SERIALIZED) return bytes;
  if (variant === ARGUMENT_BYTES) return reader.bytes.slice(start, reader.at);
  return refuse("MALFORMED_TRANSACTION", at, `script argument ${variant} is unknown`);
}

const readTypeArguments = (reader: ByteReader): TypeTag[] =>
  readList(reader, () => readTypeTag(reader));

function readList<T>(reader: ByteReader, read: () => T): T[] {
  const list: T[] = [];
  for (let count = reader.uleb128(ARGUMENTS_MAX); count > 0; count--) list.push(read());
  return list;
}

const readBytes = (reader: ByteReader): Uint8Array =>
  reader.take(reader.uleb128(reader.bytes.length)).slice();

/** `0xA::m` of an entry function. */
export const moduleNameOf = ({
  address,
  module,
}: Pick<Extract<Payload, { kind: "entry" }>, "address" | "module">): string =>
  moduleName(address, module);
