import type { Executable } from "../elf/executable.ts";
import type { Text } from "../isa/decode.ts";
import { type Blocks, END, splitBlocks } from "./blocks.ts";
import { type CallTargets, isFaultingTarget, resolveCalls } from "./calls.ts";
import { findCodePointers } from "./code-pointers.ts";
import { findReturning } from "./returning.ts";

/**
 * A program as functions. A function is a component of the jump graph: all blocks that jumps and falls connect. Compilers' functions have one
 * entry; a hostile program's may have many, and still no instruction is lifted twice.
 */
export interface ProgramGraph {
  readonly text: Text;
  readonly calls: CallTargets;
  readonly blocks: Blocks;
  readonly entryPc: number;
  /** 1 where a function begins: the entry, targets of calls, addresses of code in data. */
  readonly entries: Uint8Array;
  /** 1 where the address of code was found. */
  readonly pointers: Uint8Array;
  readonly hasCallx: boolean;
  readonly functionCount: number;
  /** Function of each block. */
  readonly functionOf: Int32Array;
  /** Blocks by function: `members[first[f]..first[f + 1])`, ascending. */
  readonly first: Int32Array;
  readonly members: Int32Array;
  /** For each block whether an exit can be reached from it. */
  readonly returning: Uint8Array;
  readonly noReturnSyscall: (target: number) => boolean;
}

const CALLX = 0x8d;

/** Analyses verified code in linear time over typed arrays. `syscalls`: numbers by hash. */
export function buildGraph(
  text: Text,
  executable: Executable,
  syscalls: ReadonlyMap<number, number>,
  noReturnSyscall: (target: number) => boolean,
): ProgramGraph {
  const calls = resolveCalls(text, executable, syscalls);
  const hasCallx = text.op.includes(CALLX);
  const pointers = hasCallx ? findCodePointers(text, executable) : new Uint8Array(text.count);
  const entries = pointers.slice();
  const { control } = text;
  for (let i = 0; i < control.length; i++) {
    const target = calls[control[i]];
    if (target >= 0) entries[target] = 1;
  }
  const { entryPc } = executable;
  if (entryPc < text.count && text.op[entryPc] !== 0) entries[entryPc] = 1;
  const rough = splitBlocks(text, entries, calls, noReturnSyscall);
  const roughReturning = findReturning(text, rough, calls, noReturnSyscall);
  // Again with the calls that were found never to return, which cuts functions apart at them.
  const noReturn = (target: number): boolean =>
    target >= 0 ? roughReturning[rough.of[target]] === 0 : noReturnSyscall(target);
  const blocks = splitBlocks(text, entries, calls, noReturn);
  const returning = new Uint8Array(blocks.count);
  for (let block = 0; block < blocks.count; block++) {
    // Only starts of functions are asked for, and those begin blocks in both partitions.
    returning[block] = roughReturning[rough.of[blocks.start[block]]];
  }
  return {
    text,
    calls,
    blocks,
    entryPc,
    entries,
    pointers,
    hasCallx,
    returning,
    noReturnSyscall,
    ...findFunctions(blocks),
  };
}

/** True if nothing comes back from `target`. */
export function neverReturns(graph: ProgramGraph, target: number): boolean {
  if (target < 0) return isFaultingTarget(target) || graph.noReturnSyscall(target);
  return graph.returning[graph.blocks.of[target]] === 0;
}

function findFunctions(
  blocks: Blocks,
): Pick<ProgramGraph, "functionCount" | "functionOf" | "first" | "members"> {
  const parent = new Int32Array(blocks.count);
  for (let block = 0; block < blocks.count; block++) parent[block] = block;
  const find = (block: number): number => {
    let root = block;
    while (parent[root] !== root) {
      parent[root] = parent[parent[root]];
      root = parent[root];
    }
    return root;
  };
  const join = (a: number, b: number): void => {
    const x = find(a);
    const y = find(b);
    // The lower root wins, so functions are numbered by their first block.
    if (x < y) parent[y] = x;
    else parent[x] = y;
  };
  for (let block = 0; block < blocks.count; block++) {
    const end = blocks.end[block];
    if (blocks.target[block] >= 0) join(block, blocks.target[block]);
    if ((end === END.FALL || end === END.BRANCH) && block + 1 < blocks.count)
      join(block, block + 1);
  }
  const functionOf = new Int32Array(blocks.count);
  let functionCount = 0;
  for (let block = 0; block < blocks.count; block++) {
    const root = find(block);
    functionOf[block] = root === block ? functionCount++ : functionOf[root];
  }
  const first = new Int32Array(functionCount + 1);
  for (let block = 0; block < blocks.count; block++) first[functionOf[block] + 1]++;
  for (let i = 0; i < functionCount; i++) first[i + 1] += first[i];
  const next = first.slice(0, functionCount);
  const members = new Int32Array(blocks.count);
  for (let block = 0; block < blocks.count; block++) members[next[functionOf[block]]++] = block;
  return { functionCount, functionOf, first, members };
}
