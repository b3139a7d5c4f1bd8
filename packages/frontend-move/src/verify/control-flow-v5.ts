import type { Code } from "../format/module.ts";
import { opOperand } from "../format/opcodes.ts";
import type { MoveStatus } from "../format/status.ts";
import { type FunctionView, refuseAt } from "./function-view.ts";
import type { VerifierConfig } from "./verifier-config.ts";

/** A loop by the order of its instructions: from its head to the last branch back to the head. */
interface Loop {
  readonly head: number;
  readonly last: number;
}

/**
 * The rules for files up to version 5, where loops are stretches of instructions: a branch back goes to the head of the innermost loop
 * around it, a branch out goes right behind that loop, no branch forward enters a loop but by its head.
 */
export function verifyLoopsV5(view: FunctionView, config: VerifierConfig): void {
  const { code } = view;
  const lastBranchBack = findLastBranchesBack(code);
  const refuse = (pc: number, status: MoveStatus, sentence: string) =>
    refuseAt(view, pc, status, sentence);
  forEachInstruction(code, lastBranchBack, (pc, loop) => {
    if (!branchesBack(code, pc) || code.a[pc] === loop?.head) return;
    refuse(pc, "INVALID_LOOP_CONTINUE", "the branch goes back beyond the innermost loop");
  });
  forEachInstruction(code, lastBranchBack, (pc, loop) => {
    if (!branchesForward(code, pc) || loop === undefined || code.a[pc] <= loop.last + 1) return;
    refuse(pc, "INVALID_LOOP_BREAK", "the branch leaves the loop for another place than its end");
  });
  const depth = loopDepths(lastBranchBack);
  forEachInstruction(code, lastBranchBack, (pc, loop) => {
    if (!branchesForward(code, pc)) return;
    const target = code.a[pc];
    if (loop !== undefined && target > loop.last) return;
    const around = depth[target] - (lastBranchBack[target] >= 0 ? 1 : 0);
    if (depth[pc] === around) return;
    refuse(pc, "INVALID_LOOP_SPLIT", "the branch enters a loop in its middle");
  });
  const deep = depth.findIndex((each) => each > config.loopDepthMax);
  if (deep < 0) return;
  refuse(deep, "LOOP_MAX_DEPTH_REACHED", `loops are nested deeper than ${config.loopDepthMax}`);
}

const branchesBack = ({ ops, a }: Code, pc: number): boolean =>
  opOperand(ops[pc]) === "branch" && a[pc] <= pc;

const branchesForward = ({ ops, a }: Code, pc: number): boolean =>
  opOperand(ops[pc]) === "branch" && a[pc] > pc;

/** For each head of a loop the last branch back to it; -1 elsewhere. */
function findLastBranchesBack(code: Code): Int32Array {
  const last = new Int32Array(code.ops.length).fill(-1);
  for (let pc = 0; pc < code.ops.length; pc++) {
    if (branchesBack(code, pc)) last[code.a[pc]] = pc;
  }
  return last;
}

/** Visits all instructions with the innermost loop around each. */
function forEachInstruction(
  code: Code,
  lastBranchBack: Int32Array,
  visit: (pc: number, loop: Loop | undefined) => void,
): void {
  const loops: Loop[] = [];
  for (let pc = 0; pc < code.ops.length; pc++) {
    if (lastBranchBack[pc] >= 0) loops.push({ head: pc, last: lastBranchBack[pc] });
    visit(pc, loops.at(-1));
    if (branchesBack(code, pc) && loops.at(-1)?.last === pc) loops.pop();
  }
}

/** Loops around each instruction, once it is known that they nest. */
function loopDepths(lastBranchBack: Int32Array): number[] {
  const ends = new Set(lastBranchBack.filter((last) => last >= 0));
  let depth = 0;
  return Array.from(lastBranchBack, (last, pc) => {
    if (last >= 0) depth++;
    const here = depth;
    if (ends.has(pc)) depth--;
    return here;
  });
}
