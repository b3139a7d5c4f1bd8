import { encodeBase58, equalBytes } from "@dragoman/bytes";
import { setData } from "../runtime/account-rules.ts";
import { hasFeature, type NativeCall, type NativeProgram } from "../runtime/invocation.ts";
import { LOADER_HEADER } from "../runtime/loader-state.ts";
import { BincodeFields } from "./bincode-fields.ts";
import {
  type Account,
  accountsOf,
  checkAuthority,
  DEPLOYED_ALREADY,
  fail,
  OF_BUFFER,
  OF_CLOSED,
  OF_PROGRAM,
  putState,
  stateOf,
} from "./loader-v3-accounts.ts";
import { deploy, extend, upgrade } from "./loader-v3-deploy.ts";
import { dataOf, isOwned, lamportsOf, moveLamports, type Refusal } from "./native-accounts.ts";
import { currentSlot } from "./native-sysvars.ts";

/** Units that every instruction of the upgradeable loader costs. */
export const LOADER_V3_UNITS = 2370;

type Run = (call: NativeCall, fields: BincodeFields) => Refusal;

/** Instructions by number, with the bytes and accounts that each needs at least. */
const INSTRUCTIONS: readonly (readonly [bytes: number, accounts: number, run: Run])[] = [
  [0, 2, initialiseBuffer],
  [4, 2, write],
  [8, 4, deploy],
  [0, 3, upgrade],
  [0, 2, (call) => setAuthority(call, false)],
  [0, 2, close],
  [4, 0, extend],
  [0, 0, setAuthorityChecked],
];

/** The upgradeable loader (agave `programs/bpf_loader/src/lib.rs`): buffers, deployment, upgrades, authorities, closing, extension. */
export const loaderV3: NativeProgram = (call) => {
  const { data, accounts } = call.invocation;
  const fields = new BincodeFields(data);
  const found = INSTRUCTIONS[fields.kind];
  if (found === undefined) return "InvalidInstructionData";
  const [bytes, needed, run] = found;
  if (!fields.has(bytes)) return "InvalidInstructionData";
  if (run === write && !hasWriteBytes(data)) return "InvalidInstructionData";
  return accounts.length < needed ? "NotEnoughAccountKeys" : run(call, fields);
};

/** Whether the bytes that Write brings are all there. */
function hasWriteBytes(data: Uint8Array): boolean {
  const fields = new BincodeFields(data);
  fields.u32();
  return fields.vector() !== undefined;
}

function initialiseBuffer(call: NativeCall): Refusal {
  const [buffer, authority] = accountsOf(call);
  const state = stateOf(call, buffer);
  if (state === undefined) return "InvalidAccountData";
  if (state.kind !== "uninitialised") {
    return fail(call, "Buffer account already initialized", "AccountAlreadyInitialized");
  }
  return putState(call, buffer, { kind: "buffer", authority: authority.key });
}

/** Write {offset u32, bytes with u64 length}. */
function write(call: NativeCall, fields: BincodeFields): Refusal {
  const offset = LOADER_HEADER.BUFFER + fields.u32();
  const bytes = fields.vector() ?? new Uint8Array(0);
  const [buffer, authority] = accountsOf(call);
  const state = stateOf(call, buffer);
  if (state === undefined) return "InvalidAccountData";
  if (state.kind !== "buffer") return fail(call, "Invalid Buffer account", "InvalidAccountData");
  const refusal = checkAuthority(call, state.authority, authority, OF_BUFFER);
  if (refusal !== undefined) return refusal;
  const data = dataOf(call, buffer).slice();
  const end = offset + bytes.length;
  const fits = end <= data.length;
  if (fits) data.set(bytes, offset);
  const changed = setData(call.journal, call.invocation.programId, buffer, data);
  if (changed !== undefined) return changed;
  if (fits) return undefined;
  return fail(call, `Write overflow: ${data.length} < ${end}`, "AccountDataTooSmall");
}

function setAuthorityChecked(call: NativeCall): Refusal {
  if (!hasFeature(call.invocation.transaction, "bpfLoaderSetAuthorityChecked")) {
    return "InvalidInstructionData";
  }
  return accountsOf(call).length < 3 ? "NotEnoughAccountKeys" : setAuthority(call, true);
}

/** SetAuthority and SetAuthorityChecked, in which the new one signs too: account, authority, new authority (absent: nobody). */
function setAuthority(call: NativeCall, isChecked: boolean): Refusal {
  const [account, present, next] = accountsOf(call);
  const state = stateOf(call, account);
  if (state === undefined) return "InvalidAccountData";
  if (state.kind !== "buffer" && state.kind !== "programData") {
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
  if (state === undefined) return "InvalidAccountData";
  const { journal, invocation } = call;
  const cut = dataOf(call, account).slice(0, 4);
  const shrunk = setData(journal, invocation.programId, account, cut);
  if (shrunk !== undefined) return shrunk;
  if (state.kind === "program") {
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
  const state = stateOf(call, program);
  if (state === undefined) return "InvalidAccountData";
  if (state.kind !== "program") {
    return fail(call, "Invalid Program account", "InvalidArgument");
  }
  if (equalBytes(state.dataAddress, account.key)) return undefined;
  const line = "ProgramData account does not match ProgramData account";
  return fail(call, line, "InvalidArgument");
}
