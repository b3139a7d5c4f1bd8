import { encodeBase58, equalBytes } from "@dragoman/bytes";
import { sha256 } from "@dragoman/crypto";
import {
  ACCOUNT_DATA_BYTES_MAX,
  setData,
  setLamports,
  setOwner,
} from "../runtime/account-rules.ts";
import { HEAD, readData, readHead } from "../runtime/accounts.ts";
import { ADDRESS } from "../runtime/addresses.ts";
import type { InstructionErrorName } from "../runtime/instruction-error.ts";
import type { InstructionAccount, NativeCall, NativeProgram } from "../runtime/invocation.ts";
import { advanceNonce, authoriseNonce, initialiseNonce, withdrawNonce } from "./nonce.ts";

/** Custom errors (anza-xyz/solana-sdk `system-interface/src/error.rs`). */
const ERROR = {
  ACCOUNT_ALREADY_IN_USE: 0,
  RESULT_WITH_NEGATIVE_LAMPORTS: 1,
  INVALID_ACCOUNT_DATA_LENGTH: 3,
  ADDRESS_WITH_SEED_MISMATCH: 5,
} as const;

type Refusal = InstructionErrorName | number | undefined;

const SEED_BYTES_MAX = 32;

/** Fields of an instruction in bincode. */
class Fields {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  #at = 4;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  get kind(): number {
    return this.#bytes.length < 4 ? -1 : this.#view.getUint32(0, true);
  }

  /** True if `size` more bytes are there. */
  has(size: number): boolean {
    return this.#at + size <= this.#bytes.length;
  }

  u64(): bigint {
    this.#at += 8;
    return this.#view.getBigUint64(this.#at - 8, true);
  }

  bytes(size: number): Uint8Array {
    this.#at += size;
    return this.#bytes.slice(this.#at - size, this.#at);
  }

  /** A string with its length before it; undefined if it is cut. */
  string(): Uint8Array | undefined {
    if (!this.has(8)) return undefined;
    const size = Number(this.u64());
    return this.has(size) ? this.bytes(size) : undefined;
  }
}

/**
 * The system program: create, assign, transfer, allocate, each with seed too, and nonces (agave
 * `programs/system/src/system_processor.rs`).
 */
export const systemProgram: NativeProgram = (call) => {
  const fields = new Fields(call.invocation.data);
  switch (fields.kind) {
    case 0:
      return fields.has(48) ? create(call, fields.u64(), fields.u64(), fields.bytes(32)) : INVALID;
    case 1:
      return fields.has(32)
        ? withAccounts(call, 1, ([a]) => assign(call, a, fields.bytes(32)))
        : INVALID;
    case 2:
      return fields.has(8)
        ? withAccounts(call, 2, ([from, to]) => transfer(call, from, to, fields.u64()))
        : INVALID;
    case 3:
      return createWithSeed(call, fields);
    case 4:
      return withAccounts(call, 1, ([a]) => advanceNonce(call, a));
    case 5:
      return fields.has(8)
        ? withAccounts(call, 2, ([from, to]) => withdrawNonce(call, from, to, fields.u64()))
        : INVALID;
    case 6:
      return fields.has(32)
        ? withAccounts(call, 1, ([a]) => initialiseNonce(call, a, fields.bytes(32)))
        : INVALID;
    case 7:
      return fields.has(32)
        ? withAccounts(call, 1, ([a]) => authoriseNonce(call, a, fields.bytes(32)))
        : INVALID;
    case 8:
      return fields.has(8)
        ? withAccounts(call, 1, ([a]) => allocate(call, a, fields.u64()))
        : INVALID;
    case 9:
    case 10:
      return changeWithSeed(call, fields, fields.kind === 9);
    case 11:
      return transferWithSeed(call, fields);
    default:
      return INVALID;
  }
};

const INVALID: Refusal = "InvalidInstructionData";

function withAccounts(
  { invocation }: NativeCall,
  count: number,
  act: (accounts: readonly InstructionAccount[]) => Refusal,
): Refusal {
  return invocation.accounts.length < count ? "NotEnoughAccountKeys" : act(invocation.accounts);
}

const addressText = (account: InstructionAccount): string =>
  `Address { address: ${encodeBase58(account.key)}, base: None }`;

function lamportsOf({ journal }: NativeCall, account: InstructionAccount): bigint {
  const head = readHead(journal, account.index);
  return new DataView(head.buffer, head.byteOffset).getBigUint64(HEAD.LAMPORTS, true);
}

function ownerOf({ journal }: NativeCall, account: InstructionAccount): Uint8Array {
  return readHead(journal, account.index).subarray(HEAD.OWNER, HEAD.OWNER + 32);
}

function allocate(
  call: NativeCall,
  account: InstructionAccount,
  space: bigint,
  signed?: boolean,
): Refusal {
  if (!(signed ?? account.isSigner)) {
    call.log(`Allocate: 'to' account ${addressText(account)} must sign`);
    return "MissingRequiredSignature";
  }
  const isFree = equalBytes(ownerOf(call, account), ADDRESS.SYSTEM.bytes);
  if (readData(call.journal, account.index).length > 0 || !isFree) {
    call.log(`Allocate: account ${addressText(account)} already in use`);
    return ERROR.ACCOUNT_ALREADY_IN_USE;
  }
  if (space > BigInt(ACCOUNT_DATA_BYTES_MAX)) {
    call.log(`Allocate: requested ${space}, max allowed ${ACCOUNT_DATA_BYTES_MAX}`);
    return ERROR.INVALID_ACCOUNT_DATA_LENGTH;
  }
  return setData(call.journal, call.invocation.programId, account, new Uint8Array(Number(space)));
}

