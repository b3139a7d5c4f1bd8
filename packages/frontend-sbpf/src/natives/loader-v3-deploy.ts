import { encodeBase58, equalBytes } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import { ACCOUNT_DATA_BYTES_MAX, setData } from "../runtime/account-rules.ts";
import { hasFeature, type NativeCall } from "../runtime/invocation.ts";
import { LOADER_HEADER, loaderHeader, sameKey } from "../runtime/loader-state.ts";
import { findProgramAddress } from "../runtime/program-address.ts";
import { loadSbpf } from "../runtime/programs.ts";
import { SYSVARS } from "../runtime/sysvars.ts";
import type { BincodeFields } from "./bincode-fields.ts";
import { createAccount, payFrom } from "./invoke-system.ts";
import {
  type Account,
  accountsOf,
  checkAuthority,
  DEPLOYED_ALREADY,
  fail,
  OF_PROGRAM,
  putState,
  stateOf,
} from "./loader-v3-accounts.ts";
import {
  dataOf,
  isOwned,
  lamportsOf,
  moveLamports,
  type Refusal,
  setExecutable,
} from "./native-accounts.ts";
import { checkSysvar, currentSlot, rentMinimum } from "./native-sysvars.ts";

/** Bytes by which a program grows at least, unless it takes all that is left (SIMD-0431). */
const EXTEND_BYTES_MIN = 10_240;

/** Whether the ELF behind a header can be deployed; the reason goes to the log. */
function checkElf(call: NativeCall, elf: Uint8Array): Refusal {
  const { features } = call.invocation.transaction;
  try {
    loadSbpf(elf, { deploy: true, ...(features === undefined ? {} : { features }) });
    return undefined;
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return fail(call, error.fault.message, "InvalidAccountData");
  }
}

/** Accounts that are borrowed together must not be the same. */
const borrow = (a: Account, b: Account): Refusal =>
  a.index === b.index ? "AccountBorrowFailed" : undefined;

/** The ELF in a buffer that `authority` signs for. */
function bufferedElf(
  call: NativeCall,
  buffer: Account,
  authority: Account,
): { readonly elf: Uint8Array } | { readonly refusal: Refusal } {
  const state = stateOf(call, buffer);
  if (state === undefined) return { refusal: "InvalidAccountData" };
  if (state.kind !== "buffer") {
    return { refusal: fail(call, "Invalid Buffer account", "InvalidArgument") };
  }
  if (!sameKey(state.authority, authority.key)) {
    const line = "Buffer and upgrade authority don't match";
    return { refusal: fail(call, line, "IncorrectAuthority") };
  }
  if (!authority.isSigner) {
    return { refusal: fail(call, OF_PROGRAM.unsigned, "MissingRequiredSignature") };
  }
  const elf = dataOf(call, buffer).slice(LOADER_HEADER.BUFFER);
  if (elf.length > 0) return { elf };
  return { refusal: fail(call, "Buffer account too small", "InvalidAccountData") };
}

/** The data of a program: header, ELF, zeros up to `length`. */
function programData(
  authority: Uint8Array,
  slot: bigint,
  elf: Uint8Array,
  length: number,
): Uint8Array {
  const data = new Uint8Array(length);
  data.set(loaderHeader({ kind: "programData", slot, authority }));
  data.set(elf, LOADER_HEADER.PROGRAM_DATA);
  return data;
}

/** Refuses a program account that is not fresh and large and rich enough. */
function checkFresh(call: NativeCall, program: Account): Refusal {
  const state = stateOf(call, program);
  if (state === undefined) return "InvalidAccountData";
  if (state.kind !== "uninitialised") {
    return fail(call, "Program account already initialized", "AccountAlreadyInitialized");
  }
  const bytes = dataOf(call, program).length;
  if (bytes < LOADER_HEADER.PROGRAM) {
    return fail(call, "Program account too small", "AccountDataTooSmall");
  }
  return lamportsOf(call, program) < minimum(call, bytes)
    ? fail(call, "Program account not rent-exempt", "ExecutableAccountNotRentExempt")
    : undefined;
}

/** Balance that exempts from rent, of a chain that was found to have the sysvar. */
const minimum = (call: NativeCall, bytes: number): bigint => rentMinimum(call, bytes) ?? 0n;

/** What a program's data must hold: what exempts them from rent, and never nothing. */
function dataMinimum(call: NativeCall, bytes: number): bigint {
  const wanted = minimum(call, bytes);
  return wanted > 1n ? wanted : 1n;
}

