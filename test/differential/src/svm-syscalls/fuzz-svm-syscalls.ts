import { encodeBase58 } from "@dragoman/bytes";
import { Engine, LinearMemory, MemoryState } from "@dragoman/core";
import { Random } from "@dragoman/core/testing";
import { executeInstruction, loadSbpf, type SbpfProgram } from "@dragoman/frontend-sbpf";
import { assemble, link } from "@dragoman/frontend-sbpf/asm";
import { encodeMessage } from "@dragoman/ledger-svm";
import { FailedTransactionMetadata, LiteSVM } from "litesvm";
import type { FuzzOptions, FuzzReport } from "../fuzz.ts";
import { type RandomSyscall, RESULT, randomSyscall, SYSCALL_NAMES } from "./random-syscall.ts";

/** Bytes that the program returns: r0, then what stands where results go. */
const RESULT_SIZE = 576;
const UNITS = 200_000n;
const PAYER = new Uint8Array(32).fill(0x61);

/** What a call left. */
interface Effects {
  readonly failure: string | undefined;
  readonly units: bigint;
  readonly returned: string;
}

interface Side {
  readonly name: string;
  run(call: RandomSyscall): Effects;
}

/** A program that takes five arguments from its data, calls the syscall and returns what it left. */
function elfOf(name: string): Uint8Array {
  const source = [
    "lddw r6, 0x400000010",
    ...[1, 2, 3, 4, 5].map((register) => `ldxdw r${register}, [r6+${8 * (register - 1)}]`),
    `syscall ${name}`,
    "mov64 r1, r10",
    `add64 r1, ${Number(RESULT - 0x2_0000_1000n) - 8}`,
    "stxdw [r1+0], r0",
    `mov64 r2, ${8 + RESULT_SIZE}`,
    "syscall sol_set_return_data",
    "mov64 r0, 0",
    "exit",
  ];
  return link(assemble(source.join("\n"), 0));
}

const programId = (index: number): Uint8Array => new Uint8Array(32).fill(0x30 + index);

function dataOf({ args, operands }: RandomSyscall): Uint8Array {
  const data = new Uint8Array(40 + operands.length);
  const view = new DataView(data.buffer);
  for (const [index, arg] of args.entries()) view.setBigUint64(8 * index, arg, true);
  data.set(operands, 40);
  return data;
}

function openOurs(elfs: readonly Uint8Array[]): Side {
  const memory = new LinearMemory();
  const programs = new Map<string, SbpfProgram>(
    elfs.map((elf, index) => [SYSCALL_NAMES[index] as string, loadSbpf(elf)]),
  );
  return {
    name: "ours",
    run(call) {
      const program = programs.get(call.name) as SbpfProgram;
      const engine = new Engine({ state: new MemoryState(), memory, tier: "interpret" });
      const found = { program, isUnaligned: false, isNative: false };
      const transaction = {
        ...{ findProgram: () => found, sysvar: () => undefined },
        ...{ heapBytes: 32 * 1024, heightMax: 5 },
      };
      const id = programId(SYSCALL_NAMES.indexOf(call.name as (typeof SYSCALL_NAMES)[number]));
      const instruction = { programId: id, accounts: [], data: dataOf(call) };
      const result = executeInstruction(engine, transaction, instruction, UNITS);
      return {
        failure: result.failure?.text,
        units: result.gasUsed,
        returned: Buffer.from(result.returnData ?? []).toString("hex"),
      };
    },
  };
}

/** agave's runtime with the features of mainnet. */
function openPeer(elfs: readonly Uint8Array[]): Side {
  const svm = new LiteSVM()
    .withSigverify(false)
    .withBlockhashCheck(false)
    .withTransactionHistory(0n);
  svm.airdrop(encodeBase58(PAYER) as never, 100_000_000_000n as never);
  for (const [index, elf] of elfs.entries()) {
    svm.addProgram(encodeBase58(programId(index)) as never, elf);
  }
  return {
    name: "litesvm",
    run(call) {
      const index = SYSCALL_NAMES.indexOf(call.name as (typeof SYSCALL_NAMES)[number]);
      const messageBytes = encodeMessage({
        version: "legacy",
        ...{ requiredSignatures: 1, readonlySigned: 0, readonlyUnsigned: 1 },
        keys: [PAYER, programId(index)],
        recentBlockhash: new Uint8Array(32).fill(1),
        instructions: [{ program: 1, accounts: [], data: dataOf(call) }],
      });
      const signatures = { [encodeBase58(PAYER)]: new Uint8Array(64) };
      const result = svm.sendTransaction({ messageBytes, signatures } as never);
      const meta = result instanceof FailedTransactionMetadata ? result.meta() : result;
      const failed = result instanceof FailedTransactionMetadata;
      const text = /failed: (.*)$/.exec(meta.logs().at(-1) ?? "")?.[1] ?? "no instruction was run";
      return {
        failure: failed ? text : undefined,
        units: meta.computeUnitsConsumed(),
        returned: failed ? "" : Buffer.from(meta.returnData().data()).toString("hex"),
      };
    },
  };
}

/**
 * Calls random syscalls of curves, pairings and Poseidon on our machine and on litesvm, and compares failure, units, r0 and result. The same seed makes
 * the same call.
 */
export function fuzzSvmSyscalls({ count, seed, onProgress }: FuzzOptions): FuzzReport {
  const elfs = SYSCALL_NAMES.map(elfOf);
  const [ours, peer] = [openOurs(elfs), openPeer(elfs)];
  const mismatches: { seed: number; why: string }[] = [];
  for (let cases = 0; cases < count; cases++) {
    const call = randomSyscall(new Random(seed + cases));
    const [one, other] = [ours.run(call), peer.run(call)];
    const why = differenceOf(one, other);
    if (why !== undefined)
      mismatches.push({ seed: seed + cases, why: `${call.name}(${call.args.join()}): ${why}` });
    onProgress?.(cases + 1);
  }
  return { cases: count, mismatches };
}

function differenceOf(one: Effects, other: Effects): string | undefined {
  if ((one.failure === undefined) !== (other.failure === undefined)) {
    return `${one.failure ?? "success"} instead of ${other.failure ?? "success"}`;
  }
  // Where nothing is has more than one name.
  const isAccess = (text = "") => text.startsWith("Access violation");
  const isSame = isAccess(one.failure) ? isAccess(other.failure) : one.failure === other.failure;
  if (!isSame) return `${one.failure} instead of ${other.failure}`;
  if (one.units !== other.units) return `${one.units} units instead of ${other.units}`;
  // Zeros at the end of return data are not kept by the peer.
  const trimmed = (hex: string) => hex.replace(/(?:00)+$/, "");
  if (trimmed(one.returned) === trimmed(other.returned)) return undefined;
  return `returned ${one.returned.slice(0, 160)} instead of ${other.returned.slice(0, 160)}`;
}
