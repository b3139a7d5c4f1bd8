import { FunctionBuilder, I32, type IrFunction, OP } from "@dragoman/core";
import {
  type Code,
  type CompiledModule,
  OP as MOVE_OP,
  MoveFault,
  type OpName,
  opName,
  type SignatureToken,
} from "../format/index.ts";
import { alignUp } from "../layout/lay-out.ts";
import { isInMemory, isReferenceType, type MoveType } from "../layout/move-type.ts";
import type { LinkedModule } from "../load/linkage.ts";
import { emitEnterAccess } from "./access.ts";
import { NO_LOCALS } from "./closure-thunk.ts";
import { endsBlock, findBlocks, findBorrowedLocals } from "./code-blocks.ts";
import { emitAddress, emitCopyBytes, emitLoad, emitStore } from "./emit-memory.ts";
import { instructionGas } from "./instruction-gas.ts";
import { LOWER } from "./lower.ts";
import {
  MOVE_FRAME,
  OPERANDS_MAX,
  positionOf,
  SMALL_FRAME,
  STATE_CALL,
  STATE_OVER,
  STATE_START,
} from "./move-frame.ts";
import { type Operand, ROOT_LOCAL, ROOT_NONE, Temporaries } from "./operand.ts";
import { MOVE_TRAP, outcomeOfStatus } from "./outcome.ts";
import { carrierOf, type FunctionInstance, type ProgramLift } from "./program-lift.ts";

/** Where a local lives: in an IR variable, or in memory at `base + offset`. */
interface Local {
  readonly type: MoveType;
  readonly variable: number;
  /** Address that does not change while the function runs; -1 for one in a variable. */
  readonly base: number;
  readonly offset: number;
}

/** Memory that is to receive a value. */
export interface Target {
  readonly base: number;
  readonly offset: number;
  readonly root: number;
}

/** Bytes that the locals and temporaries of one function may have. */
const FRAME_MAX = 1 << 20;

/**
 * Lowers one instance of a Move function. The operand stack exists only while lowering: entries are IR values, or addresses of
 * values in memory, and blocks begin and end with none. Scalars that nobody borrows are IR variables; everything else lies in
 * the frame, which begins where the caller's ends.
 */
export class FunctionLift {
  readonly program: ProgramLift;
  readonly instance: FunctionInstance;
  readonly unit: number;
  readonly exact: boolean;
  readonly b: FunctionBuilder;
  readonly code: Code;
  readonly stack: Operand[] = [];
  readonly temporaries: Temporaries;
  readonly resultTypes: readonly MoveType[];
  /** Addresses of the caller for results in memory; -1 for other results. */
  readonly resultTargets: readonly number[];
  readonly #locals: Local[] = [];
  readonly #blocks: number[] = [];
  readonly #leaders: Uint8Array;
  readonly #loopHeads: Uint8Array;
  readonly #nextFrame: number;
  readonly #state: number;
  readonly #frame: number;
  /** In the exact lift: operands that may still be pushed, and whether a call is one too many. */
  #room = -1;
  #atDepthLimit = -1;
  /** Operands up to which the current block has checked. */
  #checkedHeight = 0;
  #heightMax = 0;
  /** Charges that the merged lift has not written yet. */
  #owed = 0;
  pc = 0;

