import { ByteReader, ByteWriter } from "@dragoman/bytes";
import { refuse } from "@dragoman/fault";

/** The virtual machines of one journal, by their names in code. */
export const VMS = ["evm", "svm", "move"] as const;
export type Vm = (typeof VMS)[number];

export interface PortalAccount {
  /** 32-byte public key. */
  readonly key: Uint8Array;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
}

/** What one program asks of a program of another machine. */
export interface PortalCall {
  readonly vm: Vm;
  /** Gas in the unit of the callee's machine; 0 = all that the caller has left. */
  readonly gas: bigint;
  /** EVM: 20-byte address. SVM: 32-byte program id. Move: UTF-8 text `0xADDRESS::module::function`. */
  readonly target: Uint8Array;
  /** Accounts of an SVM instruction; empty for the others. */
  readonly accounts: readonly PortalAccount[];
  /** EVM: calldata. SVM: instruction data. Move: BCS of `vector<vector<u8>>`, one BCS value per argument. */
  readonly input: Uint8Array;
}

const VERSION = 1;
const SIGNER = 1;
const WRITABLE = 2;

/**
 * The one payload format of the portal, all integers little-endian:
 *
 *     u8 version = 1 · u8 vm (0 evm, 1 svm, 2 move) · u64 gas · u16 length, target ·
 *     u16 count, accounts (32-byte key, u8 flags: 1 signer, 2 writable) · u32 length, input
 */
export function encodePortalCall(call: PortalCall): Uint8Array {
  const writer = new ByteWriter(
    32 + call.target.length + call.input.length + call.accounts.length * 33,
  );
  writer.u8(VERSION);
  writer.u8(VMS.indexOf(call.vm));
  writer.u64(call.gas);
  writer.u16(call.target.length);
  writer.bytes(call.target);
  writer.u16(call.accounts.length);
  for (const { key, isSigner, isWritable } of call.accounts) {
    writer.bytes(key);
    writer.u8((isSigner ? SIGNER : 0) | (isWritable ? WRITABLE : 0));
  }
  writer.u32(call.input.length);
  writer.bytes(call.input);
  return writer.finish();
}

/** Reads a payload. Faults: truncated or surplus bytes, unknown version or machine, flags out of range. */
export function decodePortalCall(bytes: Uint8Array): PortalCall {
  const reader = new ByteReader(bytes);
  const version = reader.u8();
  if (version !== VERSION) {
    refuse(
      "UNSUPPORTED_PORTAL_VERSION",
      0,
      `portal payload version ${version}, this is ${VERSION}`,
    );
  }
  const vm = VMS[reader.u8()];
  if (vm === undefined) refuse("INVALID_PORTAL_MACHINE", 1, `no machine ${bytes[1]}; 0 to 2 exist`);
  const gas = reader.u64();
  const target = reader.take(reader.u16());
  const accounts: PortalAccount[] = [];
  for (let count = reader.u16(); count > 0; count--) {
    const key = reader.take(32);
    const flags = reader.u8();
    if (flags > (SIGNER | WRITABLE)) {
      refuse("INVALID_PORTAL_FLAGS", reader.at - 1, `account flags ${flags}; 0 to 3 exist`);
    }
    accounts.push({ key, isSigner: (flags & SIGNER) !== 0, isWritable: (flags & WRITABLE) !== 0 });
  }
  const input = reader.take(reader.u32());
  reader.finish();
  return { vm, gas, target, accounts, input };
}
