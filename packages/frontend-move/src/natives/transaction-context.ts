import { ByteWriter, concatBytes } from "@dragoman/bytes";
import { type Frame, HOST, type HostFunction } from "@dragoman/core";
import { sha3_256 } from "@dragoman/crypto";
import { toBytesLE } from "@dragoman/word";
import type { MoveType } from "../layout/move-type.ts";
import { abortNative } from "./abort.ts";
import { NATIVE_GAS } from "./native-gas.ts";
import { giveBool, giveBytes, giveNumber, giveValue, unpaid } from "./native-result.ts";

/** What Move code may learn of the transaction that it runs in. */
export interface TransactionFacts {
  readonly hash: Uint8Array;
  readonly sender: Uint8Array;
  readonly secondarySigners: readonly Uint8Array[];
  /** Who pays the fee: the sender, or another. */
  readonly gasPayer: Uint8Array;
  readonly maxGasAmount: bigint;
  readonly gasUnitPrice: bigint;
  readonly chainId: number;
  /** SHA3-256 of the script; empty where none runs. */
  readonly scriptHash: Uint8Array;
  readonly entryFunction?: {
    readonly address: Uint8Array;
    readonly module: string;
    readonly name: string;
    readonly typeArguments: readonly string[];
    readonly args: readonly Uint8Array[];
  };
}

/** What a frame's context has for these natives. `uniqueAddresses` counts those that the frame was given. */
export interface WithTransaction {
  readonly transaction: TransactionFacts | undefined;
  uniqueAddresses: number;
  counter: number;
}

const contextOf = (frame: Frame): WithTransaction => frame.context as WithTransaction;

/** `invalid_state(ETRANSACTION_CONTEXT_NOT_AVAILABLE)`. */
const NOT_AVAILABLE = 0x30001n;

/** A native that tells a fact of the transaction; aborts where there is none. */
const fact =
  (cost: number, tell: (frame: Frame, facts: TransactionFacts) => number): HostFunction =>
  (frame) => {
    if (!frame.charge(cost)) return unpaid(frame);
    const { transaction } = contextOf(frame);
    return transaction === undefined ? abortNative(frame, NOT_AVAILABLE) : tell(frame, transaction);
  };

/** An address is carried as its bytes. */
function giveAddress(frame: Frame, address: Uint8Array): number {
  frame.memory.u8.set(address, frame.slot(0));
  return HOST.CONTINUE;
}

const NONE = new Uint8Array(32);

/** Without a transaction the hash is 32 zeros, as in the public unit tests. */
export const transactionHash: HostFunction = (frame) =>
  frame.charge(NATIVE_GAS.CONTEXT)
    ? giveBytes(frame, 0, contextOf(frame).transaction?.hash ?? NONE)
    : unpaid(frame);

export const scriptHash: HostFunction = (frame) =>
  frame.charge(NATIVE_GAS.CONTEXT)
    ? giveBytes(frame, 0, contextOf(frame).transaction?.scriptHash ?? new Uint8Array())
    : unpaid(frame);

/** Last byte of what an address is derived from (aptos-core `authenticator.rs`, `Scheme::DeriveAuid`). */
const DERIVE_AUID = 0xfb;

/** `generate_unique_address(): address`: of the transaction's hash, the count of such addresses in it, and the scheme. */
export const uniqueAddress: HostFunction = (frame) => {
  if (!frame.charge(NATIVE_GAS.UNIQUE_ADDRESS)) return unpaid(frame);
  const context = contextOf(frame);
  context.uniqueAddresses += 1;
  const hash = context.transaction?.hash ?? NONE;
  const count = toBytesLE(BigInt(context.uniqueAddresses), 8);
  return giveAddress(frame, sha3_256(concatBytes(hash, count, Uint8Array.of(DERIVE_AUID))));
};

