import { ByteReader, ByteWriter } from "@dragoman/bytes";
import { FaultError, refuse } from "@dragoman/fault";
import {
  ERA,
  type Mortality,
  MULTI_ADDRESS,
  MULTI_SIGNATURE,
  type MultiSignature,
} from "../runtime/primitives.ts";
import { RUNTIME_CALL, type RuntimeCall } from "../runtime/runtime.ts";
import { struct } from "../scale/compounds.ts";
import { compact, readCompact, U32, U128, writeCompact } from "../scale/numbers.ts";
import { encode, type Value } from "../scale/shape.ts";
import { blake2b256 } from "../storage/blake2.ts";

/** Version of the extrinsic format. */
export const EXTRINSIC_VERSION = 4;
const SIGNED = 0x80;
const LENGTH_MAX = 0x3fff_ffffn;

/** What signed extensions put into an extrinsic, in their order. */
export const EXTRA = struct("", { era: ERA, nonce: compact(U32), tip: compact(U128) });

/** Who signed an extrinsic, and how. */
export interface ExtrinsicSignature {
  readonly address: Value<typeof MULTI_ADDRESS>;
  readonly signature: MultiSignature;
  /** Undefined = immortal. */
  readonly era: Mortality | undefined;
  readonly nonce: number;
  /** Plancks. */
  readonly tip: bigint;
}

/** An extrinsic of format 4. */
export interface Extrinsic {
  /** With its length in front, as it goes over the wire and stands in blocks. */
  readonly bytes: Uint8Array;
  /** blake2b-256 of `bytes`. */
  readonly hash: Uint8Array;
  /** Absent: an inherent. */
  readonly signed: ExtrinsicSignature | undefined;
  readonly call: RuntimeCall;
  readonly callBytes: Uint8Array;
}

/** Reads an extrinsic with its length in front. Fault: MALFORMED_TRANSACTION. */
export function decodeExtrinsic(bytes: Uint8Array): Extrinsic {
  try {
    const reader = new ByteReader(bytes);
    const length = Number(readCompact(reader, LENGTH_MAX));
    if (length !== reader.remaining) {
      refuse("MALFORMED_TRANSACTION", 0, `${length} bytes announced, ${reader.remaining} there`);
    }
    const version = reader.u8();
    if ((version & ~SIGNED) !== EXTRINSIC_VERSION) {
      refuse(
        "MALFORMED_TRANSACTION",
        reader.at - 1,
        `extrinsic format ${version & ~SIGNED}, not 4`,
      );
    }
    const signed = (version & SIGNED) === 0 ? undefined : readSignature(reader);
    const callBytes = bytes.slice(reader.at);
    const call = RUNTIME_CALL.read(reader);
    reader.finish();
    return { bytes, hash: blake2b256(bytes), signed, call, callBytes };
  } catch (error) {
    if (!(error instanceof FaultError) || error.fault.name === "MALFORMED_TRANSACTION") throw error;
    return refuse("MALFORMED_TRANSACTION", error.fault.at, error.fault.message);
  }
}

function readSignature(reader: ByteReader): ExtrinsicSignature {
  const address = MULTI_ADDRESS.read(reader);
  const signature = MULTI_SIGNATURE.read(reader);
  return { address, signature, ...EXTRA.read(reader) };
}

/** The extrinsic that the block's author adds by itself. */
export function inherent(call: RuntimeCall): Extrinsic {
  const callBytes = encode(RUNTIME_CALL, call);
  const writer = new ByteWriter();
  writeCompact(writer, callBytes.length + 1);
  writer.u8(EXTRINSIC_VERSION);
  writer.bytes(callBytes);
  const bytes = writer.finish();
  return { bytes, hash: blake2b256(bytes), signed: undefined, call, callBytes };
}

/** Account that signed; undefined if the address is none that can be looked up. */
export function signerOf(signed: ExtrinsicSignature): Uint8Array | undefined {
  return signed.address.type === "Id" ? signed.address.value[0] : undefined;
}

/** What is signed beside call and extra: facts of the chain that the extrinsic is for. */
export interface ImplicitPayload {
  readonly specVersion: number;
  readonly transactionVersion: number;
  readonly genesisHash: Uint8Array;
  /** Hash of the block in which the era began; the genesis hash if immortal. */
  readonly birthHash: Uint8Array;
}

const DIRECT_BYTES_MAX = 256;

/** Bytes that the signature is over: call, extra and implicit facts, or their blake2b-256 if they are more than 256 bytes. */
export function signingPayload(
  callBytes: Uint8Array,
  signed: ExtrinsicSignature,
  implicit: ImplicitPayload,
): Uint8Array {
  const writer = new ByteWriter();
  writer.bytes(callBytes);
  EXTRA.write(writer, signed);
  writer.u32(implicit.specVersion);
  writer.u32(implicit.transactionVersion);
  writer.bytes(implicit.genesisHash);
  writer.bytes(implicit.birthHash);
  const payload = writer.finish();
  return payload.length > DIRECT_BYTES_MAX ? blake2b256(payload) : payload;
}

/** Block in which an era began, for a block that could take the extrinsic (`Era::birth`). */
export function birthOf({ period, phase }: Mortality, current: number): number {
  return Math.floor((Math.max(current, phase) - phase) / period) * period + phase;
}
