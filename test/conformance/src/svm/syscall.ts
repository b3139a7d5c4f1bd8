import { equalBytes } from "@dragoman/bytes";
import { Engine, type Frame, HOST, type LinearMemory, MemoryState, OUTCOME } from "@dragoman/core";
import {
  BLAKE3_SYSCALL,
  exitRaw,
  type Invocation,
  instructionErrorCode,
  MAINNET_SYSCALLS,
  programOfExecutable,
  type RawEnd,
  rawRequest,
  readRawEnd,
  SVM_OUTCOME,
  type SvmFailure,
  type Syscall,
  writeReturnData,
} from "@dragoman/frontend-sbpf";
import { assemble } from "@dragoman/frontend-sbpf/asm";
import { addressOf, fixtureAccount } from "./fixture-account.ts";
import { fixtureFeatures } from "./fixture-features.ts";
import { fixtureSysvars } from "./fixture-sysvars.ts";
import type { Message } from "./protobuf.ts";
import { readVmCase, sameStart } from "./vm-interp.ts";

const SYSCALLS = [...MAINNET_SYSCALLS, BLAKE3_SYSCALL];

export const syscallNamed = (name: string): Syscall | undefined =>
  SYSCALLS.find((candidate) => candidate.name === name);

/** Kinds of errors in the fixtures. */
const KIND = { NONE: 0, MACHINE: 1, SYSCALL: 2, INSTRUCTION: 3 } as const;
const ACCESS_VIOLATION = 13;

/** Numbers of syscall errors by the beginning of their sentence (agave `syscalls/src/lib.rs`, SyscallError). */
const SYSCALL_ERRORS: readonly (readonly [text: string, code: number])[] = [
  ["invalid utf-8", 1],
  ["incomplete utf-8", 1],
  ["SBF program panicked", 2],
  ["SBF program Panicked", 3],
  ["Could not create program address", 6],
  ["Program ", 7],
  ["Unaligned pointer", 8],
  ["Too many signers", 9],
  ["Invoked an instruction that is too large", 10],
  ["Too many account infos", 11],
  ["Overlapping copy", 12],
  ["Return data too large", 13],
  ["Hashing too many sequences", 14],
  ["InvalidLength", 15],
  ["Invoked an instruction with data that is too large", 16],
  ["Invoked an instruction with too many accounts", 17],
  ["Invoked an instruction with too many account info's", 18],
  ["InvalidAttribute", 19],
  ["Invalid pointer", 20],
];

/** What a syscall did. */
interface SyscallEnd {
  readonly outcome: number;
  readonly failure: SvmFailure | undefined;
  readonly gasLeft: bigint;
  readonly r0: bigint;
  readonly log: string;
  readonly memory: RawEnd;
}

/** Runs one syscall fixture; undefined = as recorded, else what differs; "skipped: …" = not provided here. */
export function checkSyscall(fixture: Message, memory: LinearMemory): string | undefined {
  const input = fixture.message(2);
  const name = Buffer.from(input.message(3).bytes(1)).toString("latin1");
  const syscall = syscallNamed(name);
  if (syscall === undefined) return `skipped: ${name} is not provided`;
  const instruction = input.message(2);
  const sysvar = fixtureSysvars(instruction.messages(3).map(fixtureAccount));
  const features = fixtureFeatures(instruction.message(9));
  const engine = new Engine({ state: new MemoryState(), tier: "interpret", memory });
  const end = runSyscall(fixture, syscall, engine, {
    programId: addressOf(instruction.bytes(1)),
    programName: "",
    height: 1,
    transaction: {
      ...{ sysvar, features, heapBytes: 0, heightMax: 5 },
      findProgram: () => undefined,
    },
  });
  return effectsOf(end, fixture.message(3));
}

