import { encodeBase58, encodeHex } from "@dragoman/bytes";
import type { CallRequest, Frame, FrameResult, Journal } from "@dragoman/core";
import { sha256 } from "@dragoman/crypto";
import { refuse } from "@dragoman/fault";
import {
  type AccountMeta,
  ADDRESS,
  answer,
  argNumber,
  decodeText,
  type FoundProgram,
  failAccess,
  hostAddress,
  hostProgram,
  type Invocation,
  invocationOf,
  invocationRequest,
  loadSbpf,
  openInvocation,
  readAccount,
  SBPF_TRAP,
  SVM_OUTCOME,
  type SvmFailure,
  type SvmInstruction,
  SvmPrograms,
  type SvmTransaction,
  type Syscall,
  settle,
  writeAccount,
  writeReturnData,
} from "@dragoman/frontend-sbpf";
import { disassemble } from "@dragoman/frontend-sbpf/asm";
import type { Frontend, LoadedProgram } from "../frontend.ts";
import { type AccountInput, GAS_DEFAULT, type Message } from "../message.ts";
import { outcomeName } from "../outcome.ts";
import type { PortalCall } from "../portal/payload.ts";
import type { Portal } from "../portal/portal.ts";
import { printIr } from "../print-ir.ts";
import { formatProgramId, parseProgramId } from "../program-id.ts";
import { defaultSysvars } from "./svm-sysvars.ts";

/** The portal as a program: 26 zero bytes and ASCII "portal". Instruction data = payload. */
export const SVM_PORTAL_PROGRAM: Uint8Array = new Uint8Array(32);
SVM_PORTAL_PROGRAM.set(new TextEncoder().encode("portal"), 26);

/** The portal as a syscall: (payload, payload length, output, output capacity, address for the output's length) -> 0 or the outcome. */
export const SVM_PORTAL_SYSCALL = "sol_portal_call_";

const HEAP_BYTES = 32 * 1024;
const HEIGHT_MAX = 5;
const RENT_EPOCH = (1n << 64n) - 1n;

/** Solana programs behind the facade. */
export class SvmFrontend implements Frontend {
  readonly vm = "svm";
  readonly #syscalls: readonly Syscall[];
  readonly #programs: SvmPrograms;
  readonly #sysvars = defaultSysvars();
  readonly #loaded = new Map<string, FoundProgram>();

