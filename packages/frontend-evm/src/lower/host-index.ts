// tidy: table
import { type HostSignature, signatureTypes } from "@dragoman/core";

/** Host functions of the EVM: name, arguments, results (i = i32, l = i64, w = i256), in the order of the host table. */
export const HOST_TABLE = [
  ["memory.grow", "i", ""],
  ["sload", "w", "w"],
  ["sstore", "ww", ""],
  ["tload", "w", "w"],
  ["tstore", "ww", ""],
  ["balance", "w", "w"],
  ["selfbalance", "", "w"],
  ["extcodesize", "w", "w"],
  ["extcodehash", "w", "w"],
  ["extcodecopy", "wiii", ""],
  ["codecopy", "iii", ""],
  ["returndatacopy", "iii", ""],
  ["blockhash", "w", "w"],
  ["blobhash", "w", "w"],
  ["log0", "ii", ""],
  ["log1", "ii", ""],
  ["log2", "ii", ""],
  ["log3", "ii", ""],
  ["log4", "ii", ""],
  ["call", "wwliiii", "i"],
  ["callcode", "wwliiii", "i"],
  ["delegatecall", "wliiii", "i"],
  ["staticcall", "wliiii", "i"],
  ["create", "wii", "w"],
  ["create2", "wiiw", "w"],
  ["selfdestruct", "w", ""],
  ["returndata.keep", "ii", ""],
] as const;

export type HostName = (typeof HOST_TABLE)[number][0];

export const HOST_INDEX = Object.fromEntries(
  HOST_TABLE.map((row, index) => [row[0], index]),
) as Record<HostName, number>;

export const HOST_SIGNATURES: readonly HostSignature[] = HOST_TABLE.map(
  ([name, params, results]) => ({
    name: `evm.${name}`,
    params: signatureTypes(params),
    results: signatureTypes(results),
  }),
);
