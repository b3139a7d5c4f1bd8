import { concatBytes, encodeBase58, equalBytes } from "@dragoman/bytes";
import { sha256 } from "@dragoman/crypto";
import {
  ACCOUNT_DATA_BYTES_MAX,
  setData,
  setLamports,
  setOwner,
} from "../runtime/account-rules.ts";
import { ADDRESS } from "../runtime/addresses.ts";
import {
  hasFeature,
  type InstructionAccount,
  type NativeCall,
  type NativeProgram,
} from "../runtime/invocation.ts";
import { SYSVARS } from "../runtime/sysvars.ts";
import { BincodeFields } from "./bincode-fields.ts";
import { dataOf, isOwnedBy, lamportsOf, type Refusal, signs } from "./native-accounts.ts";
import { checkSysvar, RECENT_BLOCKHASHES_HEX } from "./native-sysvars.ts";
import {
  advanceNonce,
  authoriseNonce,
  initialiseNonce,
  upgradeNonce,
  withdrawNonce,
} from "./nonce.ts";

/** Custom errors (anza-xyz/solana-sdk `system-interface/src/error.rs`). */
const ERROR = {
  ACCOUNT_ALREADY_IN_USE: 0,
  RESULT_WITH_NEGATIVE_LAMPORTS: 1,
  INVALID_ACCOUNT_DATA_LENGTH: 3,
  ADDRESS_WITH_SEED_MISMATCH: 5,
  NONCE_NO_RECENT_BLOCKHASHES: 6,
} as const;

/** Errors of deriving an address from a seed, which came to be shown as custom errors. */
const SEED_ERROR = { TOO_LONG: 0, ILLEGAL_OWNER: 2 } as const;
const SEED_BYTES_MAX = 32;
/** What no owner of a derived address may end with: it would be the hash of an address that a program signs for. */
const PDA_MARKER = new TextEncoder().encode("ProgramDerivedAddress");

/** An address that signs by itself or, if it is derived, by its base. */
interface Address {
  readonly address: Uint8Array;
  readonly base: Uint8Array | undefined;
}

/** A seed and what an address is derived from beside it. */
interface Derivation {
  readonly base: Uint8Array;
  readonly seed: Uint8Array;
  readonly owner: Uint8Array;
}

/** Reads one instruction's fields; undefined if they are cut. */
type Decoded = ((call: NativeCall, accounts: readonly InstructionAccount[]) => Refusal) | undefined;

/** Instructions by number: how many accounts each needs, and how it is read. */
const INSTRUCTIONS: readonly (readonly [
  accounts: number,
  decode: (f: BincodeFields) => Decoded,
])[] = [
  [2, decodeCreate],
  [1, decodeAssign],
  [2, decodeTransfer],
  [2, decodeCreateWithSeed],
  [
    1,
    () =>
      (call, [nonce]) =>
        refuseRecent(call, 1, "Advance") ?? advanceNonce(call, nonce),
  ],
  [2, decodeWithdrawNonce],
  [1, decodeInitialiseNonce],
  [1, decodeAuthoriseNonce],
  [1, decodeAllocate],
  [1, decodeAllocateWithSeed],
  [1, decodeAssignWithSeed],
  [3, decodeTransferWithSeed],
  [
    1,
    () =>
      (call, [nonce]) =>
        upgradeNonce(call, nonce),
  ],
  [1, decodeCreateAllowPrefund],
];

/**
 * The system program: create, assign, transfer, allocate, each with seed too, and nonces (agave
 * `programs/system/src/system_processor.rs`).
 */
export const systemProgram: NativeProgram = (call) => {
  const fields = new BincodeFields(call.invocation.data);
  const found = INSTRUCTIONS[fields.kind];
  const run = found?.[1](fields);
  if (found === undefined || run === undefined) return "InvalidInstructionData";
  const { accounts } = call.invocation;
  return accounts.length < found[0] ? "NotEnoughAccountKeys" : run(call, accounts);
};

function decodeCreate(fields: BincodeFields): Decoded {
  if (!fields.has(48)) return undefined;
  const [lamports, space, owner] = [fields.u64(), fields.u64(), fields.bytes(32)];
  return (call, [from, to]) => create(call, from, to, plain(to), lamports, space, owner);
}

