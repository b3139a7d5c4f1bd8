import { encodeBase58, encodeBase64, KeyMap } from "@dragoman/bytes";
import {
  type CallRequest,
  type Frame,
  HOST,
  type HostFunction,
  isOk,
  type Journal,
  OUTCOME,
} from "@dragoman/core";
import { SBPF_TRAP, SVM_OUTCOME } from "../lift/outcomes.ts";
import type { SbpfProgram } from "../program.ts";
import { accountIndex, HEAD, readHead } from "./accounts.ts";
import { deserializeInput } from "./deserialize.ts";
import { layOutMemory, setInput } from "./frame-memory.ts";
import { failure, incomplete, programFailure, type SvmFailure } from "./instruction-error.ts";
import {
  type AccountMeta,
  type FoundProgram,
  hasFeature,
  type InstructionAccount,
  type Invocation,
  invocationOf,
  logLine,
  type SvmInstruction,
  type SvmTransaction,
} from "./invocation.ts";
import { noteFrame } from "./kept-rodata.ts";
import { BODY, HEADER, INPUT_START, inputOffset } from "./layout.ts";
import { logTo } from "./log-line.ts";
import { hasReturnData, readReturnData, recordReturn, writeReturnData } from "./return-data.ts";
import { inputBytes, serializeInput } from "./serialize.ts";

const EMPTY = new Uint8Array(0);

/** Accounts of an instruction with their numbers in the journal. */
export function instructionAccounts(
  journal: Journal,
  metas: readonly AccountMeta[],
  checksFlag = false,
): InstructionAccount[] {
  const accounts: InstructionAccount[] = [];
  // Positions of accounts by their number, where there are more than are looked through.
  const seen = metas.length > SEARCHED_MAX ? new Map<number, number>() : undefined;
  for (let position = 0; position < metas.length; position++) {
    const { key, isSigner, isWritable } = metas[position];
    const index = accountIndex(journal, key);
    const first = seen === undefined ? firstOf(accounts, index) : (seen.get(index) ?? position);
    if (first === position) seen?.set(index, position);
    const account = { key, isSigner, isWritable, index, first };
    const isFrozen = checksFlag && readHead(journal, index)[HEAD.EXECUTABLE] !== 0;
    accounts.push(isFrozen ? { ...account, isFrozen } : account);
  }
  return accounts;
}

/** Accounts among which a repeated one is looked for one by one. */
const SEARCHED_MAX = 16;

/** Position of the account with number `index`; the next one if it is not there. */
function firstOf(accounts: readonly InstructionAccount[], index: number): number {
  for (let position = 0; position < accounts.length; position++) {
    if (accounts[position].index === index) return position;
  }
  return accounts.length;
}

/** Names of programs that were called. */
const names = new KeyMap<string>();
const NAMES_MAX = 256;

/** `id` in base58, which is kept: its square cost would show in every call. */
export function programName(id: Uint8Array): string {
  const known = names.get(id);
  if (known !== undefined) return known;
  const name = encodeBase58(id);
  if (names.size >= NAMES_MAX) names.clear();
  names.set(id, name);
  return name;
}

export function openInvocation(
  journal: Journal,
  transaction: SvmTransaction,
  instruction: SvmInstruction,
  found: FoundProgram,
  parent?: Invocation,
): Invocation {
  return {
    transaction,
    programId: instruction.programId,
    programName: programName(instruction.programId),
    accounts: instructionAccounts(
      journal,
      instruction.accounts,
      !hasFeature(transaction, "removeAccountsExecutableFlagChecks"),
    ),
    data: instruction.data,
    height: parent === undefined ? 1 : parent.height + 1,
    parent,
    found,
    processed: [],
    layout: [],
  };
}

/** Request that runs `invocation` with `gas` units; `finish` is for calls between programs. */
export function invocationRequest(
  invocation: Invocation,
  gas: bigint,
  finish: CallRequest["finish"] = () => HOST.CONTINUE,
): CallRequest {
  return {
    program: invocation.found.program,
    gas,
    context: invocation,
    prepare: (frame) => prepareInvocation(frame, invocation),
    finish,
  };
}

function prepareInvocation(frame: Frame, invocation: Invocation): void {
  const { journal } = frame;
  // The frame may run again from its beginning.
  invocation.processed?.splice(0);
  if (hasReturnData(journal)) returnFrom(journal, invocation, EMPTY);
  logTo(
    journal,
    invocation.programId,
    `Program ${invocation.programName} invoke [${invocation.height}]`,
  );
  if (invocation.found.isNative) {
    noteFrame(frame, frame.end);
    return;
  }
  const program = invocation.found.program as SbpfProgram;
  const { image } = program;
  const size = inputBytes(journal, invocation);
  frame.memory.ensure(frame.address + inputOffset(image.version, image.rodata.length) + size);
  const input = layOutMemory(frame, image, invocation.transaction.heapBytes);
  const { bytes, instructionData } = serializeInput(frame, invocation, input);
  setInput(frame, input, bytes);
  const cost = heapCost(invocation);
  if (cost > 0) frame.gas -= BigInt(Math.min(cost, Number(frame.gas)));
  const registers = (frame.address + HEADER.REGISTERS) >>> 3;
  const { u64, u32 } = frame.memory;
  u32.fill(0, registers * 2, registers * 2 + 20);
  u64[registers + 1] = INPUT_START;
  if (hasFeature(invocation.transaction, "provideInstructionDataOffsetInVmR2")) {
    u64[registers + 2] = INPUT_START + BigInt(instructionData);
  }
}

