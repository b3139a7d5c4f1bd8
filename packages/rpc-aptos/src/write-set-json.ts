import { ByteWriter, concatBytes, encodeHex } from "@dragoman/bytes";
import type { CellChange } from "@dragoman/core";
import { sha3_256 } from "@dragoman/crypto";
import {
  decodeModule,
  MODULE_DOMAIN,
  RESOURCE_DOMAIN,
  TABLE_DOMAIN,
} from "@dragoman/frontend-move";
import {
  DEPOSIT_DOMAIN,
  formatTypeTag,
  type MoveLedger,
  standardAddress,
  structTagOfKey,
} from "@dragoman/ledger-move";
import { moduleAbi } from "./module-abi.ts";
import { resolveType } from "./move-types.ts";
import { valueJson } from "./value-json.ts";

/** Changes of a transaction as the REST interface writes them. */
export const writeSetJson = (
  ledger: MoveLedger,
  changes: readonly CellChange[],
): Record<string, unknown>[] =>
  changes
    // Deposits stand beside the cells that they were paid for; Aptos keeps them in what nobody is shown.
    .filter(({ domain }) => domain !== DEPOSIT_DOMAIN)
    .map((change) => changeJson(ledger, change));

function changeJson(ledger: MoveLedger, change: CellChange): Record<string, unknown> {
  switch (change.domain) {
    case MODULE_DOMAIN:
      return moduleChange(change);
    case RESOURCE_DOMAIN:
      return resourceChange(ledger, change);
    case TABLE_DOMAIN:
      return tableChange(change);
    default:
      throw new TypeError(`a Move ledger writes no cells of ${change.domain}`);
  }
}

function moduleChange({ account, key, after }: CellChange): Record<string, unknown> {
  const name = String.fromCharCode(...key);
  const path = concatBytes(Uint8Array.of(0), account, Uint8Array.of(key.length), key);
  const address = standardAddress(account);
  const place = { address, state_key_hash: stateKeyHash(account, path) };
  if (after === undefined)
    return { type: "delete_module", ...place, module: `${address}::${name}` };
  return {
    type: "write_module",
    ...place,
    data: { bytecode: encodeHex(after), abi: moduleAbi(decodeModule(after)) },
  };
}

function resourceChange(
  ledger: MoveLedger,
  { account, key, after }: CellChange,
): Record<string, unknown> {
  const tag = structTagOfKey(key);
  const place = {
    address: standardAddress(account),
    state_key_hash: stateKeyHash(account, concatBytes(Uint8Array.of(1), key)),
  };
  const type = formatTypeTag(tag);
  if (after === undefined) return { type: "delete_resource", ...place, resource: type };
  const data = valueJson(resolveType(ledger.machine, ledger.state, tag), after);
  return { type: "write_resource", ...place, data: { type, data } };
}

/** Entries of tables are written as bytes: the state does not keep their types. */
function tableChange({ account, key, after }: CellChange): Record<string, unknown> {
  const place = {
    state_key_hash: encodeHex(sha3_256(concatBytes(Uint8Array.of(1), account, key))),
    handle: standardAddress(account),
    key: encodeHex(key),
  };
  return after === undefined
    ? { type: "delete_table_item", ...place, data: null }
    : { type: "write_table_item", ...place, value: encodeHex(after), data: null };
}

/** SHA3-256 of the state key: variant AccessPath, then the BCS of address and path (aptos-core `types/src/state_store/state_key`). */
function stateKeyHash(address: Uint8Array, path: Uint8Array): string {
  const writer = new ByteWriter(128);
  writer.u8(0);
  writer.bytes(address);
  writer.uleb128(path.length);
  writer.bytes(path);
  return encodeHex(sha3_256(writer.finish()));
}
