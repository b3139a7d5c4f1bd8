import { concatBytes } from "@dragoman/bytes";
import type { Tier } from "@dragoman/core";
import { Engine, type Frame, type LinearMemory, MemoryState, OUTCOME } from "@dragoman/core";
import { FaultError } from "@dragoman/fault";
import {
  ENTRYPOINT_HASH,
  exitRaw,
  type InputPart,
  pcHash,
  programOfExecutable,
  type RawRun,
  rawRequest,
  readRawEnd,
  SBPF_TRAP,
  type SbpfProgram,
  type Syscall,
} from "@dragoman/frontend-sbpf";
import type { Message } from "./protobuf.ts";

/** Error codes of the fixtures. */
const CODE = {
  REJECTED: -2,
  OUTSIDE_TEXT: 8,
  DEPTH: 11,
  INSTRUCTION: 12,
  ACCESS: 13,
  UNITS: 16,
  DIVISION: 18,
};

const CODES: Readonly<Record<number, number>> = {
  [OUTCOME.OK]: 0,
  [OUTCOME.OUT_OF_GAS]: CODE.UNITS,
  [OUTCOME.DIVIDE_BY_ZERO]: CODE.DIVISION,
  [OUTCOME.ACCESS_VIOLATION]: CODE.ACCESS,
  [OUTCOME.CALL_DEPTH]: CODE.DEPTH,
  [SBPF_TRAP.UNSUPPORTED_INSTRUCTION]: CODE.INSTRUCTION,
  [SBPF_TRAP.CALL_OUTSIDE_TEXT]: CODE.OUTSIDE_TEXT,
  [SBPF_TRAP.EXECUTION_OVERRUN]: CODE.OUTSIDE_TEXT,
};

/** The context of a fixture that runs bare code. Field numbers: protosol of December 2024, VmContext. */
export interface VmCase {
  readonly rodata: Uint8Array;
  readonly text: Uint8Array;
  readonly textOffset: number;
  readonly entryPc: number;
  readonly functions: ReadonlyMap<number, number>;
  readonly run: RawRun;
  /** Parts of the input region. */
  readonly inputParts: readonly InputPart[];
}

export function readVmCase(input: Message): VmCase {
  const vm = input.message(1);
  const rodata = vm.bytes(2);
  const textOffset = vm.number(3);
  const textBytes = vm.has(4) ? vm.number(4) : rodata.length - textOffset;
  const entryPc = vm.number(20);
  const functions = new Map([[ENTRYPOINT_HASH, entryPc]]);
  vm.bytes(21).forEach((bits, index) => {
    for (let bit = 0; bit < 8; bit++) {
      const pc = index * 8 + bit;
      if (((bits >> bit) & 1) !== 0) functions.set(pcHash(pc), pc);
    }
  });
  const registers = Array.from({ length: 10 }, (_, register) => vm.big(6 + register));
  registers[1] = 0x4_0000_0000n;
  // Regions stand one behind the other, whatever offsets the context gives.
  const regions = vm.messages(5);
  let end = 0;
  const inputParts = regions
    .filter((region) => region.bytes(2).length > 0)
    .map((region): InputPart => {
      end += region.bytes(2).length;
      return { end, isWritable: region.number(3) !== 0 };
    });
  const memory = concatBytes(...regions.map((region) => region.bytes(2)));
  const call = input.message(3);
  return {
    rodata,
    text: rodata.subarray(textOffset, textOffset + textBytes),
    textOffset,
    entryPc,
    functions,
    inputParts,
    run: {
      gas: input.message(2).big(6),
      registers,
      heapBytes: vm.number(1),
      heap: call.bytes(2).subarray(0, vm.number(1)),
      stack: call.bytes(3),
      input: memory,
      inputWritable: inputParts.length > 0 && inputParts.every(({ isWritable }) => isWritable),
    },
  };
}