  constructor(portal: Portal) {
    this.#syscalls = [
      { name: SVM_PORTAL_SYSCALL, params: 5, run: (frame) => enterBySyscall(portal, frame) },
    ];
    const program = hostProgram("svm portal", (frame) => enterByProgram(portal, frame));
    const native = { program, isUnaligned: false, isNative: true };
    this.#programs = new SvmPrograms(new Map([[encodeHex(SVM_PORTAL_PROGRAM), native]]), {
      syscalls: this.#syscalls,
    });
  }

  /** Loaded programs by content; the oldest goes first. */
  #program(elf: Uint8Array): FoundProgram {
    const id = encodeHex(sha256(elf));
    let found = this.#loaded.get(id);
    if (found === undefined) {
      const program = loadSbpf(elf, { id: `svm ${id}`, syscalls: this.#syscalls });
      found = { program, isUnaligned: false, isNative: false };
      if (this.#loaded.size >= PROGRAMS_MAX) this.#loaded.delete(this.#loaded.keys().next().value!);
      this.#loaded.set(id, found);
    }
    return found;
  }

  load(bytes: Uint8Array): LoadedProgram {
    const program = loadSbpf(bytes, { syscalls: this.#syscalls });
    const { text, version } = program.executable;
    return {
      vm: "svm",
      codeHash: encodeHex(sha256(bytes)),
      size: bytes.length,
      listing: () => disassemble(decodeText(text, version)).join("\n"),
      ir: () => printIr(program.exact),
    };
  }

  install(bytes: Uint8Array, journal: Journal, at: Uint8Array = sha256(bytes)): string {
    this.#program(bytes);
    if (at.length !== 32)
      refuse("INVALID_MESSAGE", undefined, `a program id has 32 bytes, not ${at.length}`);
    writeAccount(journal, at, {
      lamports: 1n,
      owner: ADDRESS.LOADER_V2.bytes,
      executable: true,
      rentEpoch: RENT_EPOCH,
      data: bytes,
    });
    return formatProgramId({ vm: "svm", address: at, name: "" });
  }

  installed(id: string, journal: Journal): Uint8Array | undefined {
    const account = readAccount(journal, parseProgramId(id).address);
    return account?.executable === true ? account.data : undefined;
  }

  request(message: Message, journal: Journal): CallRequest {
    const { code, program } = message;
    if (message.fn !== undefined || message.args !== undefined) {
      refuse(
        "INVALID_MESSAGE",
        undefined,
        "an SVM message has `input` (instruction data), not `fn` and `args`",
      );
    }
    const programId = program === undefined ? sha256(code!) : parseProgramId(program).address;
    for (const account of message.accounts ?? []) placeAccount(journal, account);
    const instruction = {
      programId,
      accounts: (message.accounts ?? []).map(metaOf),
      data: message.input ?? new Uint8Array(0),
    };
    const gas = message.gasLimit ?? GAS_DEFAULT.svm;
    const own = code === undefined ? undefined : this.#program(code);
    const transaction = this.#transaction(own && { id: encodeHex(programId), found: own });
    return invocationRequest(this.#open(journal, transaction, instruction), gas);
  }

  /** `extra`: a program that is installed nowhere. */
  #transaction(extra?: { id: string; found: FoundProgram }): SvmTransaction {
    return {
      findProgram: (journal, id) =>
        extra !== undefined && encodeHex(id) === extra.id
          ? extra.found
          : this.#programs.find(journal, id),
      sysvar: (idHex) => this.#sysvars.get(idHex),
      heapBytes: HEAP_BYTES,
      heightMax: HEIGHT_MAX,
    };
  }

  #open(journal: Journal, transaction: SvmTransaction, instruction: SvmInstruction): Invocation {
    const found = transaction.findProgram(journal, instruction.programId);
    if (found === undefined) {
      const name = encodeBase58(instruction.programId);
      return refuse("INVALID_PROGRAM_ID", undefined, `there is no program at ${name} that can run`);
    }
    return openInvocation(journal, transaction, instruction, found);
  }

  portalRequest(
    call: PortalCall,
    sender: Uint8Array,
    gas: bigint,
    frame: Frame,
    finish: CallRequest["finish"],
  ): CallRequest {
    if (call.target.length !== 32)
      refuse("INVALID_PROGRAM_ID", undefined, "an SVM target has 32 bytes");
    // Only the identity of the caller may sign: a payload cannot grant what its sender does not have.
    const own = encodeHex(sender);
    const accounts = call.accounts.map((account) => ({
      ...account,
      isSigner: account.isSigner && encodeHex(account.key) === own,
    }));
    const instruction = { programId: call.target, accounts, data: call.input };
    const invocation = this.#open(frame.journal, this.#transaction(), instruction);
    return invocationRequest(invocation, gas, (caller, callee) => {
      const { outcome, detail, gas: gasLeft } = callee;
      callee.gas = settle(caller.journal, invocation, gas, { outcome, detail, gasLeft }).gasLeft;
      return finish(caller, callee);
    });
  }

  settle(request: CallRequest, result: FrameResult, journal: Journal): FrameResult {
    const { failure, gasLeft } = settle(
      journal,
      request.context as Invocation,
      request.gas,
      result,
    );
    return { ...result, gasLeft, gasUsed: request.gas - gasLeft, detail: failure };
  }

  outcomeName(outcome: number): string {
    return OUTCOME_NAMES.get(outcome) ?? outcomeName(outcome) ?? `OUTCOME_${outcome}`;
  }

  explain(result: FrameResult): string {
    return (result.detail as SvmFailure | undefined)?.text ?? this.outcomeName(result.outcome);
  }
}

/** Programs by content that stay loaded. */
const PROGRAMS_MAX = 256;

const OUTCOME_NAMES = new Map<number, string>(
  [...Object.entries(SVM_OUTCOME), ...Object.entries(SBPF_TRAP)].map(([name, code]) => [
    code,
    name,
  ]),
);

const metaOf = ({ key, isSigner, isWritable }: AccountInput): AccountMeta => ({
  key,
  isSigner: isSigner ?? false,
  isWritable: isWritable ?? false,
});

/** Writes what the message says of an account; one that says nothing is used as it is. */
function placeAccount(journal: Journal, account: AccountInput): void {
  const { key, owner, balance, data, executable } = account;
  if (key.length !== 32)
    refuse("INVALID_MESSAGE", undefined, "the key of an SVM account has 32 bytes");
  if (owner !== undefined && owner.length !== 32) {
    refuse("INVALID_MESSAGE", undefined, "the owner of an SVM account has 32 bytes");
  }
  if (
    owner === undefined &&
    balance === undefined &&
    data === undefined &&
    executable === undefined
  )
    return;
  writeAccount(journal, key, {
    lamports: balance ?? 0n,
    owner: owner ?? ADDRESS.SYSTEM.bytes,
    executable: executable ?? false,
    rentEpoch: RENT_EPOCH,
    data: data ?? new Uint8Array(0),
  });
}

function enterBySyscall(portal: Portal, frame: Frame): number {
  const [payloadAt, length, outputAt, capacity, lengthAt] = [0, 1, 2, 3, 4].map((i) =>
    argNumber(frame, i),
  ) as [number, number, number, number, number];
  const payload = hostAddress(frame, payloadAt, length, false);
  if (payload < 0) return failAccess(frame, payloadAt, length, false);
  const output = hostAddress(frame, outputAt, capacity, true);
  if (output < 0) return failAccess(frame, outputAt, capacity, true);
  const size = hostAddress(frame, lengthAt, 8, true);
  if (size < 0) return failAccess(frame, lengthAt, 8, true);
  const available = frame.gas;
  const request = {
    frame,
    from: "svm",
    caller: invocationOf(frame).programId,
    payload: frame.memory.slice(payload, length),
    available,
    isStatic: false,
  } as const;
  return portal.open(request, (outcome, bytes, cost) => {
    frame.gas = available - cost;
    frame.memory.u8.set(bytes.subarray(0, capacity), output);
    frame.memory.view.setBigUint64(size, BigInt(bytes.length), true);
    return answer(frame, outcome < 0x100 ? 0 : outcome);
  });
}

/** The portal as a program acts for the program that calls it, or for the first signer of an instruction of the transaction itself. */
function enterByProgram(portal: Portal, frame: Frame): number {
  const { parent, accounts, data, programId } = invocationOf(frame);
  const caller = parent?.programId ?? accounts.find(({ isSigner }) => isSigner)?.key;
  if (caller === undefined) return frame.leave(SVM_OUTCOME.PROGRAM_ERROR);
  const available = frame.gas;
  const request = {
    frame,
    from: "svm",
    caller,
    payload: data,
    available,
    isStatic: false,
  } as const;
  return portal.open(request, (outcome, bytes, cost) => {
    frame.gas = available - cost;
    if (outcome >= 0x100) {
      frame.detail = {
        error: "Custom",
        custom: outcome,
        text: `portal: outcome 0x${outcome.toString(16)}`,
      };
      return frame.leave(SVM_OUTCOME.PROGRAM_ERROR);
    }
    writeReturnData(frame.journal, programId, bytes);
    return frame.leave(0);
  });
}
