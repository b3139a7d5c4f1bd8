import {
  FunctionBuilder,
  I32,
  type IrFunction,
  OP,
  OPERAND_STACK_WORDS,
  OUTCOME,
  scratch,
} from "@dragoman/core";
import { Emitter, type LiftInput, ORIGIN, UNKNOWN, UNLOADED } from "../lower/emitter.ts";
import { ROUTINE } from "../lower/routines.ts";
import { LOWER_BY_CODE } from "../lower/table.ts";
import { JUMPDEST, OP_ROWS, PUSH1, PUSH32 } from "../opcodes.ts";
import { EVM_OUTCOME } from "../outcome.ts";

/**
 * The exact lift is the reference: instructions are metered one by one, operands live in the operand stack between blocks, jumps whose
 * destination is not pushed right before go through a dispatch block. It is linear in the size of the code, whatever the code is. Code
 * beyond {@link WHOLE_MAX} bytes is cut into chunks at JUMPDESTs, each a function that is lifted when control first
 * gets there: a function takes the offset at which it is entered and returns the offset of the JUMPDEST that follows.
 */
export function liftWhole(input: LiftInput): IrFunction {
  const builder = new FunctionBuilder("run", [], [], input.pool);
  return new ExactLift(input, builder, 0, input.code.length, -1).lift();
}

/** Code of at most this many bytes is one function. */
const WHOLE_MAX = 4096;
/** Chunk k begins at the first JUMPDEST from byte 1,024k on. */
const CHUNK_BITS = 10;
/** Of code whose lifts are shared, 256k: most of initcode is the code that it returns, and little of that is entered. */
const SHARED_CHUNK_BITS = 8;

const chunkBits = ({ shared }: Pick<LiftInput, "shared">): number =>
  shared === undefined ? CHUNK_BITS : SHARED_CHUNK_BITS;

/** Chunks that code is cut into; 0 = it is one function. */
export function chunkCount(input: Pick<LiftInput, "code" | "shared">): number {
  const { code, shared } = input;
  if (code.length <= WHOLE_MAX && (shared === undefined || code.length === 0)) return 0;
  return ((code.length - 1) >>> chunkBits(input)) + 1;
}

/** Lifts chunk `index`: from the offset of entry to the offset to go on at. */
export function liftChunk(input: LiftInput, index: number): IrFunction {
  const from = index === 0 ? 0 : nextJumpdest(input, index << chunkBits(input));
  const to = nextJumpdest(input, (index + 1) << chunkBits(input));
  const lift = (): IrFunction => {
    const builder = new FunctionBuilder(`chunk${index}`, [I32], [I32], input.pool);
    return new ExactLift(input, builder, from, to, index).lift();
  };
  return input.shared === undefined ? lift() : input.shared.find(input.code, from, to, lift);
}

/** Where each chunk begins of code that shares no lifts. */
export function chunkStarts(input: LiftInput): Int32Array {
  const starts = scratch.int32s(chunkCount(input));
  for (let k = 1; k < starts.length; k++) starts[k] = nextJumpdest(input, k << CHUNK_BITS);
  return starts;
}

/** The chunk that holds offset `pc`, by {@link chunkStarts}. */
export function chunkAt(starts: Int32Array, pc: number): number {
  let index = Math.min(pc >>> CHUNK_BITS, starts.length - 1);
  while (pc < starts[index]) index--;
  return index;
}

/** The first JUMPDEST at or behind an offset; the end of the code if there is none. */
function nextJumpdest({ code, jumpdests }: LiftInput, at: number): number {
  for (let pc = at; pc < code.length; pc++) if (jumpdests[pc] === 1) return pc;
  return code.length;
}

/** The entry function of code in chunks: calls the chunk of each offset in turn. `first` is the function of chunk 0. */
export function liftChunkLoop(input: LiftInput, first: number): IrFunction {
  const lift = (): IrFunction => writeChunkLoop(input, first);
  return input.shared === undefined ? lift() : input.shared.loop(chunkCount(input), lift);
}

