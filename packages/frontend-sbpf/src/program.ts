import {
  type HostFunction,
  type IrModule,
  type OptimisticSource,
  type Program,
  WordPool,
} from "@dragoman/core";
import { syscallOfTarget } from "./analysis/calls.ts";
import { buildGraph, type ProgramGraph } from "./analysis/program-graph.ts";
import type { Executable } from "./elf/executable.ts";
import { loadElf } from "./elf/load.ts";
import { decodeText } from "./isa/decode.ts";
import { symbolHash } from "./isa/murmur3.ts";
import { verifyText } from "./isa/verify.ts";
import type { SbpfVersion } from "./isa/version.ts";
import { exactModule, hostSignatures } from "./lift/exact-module.ts";
import { FUNCTIONS, type LiftContext } from "./lift/lift-context.ts";
import { optimisticModule } from "./lift/optimistic-module.ts";

import { growStackTo, type MemoryImage, openStack } from "./runtime/frame-memory.ts";
import { inputOffset } from "./runtime/layout.ts";
import { sourceInput } from "./source-input.ts";
import type { Syscall } from "./syscalls/syscall.ts";

export interface ProgramOptions {
  /** Identity for caches: a hash of the ELF and of what the options change. */
  readonly id: string;
  readonly syscalls: readonly Syscall[];
  /** Host function EXIT: what r0 means when the program ends. */
  readonly exit: HostFunction;
  readonly versions?: readonly SbpfVersion[];
  readonly deploy?: boolean;
  /** All registers go in and out; the exact module is also the one that is compiled. */
  readonly raw?: boolean;
}

/** A loaded sBPF program. */
export interface SbpfProgram extends Program {
  readonly vm: "sbpf";
  readonly image: MemoryImage;
  readonly executable: Executable;
  readonly graph: ProgramGraph;
  readonly syscalls: readonly Syscall[];
  /** The module to compile with these functions of the graph alone: the others trap. */
  optimisticPart(functions: readonly number[]): IrModule | undefined;
}

/** Instructions from which on a part, of the functions that have run, is compiled before the whole. */
const PART_MIN = 5000;

/**
 * Loads, verifies and analyses an ELF; functions are lifted when they are called.
 *
 * Faults: those of `loadElf`, `decodeText` and `verifyText`.
 */
export function loadProgram(elf: Uint8Array, options: ProgramOptions): SbpfProgram {
  const hashes = syscallHashes(options.syscalls);
  const executable = loadElf(elf, {
    isSyscall: (hash) => hashes.has(hash),
    ...(options.versions === undefined ? {} : { versions: options.versions }),
    ...(options.deploy === undefined ? {} : { deploy: options.deploy }),
  });
  const program = programOfExecutable(executable, options);
  return {
    ...program,
    get source() {
      return sourceOf(elf, options, program);
    },
  };
}

/** What another thread lifts the program from: named only there where it is asked for, as scripts in a browser have no place. */
function sourceOf(
  elf: Uint8Array,
  options: ProgramOptions,
  { graph, exact }: SbpfProgram,
): OptimisticSource | undefined {
  const input = sourceInput(elf, options);
  if (input === undefined) return undefined;
  const source = { url: new URL("./optimistic-source.js", import.meta.url).href, input };
  if (graph.text.count < PART_MIN) return source;
  return { ...source, first: { ...input, functions: liftedFunctions(exact, graph) } };
}

/** Functions of the graph that have been lifted for the interpreter: those that some run has reached. */
function liftedFunctions({ functions }: IrModule, { functionCount }: ProgramGraph): number[] {
  const lifted: number[] = [];
  for (let fn = 0; fn < functionCount; fn++) {
    // Behind the functions stand those that can be entered anywhere.
    const at = FUNCTIONS + fn;
    if (functions[at] !== undefined || functions[at + functionCount] !== undefined) lifted.push(fn);
  }
  return lifted;
}

/** The same from what a loader gave. */
export function programOfExecutable(executable: Executable, options: ProgramOptions): SbpfProgram {
  const { syscalls } = options;
  const text = decodeText(executable.text, executable.version);
  verifyText(text);
  const noReturn = (target: number): boolean =>
    syscalls[syscallOfTarget(target)]?.noReturn === true;
  const graph = buildGraph(text, executable, syscallHashes(syscalls), noReturn);
  const context: LiftContext = {
    graph,
    syscalls,
    pool: new WordPool(),
    textOffset: executable.textOffset,
    raw: options.raw === true,
    rodataBytes: executable.rodata.length,
  };
  const hosts = hostSignatures(context);
  const { version, rodata } = executable;
  const frameSize = inputOffset(version, rodata.length);
  const exact = exactModule(context, options.id, hosts, frameSize);
  let optimistic: IrModule | undefined;
  return {
    vm: "sbpf",
    id: options.id,
    exact,
    optimistic: () => {
      optimistic ??= options.raw === true ? exact : optimisticModule(context, exact);
      return optimistic;
    },
    optimisticPart: (functions) => optimisticModule(context, exact, new Set(functions)),
    hosts: hostTable(options, version),
    image: { version, rodata },
    executable,
    graph,
    syscalls,
  };
}

type HostTables = WeakMap<HostFunction, (readonly HostFunction[] | undefined)[]>;

const hostTables = new WeakMap<readonly Syscall[], HostTables>();

/** What programs of one version with the same syscalls and end call: one array for all of them, as compiled code is shared only between programs of one table. */
function hostTable(
  { syscalls, exit }: ProgramOptions,
  version: SbpfVersion,
): readonly HostFunction[] {
  const tables: HostTables = hostTables.get(syscalls) ?? new WeakMap();
  hostTables.set(syscalls, tables);
  const byVersion = tables.get(exit) ?? [];
  tables.set(exit, byVersion);
  byVersion[version] ??= [
    ...[exit, openStack(version), growStackTo(version)],
    ...syscalls.map(({ run }) => run),
  ];
  return byVersion[version];
}

const hashCache = new WeakMap<readonly Syscall[], ReadonlyMap<number, number>>();

/** Numbers of syscalls by hash. */
function syscallHashes(syscalls: readonly Syscall[]): ReadonlyMap<number, number> {
  let hashes = hashCache.get(syscalls);
  if (hashes === undefined) {
    hashes = new Map(syscalls.map(({ name }, index) => [symbolHash(name), index]));
    hashCache.set(syscalls, hashes);
  }
  return hashes;
}
