import { type Account, type Environment, type ForkName, scheduleOf } from "@dragoman/frontend-evm";
import { blobBaseFee, nextExcessBlobGas } from "@dragoman/ledger-evm";
import { JsonRecord } from "../pack/json-record.ts";

/** One case of go-ethereum's tracer tests (eth/tracers/internal/tracetest/testdata). */
export interface TracerCase {
  readonly name: string;
  /** Folder of the case: names the tracer. */
  readonly kind: string;
  readonly config: unknown;
  readonly fork: ForkName;
  readonly chainId: bigint;
  readonly accounts: readonly (readonly [address: Uint8Array, account: Account])[];
  /** The block but for what depends on the transaction. */
  readonly block: Omit<Environment, "origin" | "gasPrice" | "blobHashes">;
  /** Signed transaction. */
  readonly raw: Uint8Array;
  readonly result: unknown;
}

/** Reads a case. Faults: MALFORMED_CASE naming case and field. */
export function tracerCase(name: string, value: Readonly<Record<string, unknown>>): TracerCase {
  const record = new JsonRecord(name, value);
  const genesis = record.record("genesis");
  const config = configOf(genesis.record("config"));
  const context = record.record("context");
  const number = context.integer("number");
  const timestamp = context.integer("timestamp");
  const fork = forkOf(config, number, timestamp);
  const isMerged =
    config.has("terminalTotalDifficulty") && isZero(config, "terminalTotalDifficulty");
  const chainId = config.integer("chainId");
  const random = isMerged && genesis.has("mixHash") ? word(genesis.bytes("mixHash")) : 0n;
  return {
    name,
    kind: record.string("kind"),
    config: value.tracerConfig,
    fork,
    chainId,
    accounts: accountsOf(genesis.record("alloc")),
    block: {
      coinbase: context.bytes("miner"),
      timestamp,
      number,
      prevRandao: isMerged ? random : optional(context, "difficulty"),
      gasLimit: context.integer("gasLimit"),
      chainId,
      baseFee: isSince(config, "londonBlock", number) ? optional(context, "baseFeePerGas") : 0n,
      blobBaseFee: blobFeeAfter(genesis, fork),
      blockHash: () => 0n,
    },
    raw: record.bytes("input"),
    result: value.result,
  };
}

const optional = (record: JsonRecord, field: string): bigint =>
  record.has(field) ? record.integer(field) : 0n;

/** Base fee of blob gas in the block behind the one that the case begins with. */
function blobFeeAfter(parent: JsonRecord, fork: ForkName): bigint {
  const { rules } = scheduleOf(fork);
  const excess = nextExcessBlobGas(rules, {
    excessBlobGas: optional(parent, "excessBlobGas"),
    blobGasUsed: optional(parent, "blobGasUsed"),
    baseFee: optional(parent, "baseFeePerGas"),
  });
  return blobBaseFee(rules, excess);
}

const isZero = (record: JsonRecord, field: string): boolean => record.integer(field) === 0n;

const word = (bytes: Uint8Array): bigint =>
  bytes.reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n);

/** Fields of geth's chain configuration (params/config.go), newest first, with the fork that each turns on. */
const BY_TIME = [
  ["osakaTime", "osaka"],
  ["pragueTime", "prague"],
  ["cancunTime", "cancun"],
  ["shanghaiTime", "shanghai"],
] as const;
const BY_BLOCK = [
  ["londonBlock", "london"],
  ["berlinBlock", "berlin"],
  ["istanbulBlock", "istanbul"],
  ["petersburgBlock", "petersburg"],
  ["constantinopleBlock", "constantinople"],
  ["byzantiumBlock", "byzantium"],
  ["eip158Block", "spurious"],
  ["eip150Block", "tangerine"],
  ["homesteadBlock", "homestead"],
] as const;

/** Go reads the fields of JSON whatever their case is, and one case has an `IstanbulBlock`. */
function configOf(config: JsonRecord): JsonRecord {
  const known = [...BY_TIME, ...BY_BLOCK].map(([field]) => field);
  const named = config.keys().map((key) => {
    const field = known.find((name) => name.toLowerCase() === key.toLowerCase()) ?? key;
    return [field, config.value(key)] as const;
  });
  return new JsonRecord(config.where, Object.fromEntries(named));
}

const isSince = (config: JsonRecord, field: string, at: bigint): boolean =>
  config.has(field) && config.integer(field) <= at;

function forkOf(config: JsonRecord, number: bigint, timestamp: bigint): ForkName {
  if (isSince(config, "londonBlock", number)) {
    const byTime = BY_TIME.find(([field]) => isSince(config, field, timestamp));
    if (byTime !== undefined) return byTime[1];
  }
  return BY_BLOCK.find(([field]) => isSince(config, field, number))?.[1] ?? "frontier";
}

function accountsOf(alloc: JsonRecord): TracerCase["accounts"] {
  return alloc.keys().map((key) => {
    const account = alloc.record(key);
    const storage = account.has("storage") ? account.record("storage") : undefined;
    const slots = storage?.keys().map((slot) => [BigInt(slot), storage.integer(slot)] as const);
    const state = {
      balance: optional(account, "balance"),
      nonce: optional(account, "nonce"),
      code: account.has("code") ? account.bytes("code") : new Uint8Array(0),
      storage: slots ?? [],
      exists: true as const,
    };
    const address = Buffer.from(key.replace(/^0x/, ""), "hex");
    return [new Uint8Array(address), state] as const;
  });
}
