import { ByteReader, ByteWriter } from "@dragoman/bytes";
import { BYTE_CELLS, type CellChange, type Journal } from "@dragoman/core";
import { MODULE_DOMAIN, RESOURCE_DOMAIN, TABLE_DOMAIN } from "@dragoman/frontend-move";
import { GAS_PARAMETERS } from "../gas-parameters.ts";

/** Domain of what was paid for a cell: account and key are those of the cell, the key behind a byte for its domain. */
export const DEPOSIT_DOMAIN = "move.deposit";

const DOMAIN_CODES = new Map([
  [MODULE_DOMAIN, 0],
  [RESOURCE_DOMAIN, 1],
  [TABLE_DOMAIN, 2],
]);

/** Octas that changes cost, and that they give back. */
export interface StorageFee {
  readonly fee: bigint;
  readonly refund: bigint;
}

/** What was paid for the slot and for the bytes of a cell, in Octas. */
interface Deposit {
  readonly slot: bigint;
  readonly bytes: bigint;
}

/** Cells of the genesis, and what the chain itself writes, were paid for by nobody. */
const NOTHING: Deposit = { slot: 0n, bytes: 0n };

/** Bytes of Aptos's state key of a cell: variant, address, and the path or the key of the table. */
function keySize({ domain, key }: CellChange): number {
  if (domain === TABLE_DOMAIN) return 33 + key.length;
  return domain === MODULE_DOMAIN ? 68 + key.length : 35 + key.length;
}

/**
 * Charges the changes and notes the deposits (aptos-core `aptos-vm-types/src/storage/space_pricing.rs`, `DiskSpacePricing::V2`): a cell that is new pays for itself and for
 * all its bytes; one that grows pays for its growth, but never for more bytes at a time than it has; one that shrinks gets nothing; one that goes gets
 * all back that was paid for it.
 */
export function chargeStorage(journal: Journal, changes: readonly CellChange[]): StorageFee {
  let fee = 0n;
  let refund = 0n;
  for (const change of changes) {
    const code = DOMAIN_CODES.get(change.domain);
    if (code === undefined) continue;
    const cell = journal.cell(
      journal.domain(DEPOSIT_DOMAIN, BYTE_CELLS),
      journal.account(change.account),
      Uint8Array.of(code, ...change.key),
    );
    const before = decodeDeposit(journal.readBytes(cell));
    const after = depositAfter(change, before);
    if (after === undefined) {
      refund += before.slot + before.bytes;
      if (before !== NOTHING) journal.writeBytes(cell, undefined);
      continue;
    }
    const charge = after.slot + after.bytes - before.slot - before.bytes;
    if (charge === 0n) continue;
    fee += charge;
    journal.writeBytes(cell, encodeDeposit(after));
  }
  return { fee, refund };
}

/** What has been paid for a cell after a change; undefined where it is gone. */
function depositAfter(change: CellChange, deposit: Deposit): Deposit | undefined {
  const { before, after } = change;
  if (after === undefined) return undefined;
  const { STORAGE_SLOT_FEE, STORAGE_BYTE_FEE } = GAS_PARAMETERS;
  const whole = STORAGE_BYTE_FEE * BigInt(keySize(change) + after.length);
  if (before === undefined) return { slot: STORAGE_SLOT_FEE, bytes: whole };
  if (after.length <= before.length || whole <= deposit.bytes) return deposit;
  const growth = STORAGE_BYTE_FEE * BigInt(after.length - before.length);
  const gap = whole - deposit.bytes;
  return { slot: deposit.slot, bytes: deposit.bytes + (growth < gap ? growth : gap) };
}

function decodeDeposit(bytes: Uint8Array | undefined): Deposit {
  if (bytes === undefined) return NOTHING;
  const reader = new ByteReader(bytes);
  return { slot: reader.u64(), bytes: reader.u64() };
}

function encodeDeposit({ slot, bytes }: Deposit): Uint8Array {
  const writer = new ByteWriter(16);
  writer.u64(slot);
  writer.u64(bytes);
  return writer.finish();
}

/** Started gas units that pay a fee at a price in Octas. */
export const storageGas = (fee: bigint, gasUnitPrice: bigint): bigint =>
  (fee + gasUnitPrice - 1n) / gasUnitPrice;
