import { concatBytes, decodeHex, encodeHex } from "@dragoman/bytes";
import { ChainError } from "@dragoman/chain";
import type { Bytes, Option, Result, Struct, u32, Vec } from "@polkadot/types";
import type { DispatchError, EventRecord, WeightV2 } from "@polkadot/types/interfaces";
import { fallbackOf } from "./account-address.ts";
import type { PolkadotNode } from "./polkadot-node.ts";

interface ExecReturn extends Struct {
  readonly flags: Struct & { readonly bits: u32 };
  readonly data: Bytes;
}

interface ContractResult extends Struct {
  readonly gasRequired: WeightV2;
  readonly result: Result<ExecReturn, DispatchError>;
  /** Only in runtimes that collect them. */
  readonly events?: Option<Vec<EventRecord>>;
}

/** A call of a contract without a transaction. */
export interface ContractCall {
  /** Account that calls, 32 bytes. Default: one that every chain takes calls of. */
  readonly origin?: Uint8Array;
  /** Address in hex. */
  readonly dest: string;
  readonly data: Uint8Array;
  /** Hash of the block on whose state it runs. */
  readonly at: string;
}

export type ContractAnswer =
  | {
      readonly ok: true;
      readonly output: Uint8Array;
      readonly events: readonly EventRecord[] | undefined;
      /** Weight that a transaction of the call needs. */
      readonly refTime: bigint;
      readonly proofSize: bigint;
    }
  /** `output`: revert data; empty if it was not the contract that refused. */
  | { readonly ok: false; readonly output: Uint8Array; readonly reason: string };

const REVERT = 1;
const NOBODY = fallbackOf(new Uint8Array(20));

/** Runs `ReviveApi_call`, in the types that the chain's metadata give it. */
export async function callContract(
  node: PolkadotNode,
  call: ContractCall,
): Promise<ContractAnswer> {
  const { registry, runtimeMetadata } = node.api;
  const api = runtimeMetadata.asLatest.apis.find(({ name }) => name.eq("ReviveApi"));
  const method = api?.methods.find(({ name }) => name.eq("call"));
  if (method === undefined) {
    throw new ChainError(node.chain, "unanswerable", "the runtime has no ReviveApi");
  }
  const values = [call.origin ?? NOBODY, call.dest, 0, null, null, encodeHex(call.data)];
  const inputs = method.inputs.map(({ type }, i) =>
    registry.createType(registry.createLookupType(type), values[i]).toU8a(),
  );
  const answer = await node.ask<string>(
    "state_call",
    "ReviveApi_call",
    encodeHex(concatBytes(...inputs)),
    call.at,
  );
  const output = registry.createLookupType(method.output);
  const done = registry.createType<ContractResult>(output, decodeHex(answer));
  if (done.result.isErr) {
    return { ok: false, output: new Uint8Array(0), reason: node.describe(done.result.asErr) };
  }
  const { flags, data } = done.result.asOk;
  const bytes = Uint8Array.from(data);
  if ((flags.bits.toNumber() & REVERT) !== 0) {
    return { ok: false, output: bytes, reason: "the contract reverted" };
  }
  return {
    ok: true,
    output: bytes,
    events: done.events?.isSome ? [...done.events.unwrap()] : undefined,
    refTime: done.gasRequired.refTime.toBigInt(),
    proofSize: done.gasRequired.proofSize.toBigInt(),
  };
}
