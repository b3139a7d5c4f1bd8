import { equalBytes } from "@dragoman/bytes";
import { refuseParams } from "@dragoman/rpc-server";
import { config, encodedBytes, integer, list } from "./params.ts";

const FILTERS_MAX = 4;
const COMPARED_BYTES_MAX = 128;

/** Whether an account's data are wanted. */
export type AccountFilter = (data: Uint8Array) => boolean;

/** What the filters of `getProgramAccounts` and `programSubscribe` let through: `dataSize` and `memcmp`, all of them. */
export function accountFilter(value: unknown): AccountFilter {
  if (value === undefined || value === null) return () => true;
  const filters = list(value, FILTERS_MAX).map(parse);
  return (data) => filters.every((filter) => filter(data));
}

function parse(value: unknown): AccountFilter {
  const { dataSize, memcmp } = config(value);
  if (dataSize !== undefined) {
    const size = integer(dataSize);
    return (data) => data.length === size;
  }
  if (memcmp === undefined) {
    return refuseParams("Invalid params: a filter is {dataSize} or {memcmp}");
  }
  const { offset, bytes, encoding } = config(memcmp);
  const at = integer(offset);
  const wanted = encodedBytes(bytes, encoding, COMPARED_BYTES_MAX);
  return (data) => equalBytes(data.subarray(at, at + wanted.length), wanted);
}
