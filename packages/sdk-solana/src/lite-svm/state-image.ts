import { ByteReader, ByteWriter, decodeBase64, encodeBase64 } from "@dragoman/bytes";
import { FaultError, refuse } from "@dragoman/fault";
import { FEATURE_ADDRESSES, type FeatureName, type SvmAccount } from "@dragoman/frontend-sbpf";
import type { TransactionError } from "@dragoman/ledger-svm";
import type { TransactionRecord } from "./transaction-record.ts";

/** A remembered transaction. */
export interface Remembered {
  /** First signature, 64 bytes. */
  readonly signature: Uint8Array;
  /** Undefined = success. */
  readonly error: TransactionError | undefined;
  readonly record: TransactionRecord;
}

/** All that a chain is. */
export interface StateImage {
  readonly accounts: readonly (readonly [key: Uint8Array, account: SvmAccount])[];
  readonly blockhash: Uint8Array;
  readonly verifies: boolean;
  readonly checksBlockhash: boolean;
  readonly budget: { readonly computeUnitLimit: bigint; readonly heapSize: number } | undefined;
  readonly historyMax: bigint;
  /** Undefined = the default, Infinity = all. */
  readonly logBytesMax: number | undefined;
  readonly features: readonly FeatureName[];
  readonly history: readonly Remembered[];
}

/** First bytes of an image: "DRGMSVM" and the number of the format. */
const MAGIC = Uint8Array.of(0x44, 0x52, 0x47, 0x4d, 0x53, 0x56, 0x4d, 1);

/** The image as bytes: the magic, settings and history as JSON behind their length, then the accounts. */
export function encodeState(image: StateImage): Uint8Array {
  const { accounts, ...rest } = image;
  const settings = new TextEncoder().encode(JSON.stringify(rest, toJson));
  const writer = new ByteWriter(settings.length + (1 << 16));
  writer.bytes(MAGIC);
  writer.u32(settings.length);
  writer.bytes(settings);
  writer.u32(accounts.length);
  for (const [key, { lamports, owner, executable, rentEpoch, data }] of accounts) {
    writer.bytes(key);
    writer.u64(lamports);
    writer.bytes(owner);
    writer.u8(executable ? 1 : 0);
    writer.u64(rentEpoch);
    writer.u32(data.length);
    writer.bytes(data);
  }
  return writer.finish();
}

/** Faults: `UNSUPPORTED_FILE` for bytes that are no image, or a damaged one. */
export function decodeState(bytes: Uint8Array): StateImage {
  try {
    const reader = new ByteReader(bytes);
    const magic = reader.take(MAGIC.length);
    if (!MAGIC.every((byte, at) => magic[at] === byte)) {
      refuse("UNSUPPORTED_FILE", 0, "the bytes are no chain that toBytes wrote");
    }
    const settings = new TextDecoder().decode(reader.take(reader.u32()));
    const rest = JSON.parse(settings, fromJson) as Omit<StateImage, "accounts">;
    checkSettings(rest);
    const accounts = Array.from({ length: reader.u32() }, () => readAccount(reader));
    reader.finish();
    return { ...rest, accounts };
  } catch (error) {
    const isCut = error instanceof FaultError && error.fault.name !== "UNSUPPORTED_FILE";
    if (!isCut && !(error instanceof SyntaxError)) throw error;
    const at = isCut ? error.fault.at : MAGIC.length;
    return refuse("UNSUPPORTED_FILE", at, `a damaged chain: ${error.message}`);
  }
}

function readAccount(reader: ByteReader): readonly [Uint8Array, SvmAccount] {
  const key = reader.take(32).slice();
  const lamports = reader.u64();
  const owner = reader.take(32).slice();
  const executable = reader.u8() !== 0;
  const rentEpoch = reader.u64();
  const data = reader.take(reader.u32()).slice();
  return [key, { lamports, owner, executable, rentEpoch, data }];
}

/** A damaged file must not make a chain that fails later in some other place. */
function checkSettings(settings: Omit<StateImage, "accounts">): void {
  const { blockhash, verifies, checksBlockhash, historyMax, features, history } = settings;
  const isSound =
    blockhash instanceof Uint8Array &&
    blockhash.length === 32 &&
    typeof verifies === "boolean" &&
    typeof checksBlockhash === "boolean" &&
    typeof historyMax === "bigint" &&
    Array.isArray(features) &&
    features.every((name) => FEATURE_ADDRESSES.has(name)) &&
    Array.isArray(history) &&
    history.every(({ signature, record }) => signature instanceof Uint8Array && isRecord(record));
  if (!isSound) refuse("UNSUPPORTED_FILE", MAGIC.length, "the settings of the chain are damaged");
}

const isRecord = (record: TransactionRecord | undefined): boolean =>
  Array.isArray(record?.logs) && Array.isArray(record.inner) && typeof record.fee === "bigint";

/** Bytes, big numbers and infinity as objects of one field, which nothing else here has. */
function toJson(_name: string, value: unknown): unknown {
  if (value instanceof Uint8Array) return { $bytes: encodeBase64(value) };
  if (typeof value === "bigint") return { $int: String(value) };
  return value === Number.POSITIVE_INFINITY ? { $int: "Infinity" } : value;
}

const BASE64 = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

function fromJson(_name: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const { $bytes, $int } = value as { readonly $bytes?: unknown; readonly $int?: unknown };
  if (typeof $bytes === "string") {
    if (!BASE64.test($bytes)) refuse("UNSUPPORTED_FILE", MAGIC.length, "bytes are not in base64");
    return decodeBase64($bytes);
  }
  if ($int === "Infinity") return Number.POSITIVE_INFINITY;
  return typeof $int === "string" && /^-?\d{1,30}$/.test($int) ? BigInt($int) : value;
}
