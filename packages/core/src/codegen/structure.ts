import { assert } from "@dragoman/fault";
import { scratch } from "../ir/array-source.ts";
import { type ControlFlow, isRetreating } from "../ir/control-flow.ts";
import { OP } from "../ir/ops.ts";
import { W, WASM_TYPE } from "../wasm/opcodes.ts";
import type { Emitter } from "./emitter.ts";
import { edgeArguments } from "./live-values.ts";

/**
 * What remains to be written, on an explicit stack: hostile functions nest deeper than JavaScript
 * recurses.
 */
type Action =
  | { readonly kind: "tree"; readonly block: number }
  | { readonly kind: "end" }
  | { readonly kind: "bytes"; readonly bytes: Uint8Array };

const END: Action = { kind: "end" };

/**
 * Writes a reducible function as nested blocks, loops and ifs, from its dominator tree: N. Ramsey,
 * "Beyond Relooper: recursive translation of unstructured control flow to structured control flow"
 * (2022). A block where several paths meet follows the end of a wasm block around its immediate
 * dominator; a loop header opens a wasm loop; any other stands where its one predecessor branches
 * to it.
 */
export class StructureWriter {
  readonly #c: Emitter;
  readonly #flow: ControlFlow;
  readonly #actions: Action[] = [];
  /** Wasm labels that are open. */
  #depth = 0;
  /** Depth at which the label of a loop or of a meeting place was opened. */
  readonly #loopLabel: Int32Array;
  readonly #mergeLabel: Int32Array;
  readonly #isMerge: Uint8Array;
  readonly #isTrap: Uint8Array;

  constructor(c: Emitter) {
    this.#c = c;
    this.#flow = c.flow;
    const count = c.flow.blockCount;
    this.#loopLabel = scratch.int32s(count);
    this.#mergeLabel = scratch.int32s(count);
    this.#isTrap = scratch.uint8s(count);
    this.#isMerge = scratch.uint8s(count);
    this.#findMerges();
  }

