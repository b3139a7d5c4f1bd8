import type { Frame, Journal, LogEntry, Program } from "@dragoman/core";
import { type FeatureName, type FeatureSet, MAINNET_FEATURES } from "./features.ts";
import type { InstructionErrorName } from "./instruction-error.ts";
import { logTo } from "./log-line.ts";

/** What an instruction says of one of its accounts. */
export interface AccountMeta {
  readonly key: Uint8Array;
  readonly isSigner: boolean;
  readonly isWritable: boolean;
}

export interface SvmInstruction {
  readonly programId: Uint8Array;
  readonly accounts: readonly AccountMeta[];
  readonly data: Uint8Array;
}

/** An account of a running instruction. */
export interface InstructionAccount extends AccountMeta {
  /** Number of the account in the journal. */
  readonly index: number;
  /** Position of the first mention of the same account; its own position if this is the first. */
  readonly first: number;
  /** Executable under the rules from before removeAccountsExecutableFlagChecks: nothing of it changes. */
  readonly isFrozen?: boolean;
}

/** A program that is written in the host's language. Charges its units, changes accounts, logs; undefined = success. */
export type NativeProgram = (call: NativeCall) => InstructionErrorName | number | undefined;

/** What a {@link NativeProgram} works on; a number that it returns is a custom error. */
export interface NativeCall {
  readonly frame: Frame;
  readonly journal: Journal;
  readonly invocation: Invocation;
  /** Writes a line of the log, as it is. */
  log(line: string): void;
}

/** What the programs of one transaction share. */
export interface SvmTransaction {
  /** The program at an address, as the journal has it now; undefined = none that can run. */
  readonly findProgram: (journal: Journal, id: Uint8Array) => FoundProgram | undefined;
  /** Data of a sysvar by its address in hex; undefined = there is none. */
  readonly sysvar: (idHex: string) => Uint8Array | undefined;
  readonly heapBytes: number;
  /** Height that instructions may nest to; 5 on mainnet. */
  readonly heightMax: number;
  /** Newest blockhash; without it there are no nonces. */
  readonly blockhash?: Uint8Array;
  /** What a nonce account notes of the fee of its block, in lamports; default: 5000. */
  readonly lamportsPerSignature?: bigint;
  /** Whether calls between programs leave a {@link RecordedCall} in the journal's log. */
  readonly recordsCalls?: boolean;
  /** Features that are active; default: mainnet's. */
  readonly features?: FeatureSet;
  /** The transaction's own instructions that have succeeded, in order; without it none can be asked for. */
  readonly processed?: ProcessedInstruction[];
  /** Stake of a vote account in this epoch, or of all together, in lamports; default: none. */
  readonly epochStake?: (vote: Uint8Array | undefined) => bigint;
}

/** What an instruction can learn of those before it. */
export type ProcessedInstruction = SvmInstruction;

/** Whether a feature is active for the programs of `transaction`. */
export const hasFeature = (transaction: SvmTransaction, feature: FeatureName): boolean =>
  (transaction.features ?? MAINNET_FEATURES).has(feature);

export interface FoundProgram {
  readonly program: Program;
  /** True for programs of the first loader, which get their input packed and unaligned. */
  readonly isUnaligned: boolean;
  /** True for native programs, which log nothing of the units they consume. */
  readonly isNative: boolean;
}

/** One instruction that is being run. */
export interface Invocation {
  readonly transaction: SvmTransaction;
  readonly programId: Uint8Array;
  /** `programId` in base58, for logs. */
  readonly programName: string;
  readonly accounts: readonly InstructionAccount[];
  readonly data: Uint8Array;
  /** 1 = an instruction of the transaction itself. */
  readonly height: number;
  readonly parent: Invocation | undefined;
  readonly found: FoundProgram;
  /** Calls that it has made and that have succeeded, in order. */
  readonly processed?: ProcessedInstruction[];
  /** Parts of the input that are regions of their own, in order and without gaps (direct mapping of account data); undefined: it is one. */
  readonly inputParts?: readonly InputPart[];
  /** Guest offsets of the accounts in the input, by position; written when the frame is prepared. */
  layout: readonly SerializedAccount[];
}

/** A region of its own in the input. */
export interface InputPart {
  /** Offset behind its last byte. */
  readonly end: number;
  readonly isWritable: boolean;
}

/** Where an account stands in the input region: offsets from its beginning. */
export interface SerializedAccount {
  readonly key: number;
  readonly owner: number;
  readonly lamports: number;
  /** The length stands in the eight bytes before, also in the packed form. */
  readonly data: number;
  readonly dataBytes: number;
}

/** The instruction that `frame` runs. */
export const invocationOf = (frame: Frame): Invocation => frame.context as Invocation;

/** Writes a line of the program log; it outlives the failure of the instruction. */
export function logLine(frame: Frame, line: string): void {
  logTo(frame.journal, invocationOf(frame).programId, line);
}

/** A call of a program by another. */
export interface RecordedCall {
  readonly programId: Uint8Array;
  readonly accounts: readonly Uint8Array[];
  readonly data: Uint8Array;
  /** 2 = called by an instruction of the transaction. */
  readonly height: number;
}

/** What is noted of a call. */
type CallToRecord = Pick<Invocation, "programId" | "data" | "height"> & {
  readonly accounts: readonly Pick<AccountMeta, "key">[];
};

/** Field `vm` of the entries of recorded calls. */
const CALL_LOG = "sbpf.call";

/** Notes a call in the log, so that it is dropped when the caller's frame runs again. */
export function recordCall(
  journal: Journal,
  { programId, accounts, data, height }: CallToRecord,
): void {
  journal.log({
    vm: CALL_LOG,
    account: programId,
    topics: [Uint8Array.of(height), ...accounts.map(({ key }) => key)],
    data,
    durable: true,
  });
}

/** The call that an entry of the journal's log records; undefined if it is a line of a program. */
export function recordedCall(entry: LogEntry): RecordedCall | undefined {
  if (entry.vm !== CALL_LOG) return undefined;
  const [height, ...accounts] = entry.topics;
  return { programId: entry.account, accounts, data: entry.data, height: height[0] };
}