/** The sysvars Rent and Clock, which deployment wants at positions 4 and 5, and the slot. */
function checkSysvars(call: NativeCall): Refusal {
  return checkSysvar(call, 4, SYSVARS.rent.idHex) ?? checkSysvar(call, 5, SYSVARS.clock.idHex);
}

/** DeployWithMaxDataLen {u64}: payer, program data, program, buffer, rent, clock, system, authority. */
export function deploy(call: NativeCall, fields: BincodeFields): Refusal {
  const room = fields.u64();
  const [payer, target, program, buffer, , , , authority] = accountsOf(call);
  const unknown = checkSysvars(call);
  if (unknown !== undefined) return unknown;
  if (authority === undefined) return "NotEnoughAccountKeys";
  const stale = checkFresh(call, program);
  if (stale !== undefined) return stale;
  const slot = currentSlot(call) ?? 0n;
  const buffered = bufferedElf(call, buffer, authority);
  if ("refusal" in buffered) return buffered.refusal;
  const { elf } = buffered;
  if (room < BigInt(elf.length)) {
    const line = "Max data length is too small to hold Buffer data";
    return fail(call, line, "AccountDataTooSmall");
  }
  if (room > BigInt(ACCOUNT_DATA_BYTES_MAX - LOADER_HEADER.PROGRAM_DATA)) {
    return fail(call, "Max data length is too large", "InvalidArgument");
  }
  const length = LOADER_HEADER.PROGRAM_DATA + Number(room);
  const { journal, invocation } = call;
  const { programId } = invocation;
  const derived = findProgramAddress([program.key], programId)?.address;
  if (!sameKey(derived, target.key)) {
    return fail(call, "ProgramData address is not derived", "InvalidArgument");
  }
  const refusal =
    borrow(buffer, payer) ??
    moveLamports(call, buffer, payer, lamportsOf(call, buffer)) ??
    createAccount(call, payer, target, dataMinimum(call, length), length, buffer) ??
    checkElf(call, elf) ??
    setData(journal, programId, target, programData(authority.key, slot, elf, length)) ??
    setData(journal, programId, buffer, dataOf(call, buffer).slice(0, LOADER_HEADER.BUFFER)) ??
    putState(call, program, { kind: "program", dataAddress: target.key });
  if (refusal !== undefined) return refusal;
  setExecutable(call, program);
  call.log(`Deployed program ${encodeBase58(program.key)}`);
  return undefined;
}

/** Upgrade: program data, program, buffer, spill, rent, clock, authority. What the program's data need not goes to the spill. */
export function upgrade(call: NativeCall): Refusal {
  const [target, program, buffer, spill, , , authority] = accountsOf(call);
  const unknown = checkSysvars(call);
  if (unknown !== undefined) return unknown;
  if (authority === undefined) return "NotEnoughAccountKeys";
  const broken = checkUpgradeable(call, program, target);
  if (broken !== undefined) return broken;
  const buffered = bufferedElf(call, buffer, authority);
  if ("refusal" in buffered) return buffered.refusal;
  const { elf } = buffered;
  const { length } = dataOf(call, target);
  if (length < LOADER_HEADER.PROGRAM_DATA + elf.length) {
    return fail(call, "ProgramData account not large enough", "AccountDataTooSmall");
  }
  const slot = currentSlot(call) ?? 0n;
  const spare = lamportsOf(call, target) + lamportsOf(call, buffer) - dataMinimum(call, length);
  if (spare < 0n) {
    return fail(call, "Buffer account balance too low to fund upgrade", "InsufficientFunds");
  }
  const old = stateOf(call, target);
  if (old?.kind !== "programData") {
    return fail(call, "Invalid ProgramData account", "InvalidAccountData");
  }
  if (old.slot === slot) return fail(call, DEPLOYED_ALREADY, "InvalidArgument");
  const { journal, invocation } = call;
  const { programId } = invocation;
  const refusal =
    checkAuthority(call, old.authority, authority, OF_PROGRAM) ??
    checkElf(call, elf) ??
    borrow(target, buffer) ??
    setData(journal, programId, target, programData(authority.key, slot, elf, length)) ??
    borrow(target, spill) ??
    borrow(buffer, spill) ??
    moveLamports(call, buffer, target, lamportsOf(call, buffer)) ??
    moveLamports(call, target, spill, spare) ??
    setData(journal, programId, buffer, dataOf(call, buffer).slice(0, LOADER_HEADER.BUFFER));
  if (refusal === undefined) call.log(`Upgraded program ${encodeBase58(program.key)}`);
  return refusal;
}