function decodeAssign(fields: BincodeFields): Decoded {
  if (!fields.has(32)) return undefined;
  const owner = fields.bytes(32);
  return (call, [account]) => assign(call, account, plain(account), owner);
}

function decodeTransfer(fields: BincodeFields): Decoded {
  if (!fields.has(8)) return undefined;
  const lamports = fields.u64();
  return (call, [from, to]) => transfer(call, from, to, lamports);
}

function decodeAllocate(fields: BincodeFields): Decoded {
  if (!fields.has(8)) return undefined;
  const space = fields.u64();
  return (call, [account]) => allocate(call, account, plain(account), space);
}

function decodeCreateWithSeed(fields: BincodeFields): Decoded {
  const start = readSeed(fields);
  if (start === undefined || !fields.has(48)) return undefined;
  const [lamports, space, owner] = [fields.u64(), fields.u64(), fields.bytes(32)];
  return (call, [from, to]) => {
    const address = { address: to.key, base: start.base };
    return (
      checkDerived(call, "Create: address", to.key, { ...start, owner }) ??
      create(call, from, to, address, lamports, space, owner)
    );
  };
}

function decodeAllocateWithSeed(fields: BincodeFields): Decoded {
  const start = readSeed(fields);
  if (start === undefined || !fields.has(40)) return undefined;
  const [space, owner] = [fields.u64(), fields.bytes(32)];
  return (call, [account]) => {
    const address = { address: account.key, base: start.base };
    return (
      checkDerived(call, "Create: address", account.key, { ...start, owner }) ??
      allocate(call, account, address, space) ??
      assign(call, account, address, owner)
    );
  };
}

function decodeAssignWithSeed(fields: BincodeFields): Decoded {
  const start = readSeed(fields);
  if (start === undefined || !fields.has(32)) return undefined;
  const owner = fields.bytes(32);
  return (call, [account]) => {
    const address = { address: account.key, base: start.base };
    return (
      checkDerived(call, "Create: address", account.key, { ...start, owner }) ??
      assign(call, account, address, owner)
    );
  };
}

/** TransferWithSeed {lamports, seed, owner}: accounts from, base, to. */
function decodeTransferWithSeed(fields: BincodeFields): Decoded {
  if (!fields.has(8)) return undefined;
  const lamports = fields.u64();
  const seed = fields.string();
  if (seed === undefined || !fields.has(32)) return undefined;
  const owner = fields.bytes(32);
  return (call, [from, base, to]) => {
    if (!base.isSigner) {
      call.log(`Transfer: 'from' account ${encodeBase58(base.key)} must sign`);
      return "MissingRequiredSignature";
    }
    return (
      checkDerived(call, "Transfer: 'from' address", from.key, { base: base.key, seed, owner }) ??
      move(call, from, to, lamports)
    );
  };
}

/** CreateAccountAllowPrefund {lamports, space, owner}: accounts to and, if lamports are to be moved, from (SIMD-0312). */
function decodeCreateAllowPrefund(fields: BincodeFields): Decoded {
  if (!fields.has(48)) return undefined;
  const [lamports, space, owner] = [fields.u64(), fields.u64(), fields.bytes(32)];
  return (call, [to, from]) => {
    if (!hasFeature(call.invocation.transaction, "createAccountAllowPrefund")) {
      return "InvalidInstructionData";
    }
    if (lamports > 0n && from === undefined) return "NotEnoughAccountKeys";
    return (
      allocate(call, to, plain(to), space) ??
      assign(call, to, plain(to), owner) ??
      (lamports > 0n ? transfer(call, from, to, lamports) : undefined)
    );
  };
}

function decodeWithdrawNonce(fields: BincodeFields): Decoded {
  if (!fields.has(8)) return undefined;
  const lamports = fields.u64();
  return (call, [from, to]) =>
    checkSysvar(call, 2, RECENT_BLOCKHASHES_HEX) ??
    checkSysvar(call, 3, SYSVARS.rent.idHex) ??
    withdrawNonce(call, from, to, lamports);
}

