import { OP, opWord } from "../ir/ops.ts";
import { toValue } from "./constants.ts";
import type { Visitor } from "./rewriter.ts";

const NONE = -1;

/**
 * Promotes variables to values where that costs no block parameter: a `var.get` behind a `var.set` or another `var.get` of the same block
 * (or of the blocks in a row that lead to it alone) is the value that was set or read; a `var.set` of what the variable holds, and one
 * that another of the same block overwrites, go.
 *
 * Variables that live across the edges of blocks stay: the compiler makes a local of each, whereas block
 * parameters cost a copy on every edge.
 */
export function variableForwarding(): Visitor {
  /** Value of each variable, if its stamp is not older than `oldest`. */
  let values = new Int32Array(16);
  let stamps = new Int32Array(16);
  /** Where each variable was last set in this block, if the stamp of that is the block's. */
  let setAt = new Int32Array(16);
  let setStamps = new Int32Array(16);
  let oldest = 1;
  let stamp = 1;
  return {
    begin(r, block, continues) {
      stamp++;
      if (!continues) oldest = stamp;
      const count = r.fn.vars.length;
      if (block === 0 && count > values.length) {
        values = new Int32Array(count);
        stamps = new Int32Array(count);
        setAt = new Int32Array(count);
        setStamps = new Int32Array(count);
      }
    },
    visit(r, at) {
      const { code } = r;
      const op = code[at] & 0xff;
      if (op !== OP["var.get"] && op !== OP["var.set"]) return at;
      const variable = code[at + 3];
      const value = code[at + 2];
      const known = stamps[variable] >= oldest ? values[variable] : NONE;
      if (op === OP["var.get"] && known !== NONE) {
        toValue(r, at, known);
        return NONE;
      }
      if (op === OP["var.set"]) {
        if (known === value) {
          r.length = at;
          return NONE;
        }
        if (setStamps[variable] === stamp) erase(code, setAt[variable]);
        setAt[variable] = at;
        setStamps[variable] = stamp;
      }
      values[variable] = value;
      stamps[variable] = stamp;
      return at;
    },
  };
}

/** Makes two `nop` of the `var.set` at `at`. */
function erase(code: Int32Array, at: number): void {
  for (let i = at; i < at + 4; i += 2) {
    code[i] = opWord(OP.nop, 2);
    code[i + 1] = NONE;
  }
}