/** Makes `data` what the program returns. */
export function returnFrom(journal: Journal, invocation: Invocation, data: Uint8Array): void {
  const { programId, transaction } = invocation;
  writeReturnData(journal, programId, data);
  if (transaction.recordsCalls === true) recordReturn(journal, programId, data);
}

const HEAP_PAGE_BYTES = 32 * 1024;
const HEAP_PAGE_UNITS = 8;

/** Units for a heap that is larger than the default; not among those that the log says were consumed. */
function heapCost({ transaction }: Invocation): number {
  return Math.max(0, Math.ceil(transaction.heapBytes / HEAP_PAGE_BYTES) - 1) * HEAP_PAGE_UNITS;
}

/** Host address of the input of the program that `frame` runs. */
export function inputAddress(frame: Frame): number {
  const { image } = frame.program as SbpfProgram;
  return frame.address + inputOffset(image.version, image.rodata.length);
}

/** Host function EXIT: takes the accounts over, or fails with what r0 says. */
export const exitInvocation: HostFunction = (frame) => {
  const invocation = invocationOf(frame);
  const { u32 } = frame.memory;
  const slot = frame.slot(0) >>> 2;
  const [low, high] = [u32[slot], u32[slot + 1]];
  logUnits(frame, Number(frame.request.gas - frame.gas) - heapCost(invocation));
  if (low !== 0 || high !== 0) {
    frame.detail = programFailure(low, high);
    return frame.leave(SVM_OUTCOME.PROGRAM_ERROR);
  }
  const refusal = deserializeInput(frame, invocation, inputAddress(frame));
  if (refusal !== undefined) {
    frame.detail = failure(refusal);
    return frame.leave(SVM_OUTCOME.ACCOUNT_ERROR);
  }
  logLine(frame, `Program ${invocation.programName} success`);
  const { data } = readReturnData(frame.journal);
  if (data.length === 0) return frame.leave(OUTCOME.OK);
  const output = frame.address + BODY.RETURN_DATA;
  frame.memory.u8.set(data, output);
  return frame.leave(OUTCOME.OK, output, data.length);
};

function logUnits(frame: Frame, consumed: number): void {
  const { programName: name } = invocationOf(frame);
  logLine(frame, `Program ${name} consumed ${consumed} of ${frame.request.gas} compute units`);
  logReturn(frame.journal, invocationOf(frame));
}

function logReturn(journal: Journal, invocation: Invocation): void {
  const { data } = readReturnData(journal);
  if (data.length === 0) return;
  const text = encodeBase64(data);
  logTo(journal, invocation.programId, `Program return: ${invocation.programName} ${text}`);
}

/** Sentences of the machine's faults (anza-xyz/sbpf `src/error.rs`). */
const TRAP_TEXTS: Readonly<Record<number, string>> = {
  [OUTCOME.OUT_OF_GAS]: "exceeded CUs meter at BPF instruction",
  [OUTCOME.DIVIDE_BY_ZERO]: "divide by zero at BPF instruction",
  [OUTCOME.ACCESS_VIOLATION]: "Access violation",
  [OUTCOME.CALL_DEPTH]: "exceeded max BPF to BPF call depth",
  [SBPF_TRAP.UNSUPPORTED_INSTRUCTION]: "unsupported BPF instruction",
  [SBPF_TRAP.CALL_OUTSIDE_TEXT]: "callx attempted to call outside of the text segment",
  [SBPF_TRAP.EXECUTION_OVERRUN]:
    "attempted to execute past the end of the text segment at BPF instruction",
};

/** The end of an invocation as its caller sees it. */
export interface InvocationEnd {
  readonly failure: SvmFailure | undefined;
  /** Units that are left: none after a fault of the machine. */
  readonly gasLeft: bigint;
}

/** What {@link settle} reads of a frame or of a result of the engine. */
export interface Ended {
  readonly outcome: number;
  readonly detail: unknown;
  readonly gasLeft: bigint;
}

/**
 * Settles a run that has ended: faults of the machine take all units, and the log says how it failed. Where the heap alone costs more than there
 * is, there was no machine (agave `programs/bpf_loader`, `create_vm`): nothing ran, for want of units. To be called once, when the journal
 * has dropped what the run did.
 */
export function settle(
  journal: Journal,
  invocation: Invocation,
  gas: bigint,
  end: Ended,
): InvocationEnd {
  const { programId, programName: name } = invocation;
  if (isOk(end.outcome)) return { failure: undefined, gasLeft: end.gasLeft };
  if (!invocation.found.isNative && BigInt(heapCost(invocation)) > gas) {
    const setUp = failure("ProgramEnvironmentSetupFailure");
    logTo(journal, programId, "Failed to create SBF VM: Computational budget exceeded");
    logTo(journal, programId, `Program ${name} failed: ${setUp.text}`);
    return { failure: setUp, gasLeft: 0n };
  }
  const faulted = end.outcome >= OUTCOME.OUT_OF_GAS;
  const reason =
    (end.detail as SvmFailure | undefined) ??
    incomplete(TRAP_TEXTS[end.outcome] ?? `fault 0x${end.outcome.toString(16)}`);
  const isFromSyscall = faulted || end.outcome === SVM_OUTCOME.SYSCALL_ERROR;
  if (isFromSyscall && !invocation.found.isNative) {
    const consumed = gas - end.gasLeft - BigInt(heapCost(invocation));
    logTo(journal, programId, `Program ${name} consumed ${consumed} of ${gas} compute units`);
  }
  logTo(journal, programId, `Program ${name} failed: ${reason.text}`);
  const depletes = faulted && hasFeature(invocation.transaction, "depleteCuMeterOnVmFailure");
  return { failure: reason, gasLeft: depletes ? 0n : end.gasLeft };
}
