import { encodeHex } from "@dragoman/bytes";
import { isRevert, OUTCOME } from "@dragoman/core";
import { FaultError } from "@dragoman/fault";
import { NodeRefusal } from "@dragoman/fork-evm";
import { EVM_OUTCOME } from "@dragoman/frontend-evm";
import { revertReason } from "@dragoman/frontend-evm/trace";
import type { ExecutedCall } from "@dragoman/ledger-evm";
import { RpcError } from "@dragoman/rpc-server";
import { SERVER_ERROR } from "./read-params.ts";

/** Code of geth for a call that reverted; the error's data is what the contract returned. */
const REVERTED = 3;
/** Code of a call that halted in `eth_simulateV1`. */
export const VM_ERROR = -32015;

/** Words of geth (core/vm/errors.go) for exceptional halts. */
const HALTS: Readonly<Record<number, string>> = {
  [OUTCOME.OUT_OF_GAS]: "out of gas",
  [OUTCOME.STACK_UNDERFLOW]: "stack underflow",
  [OUTCOME.STACK_OVERFLOW]: "stack limit reached 1024",
  [EVM_OUTCOME.INVALID_OPCODE]: "invalid opcode",
  [EVM_OUTCOME.INVALID_JUMP]: "invalid jump destination",
  [EVM_OUTCOME.STATIC_VIOLATION]: "write protection",
  [EVM_OUTCOME.RETURN_DATA_OUT_OF_BOUNDS]: "return data out of bounds",
  [EVM_OUTCOME.CODE_SIZE_EXCEEDED]: "max code size exceeded",
  [EVM_OUTCOME.INVALID_CODE_PREFIX]: "invalid code: must not begin with 0xef",
  [EVM_OUTCOME.CREATE_COLLISION]: "contract address collision",
  [EVM_OUTCOME.INITCODE_SIZE_EXCEEDED]: "max initcode size exceeded",
  [EVM_OUTCOME.NONCE_OVERFLOW]: "nonce uint64 overflow",
};

/** The error with which geth answers a call that failed. */
export function failureOf({ outcome, output }: ExecutedCall): RpcError {
  if (!isRevert(outcome)) {
    return new RpcError(
      SERVER_ERROR,
      HALTS[outcome] ?? `execution halted: 0x${outcome.toString(16)}`,
    );
  }
  const reason = revertReason(output);
  const message = reason === undefined ? "execution reverted" : `execution reverted: ${reason}`;
  return new RpcError(REVERTED, message, encodeHex(output));
}

/** What the ledger refuses, as geth answers it: code -32000 and the words. A refusal of the forked chain's node is passed on. */
export function explainFault(error: unknown): RpcError | undefined {
  if (error instanceof NodeRefusal) return new RpcError(error.code, error.message, error.data);
  return error instanceof FaultError ? new RpcError(SERVER_ERROR, error.fault.message) : undefined;
}
