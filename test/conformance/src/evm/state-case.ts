import { JsonRecord } from "../pack/json-record.ts";
import { type PreState, preStateOf } from "./pre-state.ts";

/** An account before or after a transaction. */
export interface AccountState {
  readonly nonce: bigint;
  readonly balance: bigint;
  readonly code: Uint8Array;
  readonly storage: ReadonlyMap<bigint, bigint>;
}

export interface BlockState {
  readonly coinbase: string;
  readonly number: bigint;
  readonly timestamp: bigint;
  readonly gasLimit: bigint;
  readonly baseFee: bigint;
  readonly prevRandao: bigint;
  readonly excessBlobGas: bigint;
}

/** One transaction of a state test with its fields chosen. Addresses are lower-case hex with 0x. */
export interface StateTransaction {
  readonly sender: string;
  /** Undefined = contract creation. */
  readonly to: string | undefined;
  readonly nonce: bigint;
  readonly gasLimit: bigint;
  readonly value: bigint;
  readonly data: Uint8Array;
  readonly gasPrice: bigint | undefined;
  readonly maxFee: bigint | undefined;
  readonly maxPriorityFee: bigint | undefined;
  readonly maxBlobFee: bigint | undefined;
  readonly blobHashes: readonly bigint[] | undefined;
  readonly accessList: readonly { address: string; slots: readonly bigint[] }[] | undefined;
}

/** One case of a state test on one fork: what must be the state root and the hash of the logs. */
export interface StateCase {
  readonly name: string;
  readonly fork: string;
  readonly block: BlockState;
  readonly pre: PreState;
  readonly transaction: StateTransaction;
  readonly root: string;
  readonly logs: string;
  /** The transaction must be refused. */
  readonly refused: string | undefined;
}

/**
 * The cases of one state test, `{env, pre, transaction, post}`.
 *
 * Faults: `MALFORMED_CASE` naming test and field.
 */
export function* stateCases(name: string, value: unknown, fork?: string): Generator<StateCase> {
  const record = new JsonRecord(name, value);
  const block = blockOf(record.record("env"));
  const pre = preStateOf(accountsOf(record.record("pre")));
  const transaction = record.record("transaction");
  const post = record.record("post");
  for (const forkName of post.keys()) {
    if (fork !== undefined && forkName.toLowerCase() !== fork.toLowerCase()) continue;
    for (const expected of post.records(forkName)) {
      const { data, gas, value: at } = choice(expected.record("indexes"));
      yield {
        name: `${name} ${forkName} ${data}/${gas}/${at}`,
        fork: forkName,
        block,
        pre,
        transaction: transactionOf(transaction, data, gas, at),
        root: expected.string("hash").toLowerCase(),
        logs: expected.string("logs").toLowerCase(),
        refused: expected.has("expectException") ? expected.string("expectException") : undefined,
      };
    }
  }
}

const choice = (indexes: JsonRecord) => ({
  data: indexes.number("data"),
  gas: indexes.number("gas"),
  value: indexes.number("value"),
});

function blockOf(env: JsonRecord): BlockState {
  const optional = (field: string): bigint => (env.has(field) ? env.integer(field) : 0n);
  return {
    coinbase: env.string("currentCoinbase").toLowerCase(),
    number: env.integer("currentNumber"),
    timestamp: env.integer("currentTimestamp"),
    gasLimit: env.integer("currentGasLimit"),
    baseFee: optional("currentBaseFee"),
    prevRandao: env.has("currentRandom")
      ? env.integer("currentRandom")
      : optional("currentDifficulty"),
    excessBlobGas: optional("currentExcessBlobGas"),
  };
}

function accountsOf(pre: JsonRecord): Map<string, AccountState> {
  return new Map(
    pre.keys().map((address) => {
      const account = pre.record(address);
      const slots = account.record("storage");
      const state = {
        nonce: account.integer("nonce"),
        balance: account.integer("balance"),
        code: account.bytes("code"),
        storage: new Map(slots.keys().map((slot) => [BigInt(slot), slots.integer(slot)])),
      };
      return [address.toLowerCase(), state];
    }),
  );
}

function transactionOf(
  record: JsonRecord,
  data: number,
  gas: number,
  value: number,
): StateTransaction {
  const optional = (field: string) => (record.has(field) ? record.integer(field) : undefined);
  const to = record.has("to") ? record.string("to").toLowerCase() : "";
  return {
    sender: record.string("sender").toLowerCase(),
    to: to === "" ? undefined : to,
    nonce: record.integer("nonce"),
    gasLimit: record.item("gasLimit", gas).integer("item"),
    value: word(record.item("value", value)),
    data: record.item("data", data).bytes("item"),
    gasPrice: optional("gasPrice"),
    maxFee: optional("maxFeePerGas"),
    maxPriorityFee: optional("maxPriorityFeePerGas"),
    maxBlobFee: optional("maxFeePerBlobGas"),
    blobHashes: record.has("blobVersionedHashes")
      ? record.strings("blobVersionedHashes").map(BigInt)
      : undefined,
    accessList: record.has("accessLists") ? accessListOf(record, data) : undefined,
  };
}

/** A quantity; pyspecs write what does not fit 256 bits as `0x:bigint 0x…`. */
function word(item: JsonRecord): bigint {
  const large = /^0x:bigint (0x[0-9a-fA-F]+)$/.exec(item.string("item"))?.[1];
  return large === undefined ? item.integer("item") : BigInt(large);
}

function accessListOf(record: JsonRecord, data: number): StateTransaction["accessList"] {
  if (!Array.isArray(record.list("accessLists")[data])) return undefined;
  const list = new JsonRecord(record.where, { list: record.list("accessLists")[data] });
  return list.records("list").map((entry) => ({
    address: entry.string("address").toLowerCase(),
    slots: entry.strings("storageKeys").map(BigInt),
  }));
}