  /**
   * Blocks of one trap are repeated at their branches; blocks with several forward edges, or one
   * from a switch, get a label.
   */
  #findMerges(): void {
    const { code, fn } = this.#c;
    const flow = this.#flow;
    for (const block of flow.order) {
      const { start } = fn.blocks[block];
      const op = code[start] & 0xff;
      this.#isTrap[block] = op === OP.trap ? 1 : 0;
    }
    const forward = scratch.int32s(flow.blockCount);
    for (const block of flow.order) {
      const isSwitch = (code[flow.terminators[block]] & 0xff) === OP.switch;
      for (let i = flow.successorStart[block]; i < flow.successorStart[block + 1]; i++) {
        const target = flow.successors[i];
        if (isRetreating(flow, block, target)) continue;
        forward[target] += isSwitch ? 2 : this.#isTrap[target] === 1 ? 0 : 1;
      }
    }
    for (const block of flow.order) this.#isMerge[block] = forward[block] > 1 ? 1 : 0;
  }

  write(): void {
    const actions = this.#actions;
    actions.push({ kind: "tree", block: 0 });
    for (let action = actions.pop(); action !== undefined; action = actions.pop()) {
      if (action.kind === "tree") this.#tree(action.block);
      else if (action.kind === "end") this.#close();
      else this.#c.out.append(action.bytes);
    }
    assert(this.#depth === 0, "every label is closed");
    this.#c.op(W.unreachable);
  }

  #open(opcode: number): void {
    this.#c.op(opcode);
    this.#c.op(WASM_TYPE.empty);
    this.#depth++;
  }

  #close(): void {
    this.#c.op(W.end);
    this.#depth--;
  }

  #tree(block: number): void {
    const flow = this.#flow;
    if (flow.isLoopHeader[block] === 1) {
      this.#loopLabel[block] = this.#depth;
      this.#open(W.loop);
      this.#actions.push(END);
    }
    // The outermost label belongs to the child that comes last; children stand in reverse
    // postorder.
    for (let i = flow.childStart[block + 1] - 1; i >= flow.childStart[block]; i--) {
      const child = flow.children[i];
      if (this.#isMerge[child] === 0) continue;
      this.#mergeLabel[child] = this.#depth;
      this.#open(W.block);
      this.#actions.push({ kind: "tree", block: child }, END);
    }
    this.#body(block);
  }

  #body(block: number): void {
    const c = this.#c;
    const { code } = c;
    const { start } = c.fn.blocks[block];
    const last = c.flow.terminators[block];
    c.block = block;
    for (let at = start; at < last; at += code[at] >>> 8) c.write(at);
    switch (code[last] & 0xff) {
      case OP.br:
        c.moveArguments(edgeArguments(code, last, 0), code[last + 2]);
        return this.#go(block, code[last + 2]);
      case OP["br.if"]:
        return this.#branch(block, last);
      case OP.switch:
        return this.#switch(block, last);
      default:
        c.lower[code[last] & 0xff](c, last);
    }
  }

  /** True if going to `target` is one jump; false if its code follows here. */
  #isJump(from: number, target: number): boolean {
    return this.#isMerge[target] === 1 || isRetreating(this.#flow, from, target);
  }

  #jump(opcode: number, from: number, target: number): void {
    const label = isRetreating(this.#flow, from, target)
      ? this.#loopLabel[target]
      : this.#mergeLabel[target];
    this.#c.op(opcode);
    this.#c.out.unsigned(this.#depth - 1 - label);
  }

  #isRepeatedTrap(target: number): boolean {
    return this.#isTrap[target] === 1 && this.#isMerge[target] === 0;
  }

  #go(from: number, target: number): void {
    if (this.#isRepeatedTrap(target)) this.#c.op(W.unreachable);
    else if (this.#isJump(from, target)) this.#jump(W.br, from, target);
    else this.#actions.push({ kind: "tree", block: target });
  }

  #branch(block: number, at: number): void {
    const c = this.#c;
    const { code } = c;
    const first = edgeArguments(code, at, 0);
    const second = edgeArguments(code, at, 1);
    settleTrapping(c, first);
    settleTrapping(c, second);
    c.push(code[at + 2]);
    const moves = captureMoves(c, first);
    const otherMoves = captureMoves(c, second);
    if (this.#leavesFirst(block, code[first - 1], code[second - 1])) {
      this.#split(block, code[first - 1], moves, code[second - 1], otherMoves);
    } else {
      c.op(W.i32Eqz);
      this.#split(block, code[second - 1], otherMoves, code[first - 1], moves);
    }
  }

  /**
   * Which of two targets goes inside the `if`: a trap, a jump, or the smaller subtree, so that
   * nesting stays logarithmic.
   */
  #leavesFirst(block: number, target: number, other: number): boolean {
    if (this.#isRepeatedTrap(target)) return true;
    if (this.#isRepeatedTrap(other)) return false;
    if (this.#isJump(block, target)) return true;
    if (this.#isJump(block, other)) return false;
    const { domEnter, domLast } = this.#flow;
    return domLast[target] - domEnter[target] <= domLast[other] - domEnter[other];
  }

  /** With the condition on the stack: to `target` if it holds, else on to `other`. */
  #split(
    block: number,
    target: number,
    moves: Uint8Array,
    other: number,
    otherMoves: Uint8Array,
  ): void {
    const c = this.#c;
    if (this.#isRepeatedTrap(target)) c.trapIf();
    else if (this.#isJump(block, target) && moves.length === 0) this.#jump(W.brIf, block, target);
    else {
      this.#open(W.if);
      c.out.append(moves);
      if (!this.#isJump(block, target)) {
        this.#goLater(block, other, otherMoves);
        this.#actions.push(END, { kind: "tree", block: target });
        return;
      }
      this.#jump(W.br, block, target);
      this.#close();
    }
    c.out.append(otherMoves);
    this.#go(block, other);
  }

  /** Schedules the second way of a branch behind the first, whose tree is written before it. */
  #goLater(block: number, target: number, moves: Uint8Array): void {
    // Only subtrees are left here: see #leavesFirst.
    assert(
      !this.#isJump(block, target) && !this.#isRepeatedTrap(target),
      "the second way is a tree",
    );
    this.#actions.push({ kind: "tree", block: target });
    if (moves.length > 0) this.#actions.push({ kind: "bytes", bytes: moves });
  }

  #switch(block: number, at: number): void {
    const c = this.#c;
    const { code } = c;
    c.push(code[at + 2]);
    const count = code[at + 3];
    c.op(W.brTable);
    c.out.unsigned(count);
    for (let i = 0; i <= count; i++) {
      const target = code[at + 4 + i];
      const label = isRetreating(this.#flow, block, target)
        ? this.#loopLabel[target]
        : this.#mergeLabel[target];
      c.out.unsigned(this.#depth - 1 - label);
    }
  }
}

/** Arguments that may trap are computed before the branch: the other way does not compute them. */
export function settleTrapping(c: Emitter, args: number): void {
  const { params } = c.fn.blocks[c.code[args - 1]];
  for (let i = 0; i < params.length; i++) {
    if (!c.isDead(params[i])) c.settleIfTraps(c.code[args + 1 + i]);
  }
}

/**
 * The bytes that move the arguments at `args` to their block's parameters, taken out of the output
 * again.
 */
export function captureMoves(c: Emitter, args: number): Uint8Array {
  const from = c.out.length;
  c.moveArguments(args, c.code[args - 1]);
  const bytes = scratch.copyOfUint8s(c.out.bytes, from, c.out.length);
  c.out.length = from;
  return bytes;
}