function writeChunkLoop(input: LiftInput, first: number): IrFunction {
  const b = new FunctionBuilder("run", [], [], input.pool);
  const offset = b.variable(I32);
  const loop = b.block();
  const invalid = b.block();
  const calls = Array.from({ length: chunkCount(input) }, () => b.block());
  b.begin(0);
  b.br(loop);
  b.begin(loop);
  b.switch(b.op("i32.shr_u", b.getVar(offset), b.const32(chunkBits(input))), calls, invalid);
  for (const [index, block] of calls.entries()) {
    b.begin(block);
    b.setVar(offset, b.call(first + index, [I32], [b.getVar(offset)])[0]!);
    b.br(loop);
  }
  b.begin(invalid);
  b.op("trap", EVM_OUTCOME.INVALID_JUMP);
  return b.build();
}

class ExactLift extends Emitter {
  /** IR block of each JUMPDEST that was needed so far, + 1. */
  readonly #blocks: Int32Array;
  readonly #destination: number;
  /** The code that is lifted: offsets [from, to). */
  readonly #from: number;
  readonly #to: number;
  /** Number of the chunk; -1 = the whole program. */
  readonly #chunk: number;
  #dispatch = -1;
  /** What the current block has proven of the operand stack, relative to its top. */
  #need = 0;
  #growth = 0;

  constructor(input: LiftInput, builder: FunctionBuilder, from: number, to: number, chunk: number) {
    super(input, builder);
    this.#from = from;
    this.#to = to;
    this.#chunk = chunk;
    this.#blocks = scratch.int32s(Math.max(0, to - from));
    this.#destination = this.b.variable(I32);
  }

