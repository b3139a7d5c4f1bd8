import { decodeHex } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import type { SubstrateBlock, SubstrateLedger } from "@dragoman/ledger-substrate";
import { refuseParams } from "@dragoman/rpc-server";
import { unknownBlock } from "./chain-error.ts";
import { parseAccount } from "./ss58.ts";

/** Bytes of a parameter in 0x hex. */
export function bytesOf(value: unknown, name: string): Uint8Array {
  if (typeof value !== "string" || !value.startsWith("0x")) {
    return refuseParams(`Invalid params: ${name} is no 0x hex text`);
  }
  try {
    return decodeHex(value);
  } catch (error) {
    if (error instanceof FaultError)
      return refuseParams(`Invalid params: ${name}: ${error.message}`);
    throw error;
  }
}

export function textOf(value: unknown, name: string): string {
  return typeof value === "string" ? value : refuseParams(`Invalid params: ${name} is no text`);
}

export function listOf(value: unknown, name: string): readonly unknown[] {
  return Array.isArray(value) ? value : refuseParams(`Invalid params: ${name} is no list`);
}

export function accountParam(value: unknown): Uint8Array {
  const account = parseAccount(textOf(value, "account"));
  return account ?? refuseParams("Invalid params: the text is no account");
}

/** The canonical block of an optional hash; the head if there is none. */
export function blockOf(ledger: SubstrateLedger, hash: unknown): SubstrateBlock {
  if (hash === undefined || hash === null) return ledger.blocks.head;
  const block = ledger.blocks.find(bytesOf(hash, "hash"));
  if (block === undefined) throw unknownBlock(hash as string);
  return block;
}

/** The canonical block of an optional hash; undefined if there is none of this hash. */
export function findBlock(ledger: SubstrateLedger, hash: unknown): SubstrateBlock | undefined {
  if (hash === undefined || hash === null) return ledger.blocks.head;
  return ledger.blocks.find(bytesOf(hash, "hash"));
}
