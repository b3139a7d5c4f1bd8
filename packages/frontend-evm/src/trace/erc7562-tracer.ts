import { assert } from "@dragoman/fault";
import { readCode } from "../account/accounts.ts";
import { OPCODE } from "../opcodes.ts";
import { dropFailedLogs } from "./call-frame.ts";
import { frameView } from "./call-tracer.ts";
import { countIn, RuledFrame, rulesView } from "./erc7562-frame.ts";
import { DEPOSIT_UNPAID, OUT_OF_GAS } from "./failure-text.ts";
import { hexBytes, hexWord } from "./json.ts";
import type { Step } from "./step.ts";
import type { FrameEnd, FrameEntry, TracedLog, TracedTransaction, Tracer } from "./tracer.ts";
import { addressBytes, wordBytes } from "./words.ts";

export interface Erc7562TracerConfig {
  readonly withLog?: boolean;
  /** Instructions that are not counted; default: pushes, stack moves and plain arithmetic. */
  readonly ignoredOpcodes?: readonly number[];
}

const CALLS: ReadonlySet<number> = new Set([
  OPCODE.call,
  OPCODE.callcode,
  OPCODE.delegatecall,
  OPCODE.staticcall,
]);
const CODE_LOOKS: ReadonlySet<number> = new Set([
  OPCODE.extcodehash,
  OPCODE.extcodesize,
  OPCODE.extcodecopy,
]);
const PLAIN = [
  ...[OPCODE.pop, OPCODE.add, OPCODE.sub, OPCODE.mul, OPCODE.div, OPCODE.eq, OPCODE.lt, OPCODE.gt],
  ...[OPCODE.slt, OPCODE.sgt, OPCODE.shl, OPCODE.shr, OPCODE.and, OPCODE.or, OPCODE.not],
  OPCODE.iszero,
];
/** PUSH0 to SWAP16, and {@link PLAIN}. */
const IGNORED: readonly number[] = [
  ...Array.from({ length: OPCODE.swap16 - OPCODE.push0 + 1 }, (_, i) => OPCODE.push0 + i),
  ...PLAIN,
];

/** The tree of calls with what the validation rules of ERC-7562 ask about (eth/tracers/native/erc7562.go). */
export class Erc7562Tracer implements Tracer {
  readonly #withLog: boolean;
  readonly #ignored: ReadonlySet<number>;
  readonly #open: RuledFrame[] = [];
  readonly #preimages = new Set<string>();
  #root: RuledFrame | undefined;
  #gasLimit = 0n;
  /** The instruction before, with the top of its stack; undefined before the first and after a frame returned. */
  #last: { readonly op: number; readonly top: bigint | undefined } | undefined;

  constructor({ withLog = false, ignoredOpcodes = IGNORED }: Erc7562TracerConfig = {}) {
    this.#withLog = withLog;
    this.#ignored = new Set(ignoredOpcodes);
  }

  start({ gasLimit }: TracedTransaction): void {
    this.#gasLimit = gasLimit;
  }

  enter(entry: FrameEntry): void {
    this.#open.push(new RuledFrame(entry, entry.depth === 0 ? this.#gasLimit : entry.gas));
  }

  exit(end: FrameEnd): void {
    const frame = this.#open.pop();
    assert(frame !== undefined, "a frame ends that began");
    frame.close(end);
    frame.gasUsed = end.gasUsed;
    const parent = this.#open.at(-1);
    if (parent === undefined) {
      this.#root = frame;
      return;
    }
    frame.isOutOfGas = end.failure === OUT_OF_GAS || end.failure === DEPOSIT_UNPAID;
    parent.calls.push(frame);
  }

  log({ entry, index }: TracedLog): void {
    const frame = this.#open.at(-1);
    if (!this.#withLog || frame === undefined) return;
    const { account: address, topics, data } = entry;
    frame.logs.push({ address, topics, data, index, position: frame.calls.length });
  }

  step(step: Step): void {
    const { op } = step;
    const top = step.peek(0);
    if (op === OPCODE.revert || op === OPCODE.return) this.#last = undefined;
    const frame = this.#open.at(-1);
    if (frame === undefined) return;
    this.#noteCodeLook(frame, op);
    this.#noteCodeSize(frame, step);
    if (this.#last?.op === OPCODE.gas && !CALLS.has(op)) countIn(frame.instructions, OPCODE.gas);
    if (op !== OPCODE.gas && !this.#ignored.has(op)) countIn(frame.instructions, op);
    if (top !== undefined) this.#noteStorage(frame, step, top);
    if (op === OPCODE.keccak256) {
      this.#preimages.add(hexBytes(step.memoryRange(top ?? 0n, step.peek(1) ?? 0n)));
    }
    this.#last = { op, top };
  }

  /** OP-051: looking at code is forbidden but for the question whether there is some. */
  #noteCodeLook(frame: RuledFrame, op: number): void {
    const last = this.#last;
    if (last === undefined || !CODE_LOOKS.has(last.op)) return;
    if (last.op === OPCODE.extcodesize && op === OPCODE.iszero) return;
    frame.codeLooks.push(hexBytes(addressBytes(last.top ?? 0n)));
  }

  /** OP-041: only accounts with code may be called. */
  #noteCodeSize(frame: RuledFrame, step: Step): void {
    const { op } = step;
    const isLook = CODE_LOOKS.has(op);
    const word = isLook || CALLS.has(op) ? step.peek(isLook ? 0 : 1) : undefined;
    if (word === undefined) return;
    const address = addressBytes(word);
    const key = hexBytes(address);
    if (frame.codeSizes.has(key)) return;
    const contractSize = readCode(step.frame.journal, address).length;
    frame.codeSizes.set(key, { contractSize, opcode: op });
  }

  #noteStorage(frame: RuledFrame, step: Step, slot: bigint): void {
    const key = hexWord(slot);
    const { reads, writes } = frame;
    if (step.op === OPCODE.sstore) countIn(writes, key);
    else if (step.op === OPCODE.tload) countIn(frame.transientReads, key);
    else if (step.op === OPCODE.tstore) countIn(frame.transientWrites, key);
    else if (step.op === OPCODE.sload && !reads.has(key) && !writes.has(key)) {
      const { world, self } = step.activation;
      const cell = world.journal.cell(world.domains.storage, self, wordBytes(slot));
      reads.set(key, [hexWord(world.journal.readWord(cell))]);
    }
  }

  end(gasUsed: bigint): void {
    const root = this.#rootFrame;
    root.gasUsed = gasUsed;
    if (this.#withLog) dropFailedLogs(root);
  }

  get #rootFrame(): RuledFrame {
    assert(this.#root !== undefined, "the transaction has ended");
    return this.#root;
  }

  result(): object {
    const keccak = [...this.#preimages].sort();
    return { ...viewOf(this.#rootFrame), ...(keccak.length === 0 ? {} : { keccak }) };
  }
}

const viewOf = (frame: RuledFrame): object => ({
  ...frameView(frame),
  ...rulesView(frame),
  ...(frame.calls.length === 0 ? {} : { calls: frame.calls.map(viewOf) }),
});
