import { branchTargets } from "../format/branch-targets.ts";
import { type Code, OP } from "../format/index.ts";

/** Where the basic blocks of a function's code begin. */
export interface CodeBlocks {
  /** 1 where an instruction begins a block. */
  readonly leaders: Uint8Array;
  /** 1 where a backward jump leads: every loop passes such a place. */
  readonly loopHeads: Uint8Array;
}

const isConditional = (op: number): boolean => op === OP.BrTrue || op === OP.BrFalse;

/** Whether control never goes on to the next instruction. */
export function endsBlock(op: number): boolean {
  return (
    op === OP.Branch ||
    op === OP.Ret ||
    op === OP.Abort ||
    op === OP.AbortMsg ||
    op === OP.VariantSwitch
  );
}

export function findBlocks(code: Code): CodeBlocks {
  const { ops } = code;
  const leaders = new Uint8Array(ops.length);
  const loopHeads = new Uint8Array(ops.length);
  leaders[0] = 1;
  for (let pc = 0; pc < ops.length; pc++) {
    const op = ops[pc];
    for (const target of branchTargets(code, pc)) {
      leaders[target] = 1;
      if (target <= pc) loopHeads[target] = 1;
    }
    if ((isConditional(op) || endsBlock(op)) && pc + 1 < ops.length) leaders[pc + 1] = 1;
  }
  return { leaders, loopHeads };
}

/** Locals whose address some instruction takes. */
export function findBorrowedLocals({ ops, a }: Code, count: number): Uint8Array {
  const borrowed = new Uint8Array(count);
  for (let pc = 0; pc < ops.length; pc++) {
    if (ops[pc] === OP.MutBorrowLoc || ops[pc] === OP.ImmBorrowLoc) borrowed[a[pc]] = 1;
  }
  return borrowed;
}
