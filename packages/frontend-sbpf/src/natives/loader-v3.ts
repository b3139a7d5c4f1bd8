import { encodeBase58, equalBytes } from "@dragoman/bytes";
import { FaultError } from "@dragoman/fault";
import { ACCOUNT_DATA_BYTES_MAX, setData } from "../runtime/account-rules.ts";
import type { InstructionErrorName } from "../runtime/instruction-error.ts";
import type { InstructionAccount, NativeCall, NativeProgram } from "../runtime/invocation.ts";
import { findProgramAddress } from "../runtime/program-address.ts";
import { loadSbpf } from "../runtime/programs.ts";
import {
  LOADER_HEADER,
  type LoaderState,
  loaderHeader,
  readLoaderState,
  sameKey,
} from "./loader-state.ts";
import {
  createAccount,
  currentSlot,
  dataOf,
  isOwned,
  lamportsOf,
  moveLamports,
  payFrom,
  type Refusal,
  rentMinimum,
  setExecutable,
} from "./native-accounts.ts";

/** Units that every instruction of the upgradeable loader costs. */
export const LOADER_V3_UNITS = 2370;

type Account = InstructionAccount;
type Run = (call: NativeCall, fields: DataView) => Refusal;

/** Instructions by number, with the accounts that each needs at least. */
const INSTRUCTIONS: readonly (readonly [accounts: number, run: Run])[] = [
  [1, initialiseBuffer],
  [2, write],
  [8, deploy],
  [7, upgrade],
  [2, (call) => setAuthority(call, false)],
  [2, close],
  [2, extend],
  [3, (call) => setAuthority(call, true)],
];

/** The upgradeable loader (agave `programs/bpf_loader/src/lib.rs`): buffers, deployment, upgrades, authorities, closing, extension. */
export const loaderV3: NativeProgram = (call) => {
  const { data, accounts } = call.invocation;
  if (data.length < 4) return "InvalidInstructionData";
  const fields = new DataView(data.buffer, data.byteOffset, data.byteLength);
  const found = INSTRUCTIONS[fields.getUint32(0, true)];
  if (found === undefined) return "InvalidInstructionData";
  const [needed, run] = found;
  return accounts.length < needed ? "NotEnoughAccountKeys" : run(call, fields);
};

/** Fails with a line in the log. */
function fail(call: NativeCall, line: string, error: InstructionErrorName): InstructionErrorName {
  call.log(line);
  return error;
}

const accountsOf = ({ invocation }: NativeCall): readonly Account[] => invocation.accounts;

/** State of an account that the loader owns. */
function stateOf(call: NativeCall, account: Account): LoaderState | undefined {
  return isOwned(call, account) ? readLoaderState(dataOf(call, account)) : undefined;
}

/** Writes a state's header over the beginning of the account's data. */
function putState(call: NativeCall, account: Account, state: LoaderState): Refusal {
  const header = loaderHeader(state);
  const old = dataOf(call, account);
  if (old.length < header.length) return "AccountDataTooSmall";
  const data = old.slice();
  data.set(header);
  return setData(call.journal, call.invocation.programId, account, data);
}

/** How an instruction speaks of the authority that it needs. */
interface AuthorityWords {
  readonly none: string;
  readonly wrong: string;
  readonly unsigned: string;
}

const OF_BUFFER: AuthorityWords = {
  none: "Buffer is immutable",
  wrong: "Incorrect buffer authority provided",
  unsigned: "Buffer authority did not sign",
};
const OF_PROGRAM: AuthorityWords = {
  none: "Program not upgradeable",
  wrong: "Incorrect upgrade authority provided",
  unsigned: "Upgrade authority did not sign",
};
const OF_CLOSED: AuthorityWords = {
  none: "Account is immutable",
  wrong: "Incorrect authority provided",
  unsigned: "Authority did not sign",
};