/** Runs the syscall that a fixture names, as an instruction with what `context` gives. */
export function runSyscall(
  fixture: Message,
  syscall: Syscall,
  engine: Engine,
  context: Partial<Invocation>,
): SyscallEnd {
  const input = fixture.message(2);
  const vmCase = readVmCase(input);
  const registers = vmCase.run.registers?.slice() ?? [];
  registers[1] = input.message(1).big(7);
  const inputWritable = vmCase.inputParts.some(({ isWritable }) => isWritable);
  const run = { ...vmCase.run, registers, inputWritable, gas: vmCase.run.gas + 1n };
  let r0 = 0n;
  const finish: Syscall["run"] = (frame) => {
    r0 = frame.argI64(0);
    return frame.leave(OUTCOME.OK);
  };
  const stops: Syscall = {
    ...syscall,
    run: (frame) => {
      const answer = syscall.run(frame);
      return answer === HOST.CONTINUE ? finish(frame) : answer;
    },
  };
  const { text, functions, entryPc } = assemble(`syscall ${syscall.name}\nexit`);
  const features = context.transaction?.features;
  // Without holes in the stack a program of the first version is one of the second.
  const version = features?.has("bpfAccountDataDirectMapping") === true ? 1 : 0;
  const program = programOfExecutable(
    { version, rodata: vmCase.rodata, text, textOffset: 0, entryPc, functions },
    { id: "fixture", syscalls: [stops], exit: exitRaw, raw: true },
  );
  const parts = vmCase.inputParts.length > 1 ? { inputParts: vmCase.inputParts } : {};
  const found = { program, isUnaligned: false, isNative: false };
  let frame: Frame | undefined;
  const request = rawRequest(program, run);
  const result = engine.execute({
    ...request,
    context: { found, ...context, ...parts },
    prepare: (opened) => {
      frame = opened;
      request.prepare(opened);
      const returned = input.message(1).message(23);
      writeReturnData(opened.journal, addressOf(returned.bytes(1)), returned.bytes(2));
    },
  });
  const log = engine.journal.logs.map(({ data }) => Buffer.from(data).toString("utf8")).join("\n");
  return {
    ...{ outcome: result.outcome, failure: result.detail as SvmFailure | undefined },
    ...{ gasLeft: result.gasLeft, r0, log },
    memory: readRawEnd(frame as Frame, program, run),
  };
}

/** What differs between what a syscall did and what was recorded. */
export function effectsOf(end: SyscallEnd, wanted: Message): string | undefined {
  const [kind, code] = errorOf(end.outcome, end.failure);
  const wantedCode = Number(BigInt.asIntN(64, wanted.big(1)));
  if (kind !== wanted.number(12) || code !== wantedCode) {
    return `error ${kind}:${code} instead of ${wanted.number(12)}:${wantedCode}`;
  }
  if (end.gasLeft !== wanted.big(3)) {
    return `${end.gasLeft} units left instead of ${wanted.big(3)}`;
  }
  if (code !== 0) return undefined;
  if (end.r0 !== wanted.big(2)) return `r0 is ${end.r0} instead of ${wanted.big(2)}`;
  if (!sameStart(end.memory.heap, wanted.bytes(4))) return "the heap differs";
  if (!sameStart(end.memory.stack, wanted.bytes(5))) return "the stack differs";
  let at = 0;
  for (const region of wanted.messages(11)) {
    const bytes = region.bytes(2);
    if (!equalBytes(end.memory.input.subarray(at, at + bytes.length), bytes)) {
      return "the input differs";
    }
    at += bytes.length;
  }
  const recorded = Buffer.from(wanted.bytes(8)).toString("utf8");
  if (recorded.endsWith("Log truncated") || end.log === recorded) return undefined;
  return `log ${JSON.stringify(end.log)} instead of ${JSON.stringify(recorded)}`;
}

function errorOf(
  outcome: number,
  failure: SvmFailure | undefined,
): readonly [kind: number, code: number] {
  if (outcome === OUTCOME.OK) return [KIND.NONE, 0];
  if (outcome !== SVM_OUTCOME.SYSCALL_ERROR || failure === undefined) return [-1, outcome];
  if (failure.error !== "ProgramFailedToComplete") {
    return [KIND.INSTRUCTION, instructionErrorCode(failure.error) + 1];
  }
  if (failure.text.startsWith("Access violation")) return [KIND.MACHINE, ACCESS_VIOLATION];
  const known = SYSCALL_ERRORS.findLast(([text]) => failure.text.startsWith(text));
  return [KIND.SYSCALL, known?.[1] ?? -1];
}
