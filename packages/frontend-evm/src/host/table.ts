import type { HostFunction } from "@dragoman/core";
import { HOST_TABLE, type HostName } from "../lower/host-index.ts";
import {
  balance,
  codecopy,
  extcodecopy,
  extcodehash,
  extcodesize,
  selfbalance,
} from "./account.ts";
import { blobhash, blockhash, growMemory, keepReturnData, returndatacopy } from "./block.ts";
import { call, callcode, delegatecall, staticcall } from "./call.ts";
import { create, create2 } from "./create.ts";
import { logWith } from "./log.ts";
import { selfdestruct } from "./selfdestruct.ts";
import { sload, sstore, tload, tstore } from "./storage.ts";

const FUNCTIONS: Record<HostName, HostFunction> = {
  "memory.grow": growMemory,
  sload,
  sstore,
  tload,
  tstore,
  balance,
  selfbalance,
  extcodesize,
  extcodehash,
  extcodecopy,
  codecopy,
  returndatacopy,
  blockhash,
  blobhash,
  log0: logWith(0),
  log1: logWith(1),
  log2: logWith(2),
  log3: logWith(3),
  log4: logWith(4),
  call,
  callcode,
  delegatecall,
  staticcall,
  create,
  create2,
  selfdestruct,
  "returndata.keep": keepReturnData,
};

/** Implementations by position in the host table; one table serves both lifts. */
export const HOSTS: readonly HostFunction[] = HOST_TABLE.map(([name]) => FUNCTIONS[name]);