function assign(
  call: NativeCall,
  account: InstructionAccount,
  owner: Uint8Array,
  signed?: boolean,
): Refusal {
  if (equalBytes(ownerOf(call, account), owner)) return undefined;
  if (!(signed ?? account.isSigner)) {
    call.log(`Assign: account ${addressText(account)} must sign`);
    return "MissingRequiredSignature";
  }
  return setOwner(call.journal, call.invocation.programId, account, owner);
}

function transfer(
  call: NativeCall,
  from: InstructionAccount,
  to: InstructionAccount,
  lamports: bigint,
): Refusal {
  if (!from.isSigner) {
    call.log(`Transfer: \`from\` account ${encodeBase58(from.key)} must sign`);
    return "MissingRequiredSignature";
  }
  return move(call, from, to, lamports);
}

function move(
  call: NativeCall,
  from: InstructionAccount,
  to: InstructionAccount,
  lamports: bigint,
): Refusal {
  if (readData(call.journal, from.index).length > 0) {
    call.log("Transfer: `from` must not carry data");
    return "InvalidArgument";
  }
  const available = lamportsOf(call, from);
  if (lamports > available) {
    call.log(`Transfer: insufficient lamports ${available}, need ${lamports}`);
    return ERROR.RESULT_WITH_NEGATIVE_LAMPORTS;
  }
  const { journal, invocation } = call;
  const taken = setLamports(journal, invocation.programId, from, available - lamports);
  if (taken !== undefined) return taken;
  const sum = lamportsOf(call, to) + lamports;
  if (sum >= 1n << 64n) return "ArithmeticOverflow";
  return setLamports(journal, invocation.programId, to, sum);
}

function create(
  call: NativeCall,
  lamports: bigint,
  space: bigint,
  owner: Uint8Array,
  signed?: boolean,
): Refusal {
  return withAccounts(call, 2, ([from, to]) => {
    if (lamportsOf(call, to) > 0n) {
      call.log(`Create Account: account ${addressText(to)} already in use`);
      return ERROR.ACCOUNT_ALREADY_IN_USE;
    }
    return (
      allocate(call, to, space, signed) ??
      assign(call, to, owner, signed) ??
      transfer(call, from, to, lamports)
    );
  });
}

/** sha256(base, seed, owner): an address that `base` may sign for. */
function seedAddress(base: Uint8Array, seed: Uint8Array, owner: Uint8Array): Uint8Array {
  return sha256(Uint8Array.from([...base, ...seed, ...owner]));
}

function signs(call: NativeCall, key: Uint8Array): boolean {
  return call.invocation.accounts.some(
    (account) => account.isSigner && equalBytes(account.key, key),
  );
}

/** Checks that `account` is derived; undefined if it is. */
function checkSeed(
  account: InstructionAccount,
  base: Uint8Array,
  seed: Uint8Array,
  owner: Uint8Array,
): Refusal {
  if (seed.length > SEED_BYTES_MAX) return "MaxSeedLengthExceeded";
  const matches = equalBytes(seedAddress(base, seed, owner), account.key);
  return matches ? undefined : ERROR.ADDRESS_WITH_SEED_MISMATCH;
}

function createWithSeed(call: NativeCall, fields: Fields): Refusal {
  if (!fields.has(32)) return INVALID;
  const base = fields.bytes(32);
  const seed = fields.string();
  if (seed === undefined || !fields.has(48)) return INVALID;
  const [lamports, space, owner] = [fields.u64(), fields.u64(), fields.bytes(32)];
  return withAccounts(call, 2, ([, to]) => {
    const refusal = checkSeed(to, base, seed, owner);
    return refusal ?? create(call, lamports, space, owner, signs(call, base));
  });
}

/** AllocateWithSeed {base, seed, space, owner} and AssignWithSeed {base, seed, owner}. */
function changeWithSeed(call: NativeCall, fields: Fields, allocates: boolean): Refusal {
  if (!fields.has(32)) return INVALID;
  const base = fields.bytes(32);
  const seed = fields.string();
  if (seed === undefined || !fields.has(allocates ? 40 : 32)) return INVALID;
  const space = allocates ? fields.u64() : 0n;
  const owner = fields.bytes(32);
  return withAccounts(call, 1, ([account]) => {
    const refusal = checkSeed(account, base, seed, owner);
    if (refusal !== undefined) return refusal;
    const signed = signs(call, base);
    const allocated = allocates ? allocate(call, account, space, signed) : undefined;
    return allocated ?? assign(call, account, owner, signed);
  });
}

/** TransferWithSeed {lamports, seed, owner}: accounts from, base, to. */
function transferWithSeed(call: NativeCall, fields: Fields): Refusal {
  if (!fields.has(8)) return INVALID;
  const lamports = fields.u64();
  const seed = fields.string();
  if (seed === undefined || !fields.has(32)) return INVALID;
  const owner = fields.bytes(32);
  return withAccounts(call, 3, ([from, base, to]) => {
    if (!base.isSigner) return "MissingRequiredSignature";
    return checkSeed(from, base.key, seed, owner) ?? move(call, from, to, lamports);
  });
}