/** Refuses accounts that are not a program that may change and its data. */
function checkUpgradeable(call: NativeCall, program: Account, target: Account): Refusal {
  const { transaction } = call.invocation;
  if (!hasFeature(transaction, "removeAccountsExecutableFlagChecks") && program.isFrozen !== true) {
    return fail(call, "Program account not executable", "AccountNotExecutable");
  }
  if (!program.isWritable) return fail(call, "Program account not writeable", "InvalidArgument");
  if (!isOwned(call, program)) {
    return fail(call, "Program account not owned by loader", "IncorrectProgramId");
  }
  const state = stateOf(call, program);
  if (state?.kind !== "program") {
    return fail(call, "Invalid Program account", "InvalidAccountData");
  }
  return equalBytes(state.dataAddress, target.key)
    ? undefined
    : fail(call, "Program and ProgramData account mismatch", "InvalidArgument");
}

/** Refuses accounts that ExtendProgram cannot take. */
function checkExtendable(call: NativeCall, program: Account, target: Account): Refusal {
  if (!isOwned(call, target)) {
    return fail(call, "ProgramData owner is invalid", "InvalidAccountOwner");
  }
  if (!target.isWritable) return fail(call, "ProgramData is not writable", "InvalidArgument");
  if (program === undefined) return "NotEnoughAccountKeys";
  const same = borrow(target, program);
  if (same !== undefined) return same;
  if (!program.isWritable) {
    return fail(call, "Program account is not writable", "InvalidArgument");
  }
  if (!isOwned(call, program)) {
    return fail(call, "Program account not owned by loader", "InvalidAccountOwner");
  }
  const state = stateOf(call, program);
  if (state === undefined) return "InvalidAccountData";
  if (state.kind !== "program") {
    return fail(call, "Invalid Program account", "InvalidAccountData");
  }
  if (equalBytes(state.dataAddress, target.key)) return undefined;
  return fail(call, "Program account does not match ProgramData account", "InvalidArgument");
}

/** Refuses a length that program data cannot have. */
function checkLength(call: NativeCall, old: number, more: number): Refusal {
  const max = ACCOUNT_DATA_BYTES_MAX;
  if (old + more > max) {
    const line = `Extended ProgramData length of ${old + more} bytes exceeds max account data length of ${max} bytes`;
    return fail(call, line, "InvalidRealloc");
  }
  const hasMinimum = hasFeature(call.invocation.transaction, "loaderV3MinimumExtendProgramSize");
  if (!hasMinimum || more >= EXTEND_BYTES_MIN || more === max - old) return undefined;
  const line = `ExtendProgram requires a minimum of ${EXTEND_BYTES_MIN} additional bytes or to extend to maximum size, but only ${more} were requested`;
  return fail(call, line, "InvalidArgument");
}

/** ExtendProgram {u32}: program data, program, system, payer. */
export function extend(call: NativeCall, fields: BincodeFields): Refusal {
  const more = fields.u32();
  const [target, program, , payer] = accountsOf(call);
  if (more === 0) {
    return fail(call, "Additional bytes must be greater than 0", "InvalidInstructionData");
  }
  if (target === undefined) return "NotEnoughAccountKeys";
  const old = dataOf(call, target);
  const broken = checkExtendable(call, program, target) ?? checkLength(call, old.length, more);
  if (broken !== undefined) return broken;
  const slot = currentSlot(call);
  if (slot === undefined) return "UnsupportedSysvar";
  const state = stateOf(call, target);
  if (state === undefined) return "InvalidAccountData";
  if (state.kind !== "programData") {
    return fail(call, "ProgramData state is invalid", "InvalidAccountData");
  }
  if (state.slot === slot) {
    return fail(call, "Program was extended in this block already", "InvalidArgument");
  }
  if (state.authority === undefined) {
    const text = "Cannot extend ProgramData accounts that are not upgradeable";
    return fail(call, text, "Immutable");
  }
  const length = old.length + more;
  const missing = dataMinimum(call, length) - lamportsOf(call, target);
  if (missing > 0n && payer === undefined) return "NotEnoughAccountKeys";
  const grown = new Uint8Array(length);
  grown.set(old);
  const refusal =
    (missing > 0n ? payFrom(call, payer, target, missing) : undefined) ??
    setData(call.journal, call.invocation.programId, target, grown) ??
    checkElf(call, grown.subarray(LOADER_HEADER.PROGRAM_DATA)) ??
    putState(call, target, { ...state, slot });
  if (refusal === undefined) call.log(`Extended ProgramData account by ${more} bytes`);
  return refusal;
}
