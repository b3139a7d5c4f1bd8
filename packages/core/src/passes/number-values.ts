import { CALLS, METERS, OP, OPS, READS, TRAPS, WRITES } from "../ir/ops.ts";
import type { Rewriter, Visitor } from "./rewriter.ts";

const SLOTS = 1 << 12;
/** Slots that are looked at for one instruction. */
const PROBES = 4;

/** What is done with each operation: 0 = nothing, else bits. */
const NUMBERED = 1;
const READS_MEMORY = 2;
const CLOBBERS_MEMORY = 4;

const KINDS = Uint8Array.from(OPS, ({ code, effects, variadic, name }) => {
  if (/^(var|stack)\./.test(name) || code === OP.nop) return 0;
  const clobbers = (effects & (WRITES | CALLS)) !== 0 ? CLOBBERS_MEMORY : 0;
  if (variadic || (effects & ~(READS | TRAPS)) !== 0 || (effects & METERS) !== 0) return clobbers;
  return code === OP.trap ? 0 : NUMBERED | ((effects & READS) !== 0 ? READS_MEMORY : 0);
});

/**
 * Local value numbering: an operation that was done before in the same block (or in the blocks in a row that lead to it alone), on the same
 * values and with no write to memory between if it reads memory, is replaced by the earlier result. An operation
 * that may trap counts too: where the first did not trap, the second does not.
 */
export function valueNumbering(): Visitor {
  const stamps = new Int32Array(SLOTS);
  const places = new Int32Array(SLOTS);
  const memories = new Int32Array(SLOTS);
  /** What was entered in the table since this stamp is valid. */
  let oldest = 1;
  let stamp = 1;
  let memory = 1;
  return {
    begin(_r, _block, continues) {
      if (!continues) oldest = ++stamp;
    },
    visit(r, at) {
      const { code } = r;
      const kind = KINDS[code[at] & 0xff];
      if ((kind & CLOBBERS_MEMORY) !== 0) memory++;
      if ((kind & NUMBERED) === 0) return at;
      const { resultCount } = OPS[code[at] & 0xff];
      let slot = hash(code, at, resultCount, r.length);
      for (let probe = 0; probe < PROBES; probe++, slot = (slot + 1) & (SLOTS - 1)) {
        if (stamps[slot] < oldest) break;
        const earlier = places[slot];
        if ((kind & READS_MEMORY) !== 0 && memories[slot] !== memory) {
          if (!isSame(code, earlier, at, resultCount, r.length)) continue;
          break;
        }
        if (!isSame(code, earlier, at, resultCount, r.length)) continue;
        return replace(r, at, earlier, resultCount);
      }
      stamps[slot] = stamp;
      places[slot] = at;
      memories[slot] = memory;
      return at;
    },
  };
}

function replace(r: Rewriter, at: number, earlier: number, resultCount: number): number {
  if (resultCount === 1) r.replacement[r.code[at + 2]] = r.code[earlier + 2];
  r.length = at;
  return -1;
}

function hash(code: Int32Array, at: number, resultCount: number, end: number): number {
  let h = code[at];
  for (let i = at + 2 + resultCount; i < end; i++) h = Math.imul(h ^ code[i], 0x9e3779b1);
  return ((h ^ (h >>> 15)) >>> 3) & (SLOTS - 1);
}

/** True if the instructions at `a` and at `b`, which ends at `end`, are alike but for position and result. */
function isSame(code: Int32Array, a: number, b: number, resultCount: number, end: number): boolean {
  if (code[a] !== code[b]) return false;
  for (let i = b + 2 + resultCount; i < end; i++) if (code[a + i - b] !== code[i]) return false;
  return true;
}