export const sender = fact(NATIVE_GAS.CONTEXT, (frame, facts) => giveAddress(frame, facts.sender));
export const gasPayer = fact(NATIVE_GAS.CONTEXT, (frame, facts) =>
  giveAddress(frame, facts.gasPayer),
);
export const maxGasAmount = fact(NATIVE_GAS.CONTEXT, (frame, facts) =>
  giveNumber(frame, facts.maxGasAmount),
);
export const gasUnitPrice = fact(NATIVE_GAS.CONTEXT, (frame, facts) =>
  giveNumber(frame, facts.gasUnitPrice),
);
export const chainId = fact(NATIVE_GAS.CONTEXT, (frame, facts) =>
  giveNumber(frame, BigInt(facts.chainId)),
);
/** `type_info::chain_id_internal(): u8`. */
export const typeInfoChainId = fact(NATIVE_GAS.CHAIN_ID, (frame, facts) =>
  giveNumber(frame, BigInt(facts.chainId)),
);

/** `secondary_signers_internal(): vector<address>`. */
export const secondarySigners = (result: MoveType): HostFunction =>
  fact(NATIVE_GAS.CONTEXT, (frame, { secondarySigners }) => {
    if (!frame.charge(NATIVE_GAS.CONTEXT_SIGNER * secondarySigners.length)) return unpaid(frame);
    const writer = new ByteWriter(64);
    writer.uleb128(secondarySigners.length);
    for (const address of secondarySigners) writer.bytes(address);
    return giveValue(frame, result, 0, writer.finish());
  });

/** `entry_function_payload_internal(): Option<EntryFunctionPayload>`. */
export const entryFunctionPayload = (result: MoveType): HostFunction =>
  fact(NATIVE_GAS.CONTEXT, (frame, { entryFunction }) => {
    const writer = new ByteWriter(128);
    writer.uleb128(entryFunction === undefined ? 0 : 1);
    if (entryFunction !== undefined) writeEntryFunction(writer, entryFunction);
    const bytes = writer.finish();
    if (!frame.charge(NATIVE_GAS.CONTEXT_BYTE * bytes.length)) return unpaid(frame);
    return giveValue(frame, result, 0, bytes);
  });

function writeEntryFunction(
  writer: ByteWriter,
  { address, module, name, typeArguments, args }: NonNullable<TransactionFacts["entryFunction"]>,
): void {
  const sized = (bytes: Uint8Array): void => {
    writer.uleb128(bytes.length);
    writer.bytes(bytes);
  };
  const text = (value: string): void => sized(new TextEncoder().encode(value));
  writer.bytes(address);
  text(module);
  text(name);
  writer.uleb128(typeArguments.length);
  for (const argument of typeArguments) text(argument);
  writer.uleb128(args.length);
  for (const argument of args) sized(argument);
}

/** `multisig_payload_internal(): Option<MultisigPayload>`: there is none, as no such payload is taken. */
export const multisigPayload = (result: MoveType): HostFunction =>
  fact(NATIVE_GAS.CONTEXT, (frame) => giveValue(frame, result, 0, Uint8Array.of(0)));

/** Kinds of transactions that this machine does not take. */
export const never: HostFunction = (frame) =>
  frame.charge(NATIVE_GAS.CONTEXT) ? giveBool(frame, false) : unpaid(frame);

/**
 * `monotonically_increasing_counter_internal(timestamp_us: u64): u128`: a reserved byte, the time, the transaction's place in the block (0 here), the session
 * (0), and the count in the transaction from 1: `timestamp << 56 | index << 24 | session << 16 | count`.
 */
export const increasingCounter: HostFunction = (frame) => {
  if (!frame.charge(NATIVE_GAS.CONTEXT)) return unpaid(frame);
  const context = contextOf(frame);
  context.counter += 1;
  frame.resultWord(0, (frame.argI64(0) << 56n) | BigInt(context.counter & 0xffff));
  return HOST.CONTINUE;
};