function decodeInitialiseNonce(fields: BincodeFields): Decoded {
  if (!fields.has(32)) return undefined;
  const authority = fields.bytes(32);
  return (call, [nonce]) =>
    refuseRecent(call, 1, "Initialize") ??
    checkSysvar(call, 2, SYSVARS.rent.idHex) ??
    initialiseNonce(call, nonce, authority);
}

function decodeAuthoriseNonce(fields: BincodeFields): Decoded {
  if (!fields.has(32)) return undefined;
  const authority = fields.bytes(32);
  return (call, [nonce]) => authoriseNonce(call, nonce, authority);
}

/** Base and seed, which begin the instructions with a seed. */
function readSeed(fields: BincodeFields): Omit<Derivation, "owner"> | undefined {
  if (!fields.has(32)) return undefined;
  const base = fields.bytes(32);
  const seed = fields.string();
  return seed && { base, seed };
}

/** Refuses an instruction without the sysvar RecentBlockhashes at `position`, or with an empty one. */
function refuseRecent(call: NativeCall, position: number, verb: string): Refusal {
  const refusal = checkSysvar(call, position, RECENT_BLOCKHASHES_HEX);
  if (refusal !== undefined) return refusal;
  const list = call.invocation.transaction.sysvar(RECENT_BLOCKHASHES_HEX);
  if (list?.subarray(0, 8).some((byte) => byte !== 0) === true) return undefined;
  call.log(`${verb} nonce account: recent blockhash list is empty`);
  return ERROR.NONCE_NO_RECENT_BLOCKHASHES;
}

const plain = ({ key }: InstructionAccount): Address => ({ address: key, base: undefined });

const addressText = ({ address, base }: Address): string => {
  const shown = base === undefined ? "None" : `Some(${encodeBase58(base)})`;
  return `Address { address: ${encodeBase58(address)}, base: ${shown} }`;
};

function allocate(
  call: NativeCall,
  account: InstructionAccount,
  address: Address,
  space: bigint,
): Refusal {
  if (!signs(call, address.base ?? address.address)) {
    call.log(`Allocate: 'to' account ${addressText(address)} must sign`);
    return "MissingRequiredSignature";
  }
  if (dataOf(call, account).length > 0 || !isOwnedBy(call, account, ADDRESS.SYSTEM.bytes)) {
    call.log(`Allocate: account ${addressText(address)} already in use`);
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
  address: Address,
  owner: Uint8Array,
): Refusal {
  if (isOwnedBy(call, account, owner)) return undefined;
  if (!signs(call, address.base ?? address.address)) {
    call.log(`Assign: account ${addressText(address)} must sign`);
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
  if (dataOf(call, from).length > 0) {
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
  from: InstructionAccount,
  to: InstructionAccount,
  address: Address,
  lamports: bigint,
  space: bigint,
  owner: Uint8Array,
): Refusal {
  if (lamportsOf(call, to) > 0n) {
    call.log(`Create Account: account ${addressText(address)} already in use`);
    return ERROR.ACCOUNT_ALREADY_IN_USE;
  }
  return (
    allocate(call, to, address, space) ??
    assign(call, to, address, owner) ??
    transfer(call, from, to, lamports)
  );
}

/** Refuses an address that is not derived as it says; `what` begins the line in the log. */
function checkDerived(
  call: NativeCall,
  what: string,
  key: Uint8Array,
  { base, seed, owner }: Derivation,
): Refusal {
  if (seed.length > SEED_BYTES_MAX) return SEED_ERROR.TOO_LONG;
  if (equalBytes(owner.subarray(owner.length - PDA_MARKER.length), PDA_MARKER)) {
    return SEED_ERROR.ILLEGAL_OWNER;
  }
  const derived = sha256(concatBytes(base, seed, owner));
  if (equalBytes(derived, key)) return undefined;
  const [own, wanted] = [encodeBase58(key), encodeBase58(derived)];
  call.log(`${what} ${own} does not match derived address ${wanted}`);
  return ERROR.ADDRESS_WITH_SEED_MISMATCH;
}
