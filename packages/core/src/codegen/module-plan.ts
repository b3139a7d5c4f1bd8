import { scratch } from "../ir/array-source.ts";
import { analyseControlFlow, type ControlFlow } from "../ir/control-flow.ts";
import {
  type IrFunction,
  type IrModule,
  type IrSignature,
  moduleFunction,
} from "../ir/function.ts";
import { METERS, OP, OPS } from "../ir/ops.ts";
import { I32, I256, type ValueType } from "../ir/value-type.ts";
import type { KernelFunction } from "../kernel/kernel.ts";
import { limbCount } from "./limbs.ts";
import { findWidths, NO_WIDTHS, type Widths, wordBits } from "./widths.ts";

/** What is known of a function before any code is written. */
export interface FunctionPlan {
  /** Number of the function in its module. */
  readonly index: number;
  readonly fn: IrFunction;
  readonly flow: ControlFlow;
  /**
   * True for the function that the engine calls; it leaves by an outcome and keeps the gas in the
   * frame's cell.
   */
  readonly isEntry: boolean;
  /** Takes the frame's address. */
  needsFrame: boolean;
  /** Takes and gives back the remaining gas. */
  needsGas: boolean;
  /** May end the frame from within, or calls a function that may: its callers look at the gas that it gives back (see {@link LEFT}). */
  leaves: boolean;
  /** Reads or writes the operand stack, or calls a function that does. */
  touchesStack: boolean;
  readonly usesStack: boolean;
  readonly callsFrames: boolean;
  /** Bounds of the function's values; known when all functions are. */
  widths: Widths;
  readonly callees: readonly number[];
  readonly callsIndirectly: boolean;
}

export interface ModulePlan {
  readonly module: IrModule;
  /** By function index; undefined = not reachable from the entry. */
  readonly plans: readonly (FunctionPlan | undefined)[];
  /** Reachable functions in the order of their bodies. */
  readonly order: readonly number[];
  readonly wordLimbs: Int32Array;
  readonly hostFunction: number;
  /** Takes the journal back to where a frame began; -1 unless the module calls frames. */
  readonly rollBackFunction: number;
  /** Asserts an address: see assert-address.ts; -1 unless the module is compiled with assertions. */
  readonly assertFunction: number;
  /** Table of compiled entries and that of the module's own functions. */
  readonly frameTable: number;
  readonly functionTable: number;
  kernelFunction(name: KernelFunction): number;
  functionIndex(index: number): number;
  typeIndex(signature: string): number;
}

/**
 * IR instruction words of one function, and of all of a module, beyond which it stays in the
 * interpreter.
 */
export interface ScanLimits {
  readonly functionWordsMax: number;
  readonly moduleWordsMax: number;
}

/**
 * Finds the functions that the entry reaches and what they need; undefined = more code than the
 * limits allow.
 */
export function planFunctions(
  module: IrModule,
  limits: ScanLimits,
): { plans: (FunctionPlan | undefined)[]; order: number[] } | undefined {
  const plans: (FunctionPlan | undefined)[] = new Array(module.signatures.length).fill(undefined);
  const order: number[] = [];
  const work = [module.entry];
  const isQueued = scratch.uint8s(module.signatures.length);
  isQueued[module.entry] = 1;
  let words = 0;
  let callsIndirectly = false;
  const reach = (index: number): void => {
    if (isQueued[index] === 1) return;
    isQueued[index] = 1;
    work.push(index);
  };
  for (let index = work.pop(); index !== undefined; index = work.pop()) {
    const fn = moduleFunction(module, index);
    words += fn.code.length;
    if (fn.code.length > limits.functionWordsMax || words > limits.moduleWordsMax) return undefined;
    const plan = scanFunction(fn, index, index === module.entry);
    plans[index] = plan;
    order.push(index);
    plan.callees.forEach(reach);
    if (plan.callsIndirectly && !callsIndirectly) {
      callsIndirectly = true;
      for (const target of module.table) if (target >= 0) reach(target);
    }
  }
  if (callsIndirectly) {
    for (const target of module.table) {
      const plan = target >= 0 ? plans[target] : undefined;
      if (plan === undefined) continue;
      plan.needsFrame = true;
      plan.needsGas = true;
      plan.leaves = true;
      plan.touchesStack = true;
    }
  }
  propagate(plans, order);
  order.sort((a, b) => a - b);
  return { plans, order };
}

