import { Engine, type Frame, HOST, type LinearMemory, MemoryState, OUTCOME } from "@dragoman/core";
import {
  BLAKE3_SYSCALL,
  exitRaw,
  instructionErrorCode,
  MAINNET_SYSCALLS,
  type NativeCall,
  programOfExecutable,
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

/** Kinds of errors in the fixtures. */
const KIND = { NONE: 0, MACHINE: 1, SYSCALL: 2, INSTRUCTION: 3 } as const;
const ACCESS_VIOLATION = 13;
const INVALID_POINTER = 20;

/** Numbers of syscall errors by the beginning of their sentence (agave `syscalls/src/lib.rs`, SyscallError). */
const SYSCALL_ERRORS: readonly (readonly [text: string, code: number])[] = [
  ["invalid utf-8", 1],
  ["incomplete utf-8", 1],
  ["SBF program panicked", 2],
  ["SBF program Panicked", 3],
  ["Could not create program address", 6],
  ["Unaligned pointer", 8],
  ["Overlapping copy", 12],
  ["Return data too large", 13],
  ["Hashing too many sequences", 14],
  ["InvalidLength", 15],
  ["Invalid pointer", INVALID_POINTER],
];

/** Runs one syscall fixture; undefined = as recorded, else what differs; "skipped: …" = not provided here. */
export function checkSyscall(fixture: Message, memory: LinearMemory): string | undefined {
  const input = fixture.message(2);
  const wanted = fixture.message(3);
  const name = Buffer.from(input.message(3).bytes(1)).toString("latin1");
  const syscall = SYSCALLS.find((candidate) => candidate.name === name);
  if (syscall === undefined) return `skipped: ${name} is not provided`;
  const vmCase = readVmCase(input);
  const features = fixtureFeatures(input.message(2).message(9));
  // Without holes in the stack a program of the first version is one of the second.
  const version = features.has("bpfAccountDataDirectMapping") ? 1 : 0;
  const registers = vmCase.run.registers?.slice() ?? [];
  registers[1] = input.message(1).big(7);
  const inputWritable = vmCase.inputParts.some(({ isWritable }) => isWritable);
  const run = { ...vmCase.run, registers, inputWritable, gas: vmCase.run.gas + 1n };
  let r0 = 0n;
  const stops: Syscall = {
    ...syscall,
    run: (frame) => {
      const answer = syscall.run(frame);
      if (answer !== HOST.CONTINUE) return answer;
      r0 = frame.argI64(0);
      return frame.leave(OUTCOME.OK);
    },
  };
  const { text, functions, entryPc } = assemble(`syscall ${name}\nexit`);
  const program = programOfExecutable(
    { version, rodata: vmCase.rodata, text, textOffset: 0, entryPc, functions },
    { id: "fixture", syscalls: [stops], exit: exitRaw, raw: true },
  );
  const instruction = input.message(2);
  const context = {
    programId: addressOf(instruction.bytes(1)),
    programName: "",
    height: 1,
    transaction: { sysvar: fixtureSysvars(instruction.messages(3).map(fixtureAccount)), features },
    ...(vmCase.inputParts.length > 1 ? { inputParts: vmCase.inputParts } : {}),
  } as unknown as NativeCall["invocation"];
  let frame: Frame | undefined;
  const request = rawRequest(program, run);
  const engine = new Engine({ state: new MemoryState(), tier: "interpret", memory });
  const result = engine.execute({
    ...request,
    context,
    prepare: (opened) => {
      frame = opened;
      request.prepare(opened);
      const returned = input.message(1).message(23);
      writeReturnData(opened.journal, addressOf(returned.bytes(1)), returned.bytes(2));
    },
  });
  const [kind, code] = errorOf(result.outcome, result.detail as SvmFailure | undefined);
  const wantedCode = Number(BigInt.asIntN(64, wanted.big(1)));
  if (kind !== wanted.number(12) || code !== wantedCode) {
    return `error ${kind}:${code} instead of ${wanted.number(12)}:${wantedCode}`;
  }
  if (result.gasLeft !== wanted.big(3))
    return `${result.gasLeft} units left instead of ${wanted.big(3)}`;
  if (code !== 0) return undefined;
  if (r0 !== wanted.big(2)) return `r0 is ${r0} instead of ${wanted.big(2)}`;
  const end = readRawEnd(frame as Frame, program, run);
  if (!sameStart(end.heap, wanted.bytes(4))) return "the heap differs";
  if (!sameStart(end.stack, wanted.bytes(5))) return "the stack differs";
  const log = engine.journal.logs.map(({ data }) => Buffer.from(data).toString("utf8")).join("\n");
  const recorded = Buffer.from(wanted.bytes(8)).toString("utf8");
  if (recorded.endsWith("Log truncated")) return undefined;
  return log === recorded
    ? undefined
    : `log ${JSON.stringify(log)} instead of ${JSON.stringify(recorded)}`;
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
  const known = SYSCALL_ERRORS.find(([text]) => failure.text.startsWith(text));
  return [KIND.SYSCALL, known?.[1] ?? -1];
}