  lift(): IrFunction {
    const { b } = this;
    const { code } = this.input;
    b.begin(0);
    if (this.#chunk >= 0) this.#enterChunk();
    let pc = this.#from;
    while (pc < this.#to) {
      const op = code[pc];
      if (op === JUMPDEST) this.#startBlock(pc);
      if (b.isOpen) this.#instruction(pc, op);
      pc += op >= PUSH1 && op <= PUSH32 ? op - PUSH1 + 2 : 1;
    }
    this.pc = pc;
    b.position = pc;
    if (b.isOpen && this.#to < code.length) {
      this.flush();
      b.ret([b.const32(this.#to)]);
    } else if (b.isOpen) {
      this.#settle();
      b.op("exit", OUTCOME.OK);
    }
    this.#writeDispatch();
    this.release();
    return b.build();
  }

  /** The entry of a chunk goes to the block of the given offset; chunk 0 is entered at the start of the code too. */
  #enterChunk(): void {
    const { b } = this;
    const entry = b.blockParams(0)[0]!;
    if (this.#from === 0) {
      const start = b.block();
      const elsewhere = b.block();
      b.brIf(entry, elsewhere, [], start, []);
      b.begin(elsewhere);
      b.setVar(this.#destination, entry);
      b.br(this.#dispatchBlock());
      b.begin(start);
    } else {
      b.setVar(this.#destination, entry);
      b.br(this.#dispatchBlock());
    }
  }

  #dispatchBlock(): number {
    if (this.#dispatch < 0) this.#dispatch = this.b.block();
    return this.#dispatch;
  }

  #startBlock(pc: number): void {
    const block = this.#blockAt(pc);
    if (this.b.isOpen) {
      this.flush();
      this.b.br(block);
    }
    this.#begin(block);
  }

  load(position: number): number {
    return this.b.emit(OP["stack.get"], ORIGIN - 1 - position);
  }

  /** Writes changed entries to the operand stack and moves its top. */
  flush(): void {
    const { b, stack, loaded, top } = this;
    const from = Math.min(this.lowest, top);
    const values: number[] = [];
    for (let position = from; position < top; position++) {
      const entry = stack[position];
      const same = entry === UNLOADED || loaded[position] === entry;
      values.push(same ? -1 : this.word(entry));
    }
    if (top !== ORIGIN) b.emit(OP["stack.move"], top - ORIGIN);
    for (let i = 0; i < values.length; i++) {
      if (values[i] >= 0) b.emit(OP["stack.set"], values[i], top - 1 - from - i);
    }
  }

  #begin(block: number): void {
    this.b.begin(block);
    this.#forget();
  }

  /** In a stepped lift: brings the operand stack to its place and shows the instruction to observers before anything is checked. */
  #settle(): void {
    if (this.input.watch !== "instructions") return;
    this.flush();
    this.#forget();
    this.b.emit(OP.meter, 0);
  }

  /** Nothing is known of the operand stack any more but that it is in its place. */
  #forget(): void {
    const from = Math.min(this.lowest, this.top);
    this.stack.fill(UNLOADED, from, ORIGIN);
    this.loaded.fill(UNKNOWN, from, ORIGIN);
    this.lowest = ORIGIN;
    this.top = ORIGIN;
    this.#need = 0;
    this.#growth = 0;
  }

  #blockAt(pc: number): number {
    const at = pc - this.#from;
    if (this.#blocks[at] === 0) this.#blocks[at] = this.b.block() + 1;
    return this.#blocks[at] - 1;
  }

  #instruction(pc: number, op: number): void {
    const { b } = this;
    this.pc = pc;
    b.position = pc;
    this.#settle();
    const gas = this.input.schedule.gas[op];
    if (gas < 0) {
      b.op("trap", EVM_OUTCOME.INVALID_OPCODE);
      return;
    }
    const row = OP_ROWS[op]!;
    const height = this.top - ORIGIN;
    const need = row[2] - height;
    const growth = height + row[3] - row[2];
    if (need > OPERAND_STACK_WORDS || growth > OPERAND_STACK_WORDS) {
      b.op("trap", need > growth ? OUTCOME.STACK_UNDERFLOW : OUTCOME.STACK_OVERFLOW);
      return;
    }
    if (need > this.#need || growth > this.#growth) {
      b.emit(OP["stack.check"], Math.max(need, this.#need), Math.max(growth, this.#growth));
      this.#need = Math.max(need, this.#need);
      this.#growth = Math.max(growth, this.#growth);
    }
    // Free instructions too: an observer sees every instruction by its meter, and in a stepped lift has seen it already.
    if (this.input.watch === "instructions") b.op("meter.dynamic", b.const64Parts(gas, 0));
    else b.emit(OP.meter, gas);
    LOWER_BY_CODE[op]!(this);
  }

  touch(offset: number, length: number, size: number): void {
    const { b } = this;
    b.call(ROUTINE.TOUCH, [], [offset, size >= 0 ? b.const32(size) : length]);
  }

  jump(): void {
    const entry = this.pop();
    const target = this.#target(entry);
    this.flush();
    if (target < 0) this.b.op("trap", EVM_OUTCOME.INVALID_JUMP);
    else this.b.br(target);
  }

  jumpIf(): void {
    const { b } = this;
    const entry = this.pop();
    const condition = this.truth(this.pop());
    let target = this.#target(entry);
    this.flush();
    const next = b.block();
    const invalid = target < 0;
    if (invalid) target = b.block();
    b.brIf(condition, target, [], next, []);
    if (invalid) {
      b.begin(target);
      b.op("trap", EVM_OUTCOME.INVALID_JUMP);
    }
    this.#begin(next);
  }

  /** The block that a destination leads to; -1 = it is known to be none. */
  #target(entry: number): number {
    const { b, input } = this;
    if (entry < 0) {
      const pc = this.clamped(entry);
      const isHere = pc >= this.#from && pc < this.#to;
      const isKnown = isHere || input.shared === undefined;
      if (pc >= input.code.length || (isKnown && input.jumpdests[pc] !== 1)) return -1;
      if (isHere) return this.#blockAt(pc);
    }
    b.setVar(this.#destination, this.index(entry));
    return this.#dispatchBlock();
  }

  /** The block that all other jumps go through: a switch over the offsets of this function; others are returned. */
  #writeDispatch(): void {
    const { b } = this;
    if (this.#dispatch < 0) return;
    const { jumpdests } = this.input;
    b.position = -1;
    const invalid = b.block();
    const other = this.#chunk < 0 ? invalid : b.block();
    const targets = new Array<number>(this.#to - this.#from);
    for (let i = 0; i < targets.length; i++) {
      targets[i] = jumpdests[this.#from + i] === 1 ? this.#blockAt(this.#from + i) : invalid;
    }
    b.begin(this.#dispatch);
    const destination = b.getVar(this.#destination);
    b.switch(b.op("i32.sub", destination, b.const32(this.#from)), targets, other);
    b.begin(invalid);
    b.op("trap", EVM_OUTCOME.INVALID_JUMP);
    if (other === invalid) return;
    b.begin(other);
    // An offset of this chunk that its table does not have is no destination, however it came here.
    const leave = b.block();
    const away = b.getVar(this.#destination);
    const chunk = b.op("i32.shr_u", away, b.const32(chunkBits(this.input)));
    b.brIf(b.op("i32.eq", chunk, b.const32(this.#chunk)), invalid, [], leave, []);
    b.begin(leave);
    b.ret([away]);
  }
}
