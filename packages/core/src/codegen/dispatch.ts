import { OP } from "../ir/ops.ts";
import { W, WASM_TYPE } from "../wasm/opcodes.ts";
import type { Emitter } from "./emitter.ts";
import { edgeArguments } from "./live-values.ts";
import { captureMoves, settleTrapping } from "./structure.ts";

/**
 * Writes an irreducible function as one loop around a branch table: every block sets the number of
 * the next and goes back to the loop's head. Slow and rare: jumps into the middle of loops, which
 * compilers of guest languages do not write.
 */
export function writeDispatch(c: Emitter): void {
  const { order, rpoIndex } = c.flow;
  const { code } = c;
  const next = c.permanentLocal(WASM_TYPE.i32);
  open(c, W.loop);
  for (let i = 0; i < order.length; i++) open(c, W.block);
  c.get(next);
  c.op(W.brTable);
  c.out.unsigned(order.length - 1);
  for (let i = 0; i < order.length; i++) c.out.unsigned(i);
  for (let i = 0; i < order.length; i++) {
    c.op(W.end);
    writeBlock(order[i], order.length - 1 - i);
  }
  c.op(W.end);
  c.op(W.unreachable);

  function writeBlock(block: number, depth: number): void {
    const last = c.flow.terminators[block];
    c.block = block;
    for (let at = c.fn.blocks[block].start; at < last; at += code[at] >>> 8) c.write(at);
    switch (code[last] & 0xff) {
      case OP.br:
        c.moveArguments(edgeArguments(code, last, 0), code[last + 2]);
        return go(code[last + 2], depth);
      case OP["br.if"]:
        return branch(last, depth);
      case OP.switch:
        return select(last, depth);
      default:
        c.lower[code[last] & 0xff](c, last);
    }
  }

  function go(target: number, depth: number): void {
    c.const32(rpoIndex[target]);
    c.set(next);
    c.op(W.br);
    c.out.unsigned(depth);
  }

  function branch(at: number, depth: number): void {
    const first = edgeArguments(code, at, 0);
    const second = edgeArguments(code, at, 1);
    settleTrapping(c, first);
    settleTrapping(c, second);
    c.push(code[at + 2]);
    const moves = captureMoves(c, first);
    const otherMoves = captureMoves(c, second);
    open(c, W.if);
    c.out.append(moves);
    go(code[first - 1], depth + 1);
    c.op(W.end);
    c.out.append(otherMoves);
    go(code[second - 1], depth);
  }

  function select(at: number, depth: number): void {
    const count = code[at + 3];
    for (let i = 0; i <= count; i++) open(c, W.block);
    c.push(code[at + 2]);
    c.op(W.brTable);
    c.out.unsigned(count);
    for (let i = 0; i <= count; i++) c.out.unsigned(i);
    for (let i = 0; i <= count; i++) {
      c.op(W.end);
      go(code[at + 4 + i], depth + count - i);
    }
  }
}

function open(c: Emitter, opcode: number): void {
  c.op(opcode);
  c.op(WASM_TYPE.empty);
}