  constructor(program: ProgramLift, instance: FunctionInstance, unit: number, exact: boolean) {
    this.program = program;
    this.instance = instance;
    this.unit = unit;
    this.exact = exact;
    const { fn } = instance;
    this.code = fn.definition.code!;
    const { params, results } = program.signature(instance);
    this.b = new FunctionBuilder(`${fn.module.name}::${fn.name}`, params, results, program.words);
    [this.#state, this.#frame] = this.b.blockParams(0);
    this.resultTypes = program.resultTypes(instance);
    const parameters = program.parameterTypes(instance);
    let next = 2 + parameters.length;
    this.resultTargets = this.resultTypes.map((type) =>
      isInMemory(type) ? this.b.blockParams(0)[next++] : -1,
    );
    this.#nextFrame = this.b.variable(I32);
    this.temporaries = new Temporaries(alignUp(this.#layOutLocals(parameters), 8));
    ({ leaders: this.#leaders, loopHeads: this.#loopHeads } = findBlocks(this.code));
  }

  /** Decides where each local lives; returns the bytes that they take in the frame. */
  #layOutLocals(parameters: readonly MoveType[]): number {
    const { locals } = this.code;
    const tokens = locals === NO_LOCALS ? [] : this.compiled.signatures[locals];
    const types = [...parameters, ...tokens.map((token) => this.type(token))];
    const borrowed = findBorrowedLocals(this.code, types.length);
    let end = 0;
    types.forEach((type, index) => {
      if (index < parameters.length && isInMemory(type)) {
        const base = this.b.blockParams(0)[2 + index];
        this.#locals.push({ type, variable: -1, base, offset: 0 });
      } else if (isInMemory(type) || (borrowed[index] === 1 && !isReferenceType(type))) {
        const offset = alignUp(end, type.align);
        end = offset + type.size;
        this.#locals.push({ type, variable: -1, base: this.#frame, offset });
      } else {
        const variable = this.b.variable(carrierOf(type));
        this.#locals.push({ type, variable, base: -1, offset: 0 });
      }
    });
    return end;
  }

  get module(): LinkedModule {
    return this.instance.fn.module;
  }

  get compiled(): CompiledModule {
    return this.module.compiled;
  }

  /** Fields of a struct definition of this module. */
  fieldCount(definition: number): number {
    const { layout } = this.compiled.structDefinitions[definition];
    return layout.tag === "fields" ? layout.fields.length : 0;
  }

  /** Fields of the variant that a struct variant handle of this module names. */
  variantFieldCount(at: number): number {
    const { owner, variant } = this.compiled.structVariantHandles[at];
    const { layout } = this.compiled.structDefinitions[owner];
    return layout.tag === "variants" ? layout.variants[variant].fields.length : 0;
  }

  /** The type of a token of this function's module under its type arguments. */
  type(token: SignatureToken): MoveType {
    const { fn, typeArguments } = this.instance;
    return this.program.pool.ofToken(token, fn.module, typeArguments);
  }

  lift(): IrFunction {
    const { b, code } = this;
    b.position = positionOf(this.unit, 0);
    const sized = b.block();
    this.#writeEntry(sized);
    for (let pc = 0; pc < code.ops.length; pc++) {
      this.#blocks[pc] = this.#leaders[pc] === 1 ? b.block() : -1;
    }
    for (let pc = 0; pc < code.ops.length; pc++) this.#lowerAt(pc);
    this.#writeSized(sized);
    return b.build();
  }

  /** Block 0: checks that the merged lift makes once, and the arguments into their locals. */
  #writeEntry(next: number): void {
    const { b } = this;
    b.begin(0);
    if (this.program.asserted) this.#claimStack(emitAddress(b, this.#frame, FRAME_MAX));
    if (this.exact) {
      const bias = b.const32((STATE_START & 0xffff) + OPERANDS_MAX);
      const below = b.emit(OP["i32.and"], this.#state, b.const32(0xffff));
      this.#room = b.emit(OP["i32.sub"], bias, below);
      const deepest = b.const32(0x7fff_0000);
      this.#atDepthLimit = b.emit(OP["i32.ge_u"], this.#state, deepest);
    }
    const parameters = this.program.parameterTypes(this.instance);
    parameters.forEach((type, index) => {
      if (!isInMemory(type)) this.storeLocal(index, b.blockParams(0)[2 + index]);
    });
    emitEnterAccess(this, b.blockParams(0).slice(2));
    b.br(next);
  }

  /** The second block, written last: what needs the size of the frame and the height of the stack. */
  #writeSized(block: number): void {
    const { b } = this;
    b.begin(block);
    b.position = positionOf(this.unit, 0);
    const size = alignUp(this.temporaries.end, 8);
    if (size > FRAME_MAX) {
      throw new MoveFault("VM_MAX_TYPE_NODES_REACHED", {}, `locals take ${size} bytes`);
    }
    const next = emitAddress(b, this.#frame, size);
    if (!this.exact) {
      b.emit(OP.check);
      const reached = b.emit(OP["i32.add"], this.#state, b.const32(this.#heightMax));
      const over = b.emit(OP["i32.and"], reached, b.const32(STATE_OVER));
      b.emit(OP["trap.if"], over, MOVE_TRAP.OPERAND_STACK);
    }
    if (size > SMALL_FRAME) {
      const end = emitAddress(b, b.emit(OP.frame), MOVE_FRAME.STACK_LARGE_END);
      b.emit(OP["trap.if"], b.emit(OP["i32.gt_u"], next, end), MOVE_TRAP.CALL_STACK);
    }
    b.setVar(this.#nextFrame, next);
    if (this.program.asserted) this.#claimStack(next);
    b.br(this.#blocks[0]);
  }

  #lowerAt(pc: number): void {
    const { b, code } = this;
    if (this.#leaders[pc] === 1) this.#beginBlock(pc);
    // Behind an instruction that always fails the rest of its block is left out.
    if (!b.isOpen) return;
    this.pc = pc;
    b.position = positionOf(this.unit, pc);
    try {
      this.#lower(opName(code.ops[pc]), code.a[pc], code.b[pc]);
    } catch (error) {
      if (!(error instanceof MoveFault)) throw error;
      this.settle();
      b.emit(OP.trap, outcomeOfStatus(error.status));
    }
    if (b.isOpen && this.#leaders[pc + 1] === 1) this.jump(pc + 1);
  }

  #lower(name: OpName, a: number, b: number): void {
    const gas = instructionGas(this, name, a, b);
    if (this.exact) this.b.emit(OP.meter, gas);
    else this.#owed += gas;
    LOWER[name](this, a, b);
  }

  #beginBlock(pc: number): void {
    const { b } = this;
    b.begin(this.#blocks[pc]);
    b.position = positionOf(this.unit, pc);
    this.temporaries.clear();
    this.stack.length = 0;
    this.#checkedHeight = 0;
    if (!this.exact && this.#loopHeads[pc] === 1) b.emit(OP.check);
  }

  /** Whether instruction `pc` follows the current one in the same block. */
  nextInBlock(): number {
    const next = this.pc + 1;
    if (next >= this.code.ops.length || this.#leaders[next] === 1) return -1;
    return endsBlock(this.code.ops[this.pc]) ? -1 : this.code.ops[next];
  }

  // --- charges ------------------------------------------------------------------------------------------------------

  /** Writes the charges that are owed: before control leaves the block or a host function looks. */
  settle(): void {
    if (this.#owed === 0) return;
    this.b.emit(OP.charge, this.#owed);
    this.#owed = 0;
  }

  // --- control ------------------------------------------------------------------------------------------------------

  blockAt(pc: number): number {
    return this.#blocks[pc];
  }

  jump(pc: number): void {
    this.settle();
    this.b.br(this.#blocks[pc]);
  }

  trapIf(condition: number, outcome: number): void {
    this.b.emit(OP["trap.if"], condition, outcome);
  }

  // --- operands -----------------------------------------------------------------------------------------------------

  push(type: MoveType, value: number, offset = 0, root = ROOT_NONE): void {
    this.stack.push({ type, value, offset, root });
    const height = this.stack.length;
    if (height > this.#heightMax) this.#heightMax = height;
    if (this.exact && height > this.#checkedHeight) {
      this.#checkedHeight = height;
      const over = this.b.emit(OP["i32.gt_s"], this.b.const32(height), this.#room);
      this.trapIf(over, MOVE_TRAP.OPERAND_STACK);
    }
  }

  /** Takes the top operand; what it lies in stays reserved until {@link done}. */
  pop(): Operand {
    const operand = this.stack.pop();
    if (operand === undefined) {
      throw new MoveFault("EMPTY_VALUE_STACK", { pc: this.pc }, "an operand is missing");
    }
    return operand;
  }

  /** Takes `count` operands, the lowest first. */
  popMany(count: number): Operand[] {
    if (count > this.stack.length) {
      throw new MoveFault("EMPTY_VALUE_STACK", { pc: this.pc }, "an operand is missing");
    }
    return this.stack.splice(this.stack.length - count, count);
  }

  peek(depth = 0): Operand {
    return this.stack[this.stack.length - 1 - depth];
  }

  /** The operand has been consumed: its memory may be used again. */
  done(operand: Operand): void {
    this.temporaries.release(operand.root);
  }

  /** The address of an operand in memory, or of what a reference points to. */
  address({ value, offset }: Operand): number {
    return emitAddress(this.b, value, offset);
  }

  /** The IR value that carries an operand. */
  carried(operand: Operand): number {
    return operand.offset === 0 ? operand.value : this.address(operand);
  }

  /** Pops a scalar. */
  popScalar(): number {
    return this.carried(this.pop());
  }

  /** Pushes what lies at an address: loaded if it has a carrier, else by address. */
  pushAt(type: MoveType, base: number, offset: number, root: number): void {
    if (isInMemory(type)) this.push(type, base, offset, root);
    else this.push(type, emitLoad(this.b, type, base, offset));
  }

  /** Moves an operand into memory. */
  moveTo(base: number, offset: number, operand: Operand): void {
    const { type, value } = operand;
    if (!isInMemory(type)) emitStore(this.b, type, base, offset, this.carried(operand));
    else if (value !== base || operand.offset !== offset) {
      emitCopyBytes(this.b, base, offset, value, operand.offset, type.size);
    }
  }

  // --- locals -------------------------------------------------------------------------------------------------------

  local(index: number): Local {
    return this.#locals[index];
  }

  readLocal(index: number): number {
    const { type, variable, base, offset } = this.#locals[index];
    return variable >= 0 ? this.b.getVar(variable) : emitLoad(this.b, type, base, offset);
  }

  /** Sets a local that has a carrier. */
  storeLocal(index: number, value: number): void {
    const { type, variable, base, offset } = this.#locals[index];
    if (variable >= 0) this.b.setVar(variable, value);
    else emitStore(this.b, type, base, offset, value);
  }

  /** Whether an operand on the stack, or one of `others`, lies in a local. */
  isAliased(index: number, others: readonly Operand[]): boolean {
    const root = ROOT_LOCAL + index;
    return (
      this.stack.some((operand) => operand.root === root) ||
      others.some((operand) => operand.root === root)
    );
  }

  /** Operands that lie in local `index` go to temporaries: the local is about to be overwritten. */
  evict(index: number): void {
    const root = ROOT_LOCAL + index;
    this.stack.forEach((operand, at) => {
      if (operand.root !== root) return;
      const target = this.temporary(operand.type);
      this.moveTo(target.base, target.offset, operand);
      const { base: value, offset } = target;
      this.stack[at] = { type: operand.type, value, offset, root: target.root };
    });
  }

  // --- memory -------------------------------------------------------------------------------------------------------

  /** Address of memory for a value that is to be pushed. */
  temporary(type: MoveType): Target {
    const root = this.temporaries.take(type.size);
    return { base: this.#frame, offset: this.temporaries.offset(root), root };
  }

  /**
   * Memory for a result of the current instruction: that of the local or the result of the function where the next instruction
   * puts it, if `inputs` and the operands below do not lie there; else a temporary. `exposed`: references that the
   * instruction follows may point to locals.
   */
  destination(type: MoveType, inputs: readonly Operand[], exposed: boolean): Target {
    const next = this.nextInBlock();
    if (next === MOVE_OP.StLoc && !exposed) {
      const index = this.code.a[this.pc + 1];
      const local = this.#locals[index];
      if (local.type === type && !this.isAliased(index, inputs)) {
        return { base: local.base, offset: local.offset, root: ROOT_LOCAL + index };
      }
    }
    if (next === MOVE_OP.Ret && !exposed && this.stack.length === this.resultTypes.length - 1) {
      const last = this.resultTypes.length - 1;
      if (this.resultTypes[last] === type) {
        return { base: this.resultTargets[last], offset: 0, root: ROOT_NONE };
      }
    }
    return this.temporary(type);
  }

  // --- calls --------------------------------------------------------------------------------------------------------

  #claimStack(end: number): void {
    this.b.emit(OP["i32.store"], this.b.emit(OP.frame), end, MOVE_FRAME.STACK_END);
  }

  /** Behind a call: the stack ends with this activation again. */
  returned(): void {
    if (this.program.asserted) this.#claimStack(this.b.getVar(this.#nextFrame));
  }

  /** State and frame that a callee gets, the arguments having been popped. */
  callPrefix(): [state: number, frame: number] {
    const { b } = this;
    if (this.exact) this.trapIf(this.#atDepthLimit, MOVE_TRAP.CALL_STACK);
    const step = b.const32(STATE_CALL + this.stack.length);
    return [b.emit(OP["i32.add"], this.#state, step), b.getVar(this.#nextFrame)];
  }
}

/** Lowers an instance: see {@link FunctionLift}. */
export function liftFunction(
  program: ProgramLift,
  instance: FunctionInstance,
  unit: number,
  exact: boolean,
): IrFunction {
  return new FunctionLift(program, instance, unit, exact).lift();
}
