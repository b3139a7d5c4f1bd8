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
  return op === OP.Branch || op === OP.Ret || op === OP.Abort;
}

export function findBlocks({ ops, a }: Code): CodeBlocks {
  const leaders = new Uint8Array(ops.length);
  const loopHeads = new Uint8Array(ops.length);
  leaders[0] = 1;
  for (let pc = 0; pc < ops.length; pc++) {
    const op = ops[pc];
    const jumps = op === OP.Branch || isConditional(op);
    if (jumps) {
      leaders[a[pc]] = 1;
      if (a[pc] <= pc) loopHeads[a[pc]] = 1;
    }
    if ((jumps || endsBlock(op)) && pc + 1 < ops.length) leaders[pc + 1] = 1;
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