/** Runs one vm_interp fixture; undefined = as recorded, else what differs. */
export function checkVmInterp(
  fixture: Message,
  tier: Tier,
  memory: LinearMemory,
  syscalls: readonly Syscall[],
): string | undefined {
  const wanted = fixture.message(3);
  const wantedCode = Number(BigInt.asIntN(64, wanted.big(1)));
  const vmCase = readVmCase(fixture.message(2));
  const program = load(vmCase, syscalls);
  if (program === undefined) return wantedCode === CODE.REJECTED ? undefined : "rejected";
  if (wantedCode === CODE.REJECTED) return "not rejected";
  let frame: Frame | undefined;
  const request = rawRequest(program, vmCase.run);
  const engine = new Engine({
    state: new MemoryState(),
    tier,
    memory,
    ...(tier === "compile" ? { moduleUnderTest: "exact-compiled" as const } : {}),
  });
  const result = engine.execute({
    ...request,
    prepare: (opened) => {
      frame = opened;
      request.prepare(opened);
    },
  });
  const code = codeOf(result.outcome, result.position, program);
  if (code !== wantedCode) return `error ${code} instead of ${wantedCode}`;
  if (result.gasLeft !== wanted.big(3) && code !== CODE.UNITS) {
    return `${result.gasLeft} units left instead of ${wanted.big(3)}`;
  }
  return compareEnd(readRawEnd(frame as Frame, program, vmCase.run), wanted, code);
}

function load(vmCase: VmCase, syscalls: readonly Syscall[]): SbpfProgram | undefined {
  const { rodata, text, textOffset, entryPc, functions } = vmCase;
  try {
    return programOfExecutable(
      { version: 0, rodata, text, textOffset, entryPc, functions },
      { id: "fixture", syscalls, exit: exitRaw, raw: true },
    );
  } catch (error) {
    if (error instanceof FaultError) return undefined;
    throw error;
  }
}

const CALL = 0x85;

/** The fixtures tell a call of a slot behind the code from one of a slot that is no function; both fault as one here. */
function codeOf(outcome: number, position: number, program: SbpfProgram): number {
  const { text } = program.graph;
  if (outcome === SBPF_TRAP.UNSUPPORTED_INSTRUCTION && text.op[position] === CALL) {
    const hash = (text.imm[position] as number) >>> 0;
    for (let pc = 0; pc <= text.count; pc++) if (pcHash(pc) === hash) return CODE.INSTRUCTION;
    return CODE.OUTSIDE_TEXT;
  }
  return CODES[outcome] ?? -1;
}

/** Fields of SyscallEffects that hold r0 and r1 to r9. */
const REGISTER_FIELDS = [2, 107, 108, 109, 110, 111, 112, 113, 114, 115];

function compareEnd(
  end: ReturnType<typeof readRawEnd>,
  wanted: Message,
  code: number,
): string | undefined {
  if (code === 0) {
    for (const [register, field] of REGISTER_FIELDS.entries()) {
      if (end.registers[register] !== wanted.big(field)) {
        return `r${register} is ${end.registers[register]} instead of ${wanted.big(field)}`;
      }
    }
  }
  if (code === CODE.UNITS) return undefined;
  if (!sameStart(end.heap, wanted.bytes(4))) return "the heap differs";
  if (!sameStart(end.stack, wanted.bytes(5))) return "the stack differs";
  for (const region of wanted.messages(11)) {
    const at = region.number(1);
    const bytes = region.bytes(2);
    if (!sameStart(end.input.subarray(at, at + bytes.length), bytes)) return "the input differs";
  }
  return undefined;
}

/** Equal up to zeros at the end. */
export function sameStart(a: Uint8Array, b: Uint8Array): boolean {
  for (let i = Math.max(a.length, b.length) - 1; i >= 0; i--) {
    if ((a[i] ?? 0) !== (b[i] ?? 0)) return false;
  }
  return true;
}
