import { ByteReader, ByteWriter } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";
import type { LedgerInput } from "./ledger.ts";

const KINDS = ["block", "reorg", "decree"] as const;

/**
 * An input as bytes: u32 little-endian length of what follows, u8 kind, then `block`: u64 timestamp, u32 salt, u32 count and each transaction
 * behind its u32 length; `reorg`: u32 depth; `decree`: the payload.
 */
export function encodeInput(input: LedgerInput): Uint8Array {
  const writer = new ByteWriter();
  writer.u32(0);
  writer.u8(KINDS.indexOf(input.kind));
  if (input.kind === "block") {
    writer.u64(BigInt(input.timestamp));
    writer.u32(input.salt);
    writer.u32(input.transactions.length);
    for (const transaction of input.transactions) {
      writer.u32(transaction.length);
      writer.bytes(transaction);
    }
  } else if (input.kind === "reorg") {
    writer.u32(input.depth);
  } else {
    writer.bytes(input.payload);
  }
  writer.patchU32(0, writer.length - 4);
  return writer.finish();
}

/**
 * Reads a log of inputs. A last record that is cut short, as a process that was killed leaves it, ends the log; `length` is where a writer
 * goes on. Throws a FaultError if a whole record does not decode.
 */
export function decodeInputs(log: Uint8Array): {
  readonly inputs: readonly LedgerInput[];
  readonly length: number;
} {
  const inputs: LedgerInput[] = [];
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength);
  let at = 0;
  while (at + 4 <= log.length) {
    const end = at + 4 + view.getUint32(at, true);
    if (end > log.length) break;
    inputs.push(decodeInput(new ByteReader(log.subarray(at + 4, end))));
    at = end;
  }
  return { inputs, length: at };
}

function decodeInput(reader: ByteReader): LedgerInput {
  const code = reader.u8();
  const kind = KINDS[code];
  if (kind === undefined)
    return refuse("MALFORMED_TRANSACTION", 0, `input kind ${code}; 0 to 2 exist`);
  if (kind === "reorg") return { kind, depth: reader.u32() };
  if (kind === "decree") return { kind, payload: reader.take(reader.remaining).slice() };
  const timestamp = Number(reader.u64());
  const salt = reader.u32();
  const transactions: Uint8Array[] = [];
  for (let count = reader.u32(); count > 0; count--) {
    transactions.push(reader.take(reader.u32()).slice());
  }
  return { kind: "block", timestamp, salt, transactions };
}
