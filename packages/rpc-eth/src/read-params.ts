import { decodeHex, encodeHex } from "@dragoman/bytes";
import type { AccountOverride, EvmCall, EvmLedger, StateAt } from "@dragoman/ledger-evm";
import { RpcError, refuseParams } from "@dragoman/rpc-server";

/** Code of geth for what it cannot do with parameters that are well-formed. */
export const SERVER_ERROR = -32000;

/** Bytes of 0x hex. */
export function readData(value: unknown, what: string): Uint8Array {
  if (typeof value !== "string" || !/^0x([0-9a-fA-F]{2})*$/.test(value)) {
    return refuseParams(`invalid argument: ${what} is no hex string of whole bytes with 0x`);
  }
  return decodeHex(value);
}

function readFixed(value: unknown, what: string, size: number): Uint8Array {
  const bytes = readData(value, what);
  if (bytes.length === size) return bytes;
  return refuseParams(`invalid argument: ${what} has ${bytes.length} bytes, want ${size}`);
}

export const readAddress = (value: unknown, what = "address"): Uint8Array =>
  readFixed(value, what, 20);

export const readHash = (value: unknown, what = "hash"): Uint8Array => readFixed(value, what, 32);

/** An integer in 0x hex, or as a JSON number; below 2^256. */
export function readQuantity(value: unknown, what: string): bigint {
  if (typeof value === "string" && /^0x[0-9a-fA-F]{1,64}$/.test(value)) return BigInt(value);
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return BigInt(value);
  return refuseParams(`invalid argument: ${what} is no quantity in 0x hex`);
}

/** A quantity that is a count, an index or a time. */
export function readNumber(value: unknown, what: string, max = Number.MAX_SAFE_INTEGER): number {
  const number = readQuantity(value, what);
  if (number <= BigInt(max)) return Number(number);
  return refuseParams(`invalid argument: ${what} is larger than ${max}`);
}

/** 32 bytes of a storage slot, which may be written short. */
export function readSlot(value: unknown): Uint8Array {
  const number = readQuantity(value, "storage slot");
  return decodeHex(number.toString(16).padStart(64, "0"));
}

/** A height or tag; the height may be one that does not exist yet. */
export function readHeight(ledger: EvmLedger, value: unknown): StateAt {
  switch (value) {
    case "latest":
    case undefined:
    case null:
      return ledger.blocks.head.height;
    case "pending":
      return "pending";
    case "earliest":
      return ledger.blocks.first.height;
    case "safe":
    case "finalized":
      return ledger.blocks.finalized.height;
    default:
      return readNumber(value, "block number");
  }
}

/** A block whose state is read: height, tag, or the object of EIP-1898. */
export function readStateAt(ledger: EvmLedger, value: unknown, absent?: StateAt): StateAt {
  if (value === undefined || value === null) return absent ?? ledger.blocks.head.height;
  if (typeof value === "object") {
    const { blockHash, blockNumber } = value as Record<string, unknown>;
    if (blockHash === undefined) return existing(ledger, readHeight(ledger, blockNumber));
    const block = ledger.blocks.find(readHash(blockHash, "blockHash"));
    return block?.height ?? refuseHeader();
  }
  return existing(ledger, readHeight(ledger, value));
}

function existing(ledger: EvmLedger, at: StateAt): StateAt {
  return at === "pending" || ledger.blocks.at(at) !== undefined ? at : refuseHeader();
}

const refuseHeader = (): never => {
  throw new RpcError(SERVER_ERROR, "header not found");
};

/** A call object with the overrides of accounts that go with it. */
export function readCall(value: unknown, overrides?: unknown): EvmCall {
  const call = readRecord(value, "transaction");
  const { from, to, gas, value: wei, accessList } = call;
  const price = call.maxFeePerGas ?? call.gasPrice;
  const data = call.input ?? call.data;
  return {
    ...(from == null ? {} : { from: readAddress(from, "from") }),
    ...(to == null ? {} : { to: readAddress(to, "to") }),
    ...(gas == null ? {} : { gas: readQuantity(gas, "gas") }),
    ...(price == null ? {} : { gasPrice: readQuantity(price, "gas price") }),
    ...(wei == null ? {} : { value: readQuantity(wei, "value") }),
    ...(data == null ? {} : { data: readData(data, "data") }),
    ...(accessList == null ? {} : { accessList: readAccessList(accessList) }),
    ...(overrides == null ? {} : { overrides: readOverrides(overrides) }),
  };
}

function readAccessList(value: unknown): NonNullable<EvmCall["accessList"]> {
  return readArray(value, "accessList").map((item) => {
    const { address, storageKeys } = readRecord(item, "accessList");
    const slots = readArray(storageKeys ?? [], "storageKeys").map((key) => readHash(key, "slot"));
    return { address: readAddress(address), slots };
  });
}

export function readOverrides(value: unknown): ReadonlyMap<string, AccountOverride> {
  const entries = Object.entries(readRecord(value, "state override"));
  return new Map(
    entries.map(([address, item]) => [encodeHex(readAddress(address)), readOverride(item)]),
  );
}

function readOverride(value: unknown): AccountOverride {
  const { balance, nonce, code, state, stateDiff } = readRecord(value, "state override");
  return {
    ...(balance == null ? {} : { balance: readQuantity(balance, "balance") }),
    ...(nonce == null ? {} : { nonce: readQuantity(nonce, "nonce") }),
    ...(code == null ? {} : { code: readData(code, "code") }),
    ...(state == null ? {} : { state: readSlots(state) }),
    ...(stateDiff == null ? {} : { stateDiff: readSlots(stateDiff) }),
  };
}

function readSlots(value: unknown): ReadonlyMap<string, Uint8Array> {
  const entries = Object.entries(readRecord(value, "storage override"));
  return new Map(
    entries.map(([slot, word]) => [encodeHex(readSlot(slot)), readHash(word, "word")]),
  );
}

export function readRecord(value: unknown, what: string): Readonly<Record<string, unknown>> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) {
    return value as Record<string, unknown>;
  }
  return refuseParams(`invalid argument: ${what} is no object`);
}

export function readArray(value: unknown, what: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuseParams(`invalid argument: ${what} is no array`);
}