/** Refuses what the authority has not signed. */
function checkAuthority(
  call: NativeCall,
  authority: Uint8Array | undefined,
  signer: Account,
  words: AuthorityWords,
): Refusal {
  if (authority === undefined) return fail(call, words.none, "Immutable");
  if (!equalBytes(authority, signer.key)) return fail(call, words.wrong, "IncorrectAuthority");
  return signer.isSigner ? undefined : fail(call, words.unsigned, "MissingRequiredSignature");
}

/** Whether the ELF behind a header can be deployed; the reason goes to the log. */
function checkElf(call: NativeCall, elf: Uint8Array): Refusal {
  try {
    loadSbpf(elf, { deploy: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    return fail(call, error.fault.message, "InvalidAccountData");
  }
}

function initialiseBuffer(call: NativeCall): Refusal {
  const [buffer, authority] = accountsOf(call);
  if (stateOf(call, buffer)?.kind !== "uninitialised") {
    return fail(call, "Buffer account already initialized", "AccountAlreadyInitialized");
  }
  if (authority === undefined) return "NotEnoughAccountKeys";
  return putState(call, buffer, { kind: "buffer", authority: authority.key });
}

/** Write {offset u32, bytes with u64 length}. */
function write(call: NativeCall, fields: DataView): Refusal {
  if (fields.byteLength < 16) return "InvalidInstructionData";
  const offset = LOADER_HEADER.BUFFER + fields.getUint32(4, true);
  const length = fields.getBigUint64(8, true);
  if (length > BigInt(fields.byteLength - 16)) return "InvalidInstructionData";
  const bytes = call.invocation.data.subarray(16, 16 + Number(length));
  const [buffer, authority] = accountsOf(call);
  const state = stateOf(call, buffer);
  if (state?.kind !== "buffer") return fail(call, "Invalid Buffer account", "InvalidAccountData");
  const refusal = checkAuthority(call, state.authority, authority, OF_BUFFER);
  if (refusal !== undefined) return refusal;
  const old = dataOf(call, buffer);
  const end = offset + bytes.length;
  if (old.length < end) {
    return fail(call, `Write overflow: ${old.length} < ${end}`, "AccountDataTooSmall");
  }
  const data = old.slice();
  data.set(bytes, offset);
  return setData(call.journal, call.invocation.programId, buffer, data);
}

/** The ELF in a buffer that `authority` signs for. */
function bufferedElf(
  call: NativeCall,
  buffer: Account,
  authority: Account,
): { readonly elf: Uint8Array } | { readonly refusal: Refusal } {
  const state = stateOf(call, buffer);
  if (state?.kind !== "buffer") {
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
  if (stateOf(call, program)?.kind !== "uninitialised") {
    return fail(call, "Program account already initialized", "AccountAlreadyInitialized");
  }
  const bytes = dataOf(call, program).length;
  if (bytes < LOADER_HEADER.PROGRAM) {
    return fail(call, "Program account too small", "AccountDataTooSmall");
  }
  const wanted = rentMinimum(call, bytes);
  if (wanted === undefined) return "UnsupportedSysvar";
  return lamportsOf(call, program) < wanted
    ? fail(call, "Program account not rent-exempt", "ExecutableAccountNotRentExempt")
    : undefined;
}

/** DeployWithMaxDataLen {u64}: payer, program data, program, buffer, rent, clock, system, authority. */
function deploy(call: NativeCall, fields: DataView): Refusal {
  if (fields.byteLength < 12) return "InvalidInstructionData";
  const [payer, target, program, buffer, , , , authority] = accountsOf(call);
  const stale = checkFresh(call, program);
  if (stale !== undefined) return stale;
  const slot = currentSlot(call);
  if (slot === undefined) return "UnsupportedSysvar";
  const buffered = bufferedElf(call, buffer, authority);
  if ("refusal" in buffered) return buffered.refusal;
  const room = fields.getBigUint64(4, true);
  if (room < BigInt(buffered.elf.length)) {
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
    moveLamports(call, buffer, payer, lamportsOf(call, buffer)) ??
    createAccount(call, payer, target, rentMinimum(call, length)!, length) ??
    checkElf(call, buffered.elf) ??
    setData(journal, programId, target, programData(authority.key, slot, buffered.elf, length)) ??
    setData(journal, programId, buffer, dataOf(call, buffer).slice(0, LOADER_HEADER.BUFFER)) ??
    putState(call, program, { kind: "program", dataAddress: target.key });
  if (refusal !== undefined) return refusal;
  setExecutable(call, program);
  call.log(`Deployed program ${encodeBase58(program.key)}`);
  return undefined;
}

/** Refuses accounts that are not a program and its data. */
function checkPair(call: NativeCall, program: Account, target: Account, mismatch: string): Refusal {
  if (!isOwned(call, program)) {
    return fail(call, "Program account not owned by loader", "IncorrectProgramId");
  }
  const state = stateOf(call, program);
  if (state?.kind !== "program") {
    return fail(call, "Invalid Program account", "InvalidAccountData");
  }
  return equalBytes(state.dataAddress, target.key)
    ? undefined
    : fail(call, mismatch, "InvalidArgument");
}

/** Upgrade: program data, program, buffer, spill, rent, clock, authority. What the program's data need not goes to the spill. */
function upgrade(call: NativeCall): Refusal {
  const [target, program, buffer, spill, , , authority] = accountsOf(call);
  const broken = checkPair(call, program, target, "Program and ProgramData account mismatch");
  if (broken !== undefined) return broken;
  const buffered = bufferedElf(call, buffer, authority);
  if ("refusal" in buffered) return buffered.refusal;
  const { length } = dataOf(call, target);
  if (length < LOADER_HEADER.PROGRAM_DATA + buffered.elf.length) {
    return fail(call, "ProgramData account not large enough", "AccountDataTooSmall");
  }
  const slot = currentSlot(call);
  const needed = rentMinimum(call, length);
  if (slot === undefined || needed === undefined) return "UnsupportedSysvar";
  const spare = lamportsOf(call, target) + lamportsOf(call, buffer) - needed;
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
    checkElf(call, buffered.elf) ??
    setData(journal, programId, target, programData(authority.key, slot, buffered.elf, length)) ??
    moveLamports(call, buffer, target, lamportsOf(call, buffer)) ??
    moveLamports(call, target, spill, spare) ??
    setData(journal, programId, buffer, dataOf(call, buffer).slice(0, LOADER_HEADER.BUFFER));
  if (refusal === undefined) call.log(`Upgraded program ${encodeBase58(program.key)}`);
  return refusal;
}

const DEPLOYED_ALREADY = "Program was deployed in this block already";

/** SetAuthority and SetAuthorityChecked, in which the new one signs too: account, authority, new authority (absent: nobody). */
function setAuthority(call: NativeCall, isChecked: boolean): Refusal {
  const [account, present, next] = accountsOf(call);
  const state = stateOf(call, account);
  if (state?.kind !== "buffer" && state?.kind !== "programData") {
    return fail(call, "Account does not support authorities", "InvalidArgument");
  }
  if (state.kind === "buffer" && next === undefined) {
    return fail(call, "Buffer authority is not optional", "IncorrectAuthority");
  }
  const words = state.kind === "buffer" ? OF_BUFFER : OF_PROGRAM;
  const refusal = checkAuthority(call, state.authority, present, words);
  if (refusal !== undefined) return refusal;
  if (isChecked && !next.isSigner) {
    return fail(call, "New authority did not sign", "MissingRequiredSignature");
  }
  const authority: Uint8Array | undefined = next?.key;
  const changed = putState(call, account, { ...state, authority });
  // As Rust shows an option, and a key.
  const name = authority === undefined ? "None" : encodeBase58(authority);
  const shown = isChecked || authority === undefined ? name : `Some(${name})`;
  if (changed === undefined) call.log(`New authority ${shown}`);
  return changed;
}

/** Close: account, recipient, and for buffers and program data the authority, for program data the program. */
function close(call: NativeCall): Refusal {
  const [account, recipient, authority, program] = accountsOf(call);
  if (account.index === recipient.index) {
    const line = "Recipient is the same as the account being closed";
    return fail(call, line, "InvalidArgument");
  }
  const state = stateOf(call, account);
  if (state === undefined || state.kind === "program") {
    return fail(call, "Account does not support closing", "InvalidArgument");
  }
  if (state.kind !== "uninitialised") {
    if (authority === undefined) return "NotEnoughAccountKeys";
    const isProgram = state.kind === "programData";
    if (isProgram && program === undefined) return "NotEnoughAccountKeys";
    const refusal =
      (isProgram ? checkClosable(call, program, account, state.slot) : undefined) ??
      checkAuthority(call, state.authority, authority, OF_CLOSED);
    if (refusal !== undefined) return refusal;
  }
  const { journal, invocation } = call;
  const refusal =
    moveLamports(call, account, recipient, lamportsOf(call, account)) ??
    setData(journal, invocation.programId, account, new Uint8Array(4));
  const [kind, closed] = CLOSED[state.kind];
  const name = encodeBase58((closed === "program" ? program : account).key);
  if (refusal === undefined) call.log(`Closed ${kind} ${name}`);
  return refusal;
}

/** How the log names what was closed. */
const CLOSED = {
  uninitialised: ["Uninitialized", "account"],
  buffer: ["Buffer", "account"],
  programData: ["Program", "program"],
} as const;

function checkClosable(
  call: NativeCall,
  program: Account,
  account: Account,
  slot: bigint,
): Refusal {
  if (!program.isWritable) {
    return fail(call, "Program account is not writable", "InvalidArgument");
  }
  if (!isOwned(call, program)) {
    return fail(call, "Program account not owned by loader", "IncorrectProgramId");
  }
  if (currentSlot(call) === slot) return fail(call, DEPLOYED_ALREADY, "InvalidArgument");
  return checkPair(
    call,
    program,
    account,
    "ProgramData account does not match ProgramData account",
  );
}

/** ExtendProgram {u32}: program data, program, system, payer. */
function extend(call: NativeCall, fields: DataView): Refusal {
  if (fields.byteLength < 8) return "InvalidInstructionData";
  const more = fields.getUint32(4, true);
  const [target, program, , payer] = accountsOf(call);
  if (more === 0) {
    return fail(call, "Additional bytes must be greater than 0", "InvalidInstructionData");
  }
  const line = "Program account does not match ProgramData account";
  const broken = checkPair(call, program, target, line);
  if (broken !== undefined) return broken;
  const old = stateOf(call, target);
  if (old?.kind !== "programData") {
    return fail(call, "ProgramData state is invalid", "InvalidAccountData");
  }
  const slot = currentSlot(call);
  if (old.slot === slot) {
    return fail(call, "Program was extended in this block already", "InvalidArgument");
  }
  if (old.authority === undefined) {
    const text = "Cannot extend ProgramData accounts that are not upgradeable";
    return fail(call, text, "Immutable");
  }
  const data = dataOf(call, target);
  const length = data.length + more;
  if (length > ACCOUNT_DATA_BYTES_MAX) return "InvalidRealloc";
  const wanted = rentMinimum(call, length);
  if (slot === undefined || wanted === undefined) return "UnsupportedSysvar";
  const missing = wanted - lamportsOf(call, target);
  if (missing > 0n && payer === undefined) return "NotEnoughAccountKeys";
  const grown = new Uint8Array(length);
  grown.set(data);
  grown.set(loaderHeader({ ...old, slot }));
  const refusal =
    (missing > 0n ? payFrom(call, payer, target, missing) : undefined) ??
    setData(call.journal, call.invocation.programId, target, grown);
  if (refusal === undefined) call.log(`Extended ProgramData account by ${more} bytes`);
  return refusal;
}