function scanFunction(fn: IrFunction, index: number, isEntry: boolean): FunctionPlan {
  const flow = analyseControlFlow(fn);
  const { code, blocks } = fn;
  const callees = new Set<number>();
  let needsFrame = isEntry;
  let needsGas = false;
  let leaves = false;
  let usesStack = false;
  let callsIndirectly = false;
  let callsFrames = false;
  for (const block of flow.order) {
    const { start, end } = blocks[block];
    for (let at = start; at < end; at += code[at] >>> 8) {
      const op = code[at] & 0xff;
      if (op === OP.call) {
        callees.add(code[at + 2]);
        continue;
      }
      if (op === OP["call.indirect"]) callsIndirectly = true;
      if (op === OP["frame.call"]) callsFrames = true;
      if (USES_STACK[op] === 1) usesStack = true;
      if (USES_FRAME[op] === 1) needsFrame = true;
      if (USES_GAS[op] === 1) needsGas = true;
      if (LEAVES[op] === 1) leaves = true;
    }
  }
  return {
    index,
    fn,
    flow,
    isEntry,
    needsFrame,
    needsGas,
    leaves,
    touchesStack: usesStack || callsIndirectly,
    usesStack,
    callsFrames,
    widths: NO_WIDTHS,
    callees: [...callees],
    callsIndirectly,
  };
}

const flags = (test: (name: string, effects: number) => boolean): Uint8Array =>
  Uint8Array.from(OPS, ({ name, effects }) => (test(name, effects) ? 1 : 0));
const USES_STACK = flags((name) => name.startsWith("stack."));
const USES_FRAME = flags((name) =>
  /^(frame|frame\.call|host.*|call\.indirect|exit|region\..*|stack\..*)$/.test(name),
);
const USES_GAS = flags(
  (name, effects) => name === "exit" || ((effects & METERS) !== 0 && name !== "call"),
);
const LEAVES = flags((name) => /^(host.*|call\.indirect|exit)$/.test(name));

/**
 * Gas that a function gives back when it has ended the frame, whose outcome and gas stand in its cells: each caller returns at once. No charges
 * between two checks come down to it.
 */
export const LEFT = { LOW: 0, HIGH: -(2 ** 30) } as const;
/** Gas below this (-2^48) is {@link LEFT}: the shorter constant. */
export const LEFT_BELOW = { LOW: 0, HIGH: -(2 ** 16) } as const;

/** A caller needs what its callees need. */
function propagate(plans: (FunctionPlan | undefined)[], order: readonly number[]): void {
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = order.length - 1; i >= 0; i--) {
      const plan = plans[order[i]]!;
      for (const callee of plan.callees) {
        const called = plans[callee]!;
        if (called.needsFrame && !plan.needsFrame) changed = plan.needsFrame = true;
        if (called.leaves && !plan.leaves) changed = plan.leaves = true;
        if (called.needsGas && !plan.needsGas) changed = plan.needsGas = true;
        if (called.touchesStack && !plan.touchesStack) {
          changed = plan.touchesStack = true;
          plan.needsFrame = true;
        }
      }
    }
  }
}

/**
 * WebAssembly signature of a function: frame, gas and flattened parameters; gas and flattened
 * results.
 */
export function wasmSignature({ fn, needsFrame, needsGas, widths }: FunctionPlan): string {
  const gas = needsGas ? "l" : "";
  const params = flatten(fn.params, widths.paramBits);
  return `${needsFrame ? "i" : ""}${gas}${params}>${gas}${flatten(fn.results, widths.resultBits)}`;
}

/** The same for functions that are called by table: everything is taken, words have all limbs. */
export function openSignature({ params, results }: IrSignature): string {
  return `il${flatten(params)}>l${flatten(results)}`;
}

function flatten(types: readonly ValueType[], bits?: Uint16Array): string {
  const letters = types.map((type, i) => {
    if (type !== I256) return type === I32 ? "i" : "l";
    return "l".repeat(bits === undefined ? 4 : limbCount(bits[i]));
  });
  return letters.join("");
}

/** Finds the widths of all functions; those in the table, and the entry, are called by others. */
export function planWidths(
  module: IrModule,
  plans: readonly (FunctionPlan | undefined)[],
  speculate: boolean,
): void {
  const isOpen = scratch.uint8s(plans.length);
  isOpen[module.entry] = 1;
  for (const index of module.table) if (index >= 0) isOpen[index] = 1;
  const inputs = plans.map((plan, i) => plan && { ...plan, isOpen: isOpen[i] === 1 });
  const all = findWidths(inputs, wordBits(module.words), module.words, speculate);
  for (const [i, plan] of plans.entries()) if (plan !== undefined) plan.widths = all[i]!;
}

/**
 * True if an indirect call with a wrong signature traps in WebAssembly exactly when it traps in the
 * IR: no two signatures in use look alike when flattened.
 */
export function signaturesStayDistinct(module: IrModule): boolean {
  const seen = new Map<string, string>();
  const signatures = [...module.indirect];
  for (const index of module.table) if (index >= 0) signatures.push(module.signatures[index]);
  for (const signature of signatures) {
    const wasm = openSignature(signature);
    const own = `${signature.params.join()}>${signature.results.join()}`;
    if ((seen.get(wasm) ?? own) !== own) return false;
    seen.set(wasm, own);
  }
  return true;
}
