import { decodeHex } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";
import type { EvmHeader } from "@dragoman/ledger-evm";

/** An integer in 0x hex. Fault: INVALID_FORK_ANSWER. */
export function readQuantity(value: unknown, what: string): bigint {
  if (typeof value === "string" && /^0x[0-9a-fA-F]{1,64}$/.test(value)) return BigInt(value);
  return refuseValue(value, what);
}

/** Bytes in 0x hex, of `size` if it is given. Fault: INVALID_FORK_ANSWER. */
export function readBytes(value: unknown, what: string, size?: number): Uint8Array {
  if (typeof value === "string" && /^0x([0-9a-fA-F]{2})*$/.test(value)) {
    const bytes = decodeHex(value);
    if (size === undefined || bytes.length === size) return bytes;
  }
  return refuseValue(value, what);
}

function refuseValue(value: unknown, what: string): never {
  const shown = JSON.stringify(value)?.slice(0, 80) ?? "nothing";
  return refuse(
    "INVALID_FORK_ANSWER",
    undefined,
    `the forked chain's node gives ${shown} as ${what}`,
  );
}

/** A block of `eth_getBlockBy*` as far as another chain goes on from it. */
export interface RemoteBlock {
  readonly header: EvmHeader;
  readonly hash: Uint8Array;
}

type Json = Readonly<Record<string, unknown>>;

/** Reads a block. Faults: INVALID_FORK_ANSWER, INVALID_FORK_BLOCK for one from before the base fee. */
export function readBlock(value: unknown): RemoteBlock {
  const block = (typeof value === "object" && value !== null ? value : {}) as Json;
  const bytes = (name: string, size?: number) => readBytes(block[name], `a block's ${name}`, size);
  const integer = (name: string) => readQuantity(block[name], `a block's ${name}`);
  if (block.number !== undefined && block.baseFeePerGas === undefined) {
    const why = "it has no base fee, and the rules here are those of Cancun and later";
    refuse("INVALID_FORK_BLOCK", undefined, `block ${integer("number")} cannot be forked: ${why}`);
  }
  const blob = block.excessBlobGas == null ? undefined : integer("excessBlobGas");
  const header: EvmHeader = {
    parentHash: bytes("parentHash", 32),
    coinbase: bytes("miner", 20),
    stateRoot: bytes("stateRoot", 32),
    transactionsRoot: bytes("transactionsRoot", 32),
    receiptsRoot: bytes("receiptsRoot", 32),
    bloom: bytes("logsBloom", 256),
    number: Number(integer("number")),
    gasLimit: integer("gasLimit"),
    gasUsed: integer("gasUsed"),
    timestamp: Number(integer("timestamp")),
    extraData: bytes("extraData"),
    prevRandao: block.mixHash == null ? new Uint8Array(32) : bytes("mixHash", 32),
    baseFee: integer("baseFeePerGas"),
    ...(blob === undefined ? {} : { excessBlobGas: blob, blobGasUsed: integer("blobGasUsed") }),
  };
  return { header, hash: bytes("hash", 32) };
}
