import type { Frame } from "@dragoman/core";
import type { CodeFunction, CodeMap } from "./code-map.ts";

/** What one instruction of one program cost in all, calls that it made not counted. */
export interface Site {
  readonly program: string;
  readonly position: number;
  readonly map: CodeMap;
  count: number;
  gas: number;
  /** Milliseconds in the interpreter. */
  ms: number;
}

/** A function on the stack, with what called it. */
export interface StackNode {
  readonly caller: StackNode | undefined;
  readonly fn: CodeFunction;
  /** Position behind the jump that entered it; -1 for a program. */
  readonly returnTo: number;
}

/** Cost of a stretch of execution in one function. */
export interface Stretch {
  readonly stack: StackNode;
  gas: number;
  ms: number;
}

interface Last {
  readonly site: Site;
  readonly stretch: Stretch;
  readonly gas: number;
}

/** A frame with its instruction in progress. */
interface OpenFrame {
  readonly frame: Frame;
  readonly map: CodeMap;
  stack: StackNode;
  last: Last | undefined;
  /** What frames below used of the gas that the instruction in progress gave them. */
  calleeGas: number;
}

/**
 * Adds up gas and time by instruction and by stack of functions, from what an observer of the interpreter sees. Gas between two instructions of
 * a frame belongs to the earlier one, less what the frames that it opened used; time between two observations to the earlier one.
 */
export class Profiler {
  readonly #mapOf: (frame: Frame) => CodeMap;
  readonly #clock: () => number;
  readonly #sites = new Map<string, Site>();
  readonly #open: OpenFrame[] = [];
  readonly stretches: Stretch[] = [];
  #lastMs: number;
  #running: Last | undefined;

  /** `clock` gives milliseconds. */
  constructor(mapOf: (frame: Frame) => CodeMap, clock: () => number) {
    this.#mapOf = mapOf;
    this.#clock = clock;
    this.#lastMs = clock();
  }

  see(frame: Frame, position: number, gas: number): void {
    this.#countTime();
    const open = this.#frameOf(frame);
    const { last } = open;
    if (last !== undefined) {
      this.#pay(last, last.gas - gas - open.calleeGas);
      open.calleeGas = 0;
      open.stack = stackAfter(open, last.site.position, position);
    }
    const site = this.#site(frame, position, open.map);
    site.count += 1;
    open.last = { site, stretch: this.#stretch(open.stack), gas };
    this.#running = open.last;
    this.#lastMs = this.#clock();
  }

  /** The run is over and has used so much gas. */
  end(gasUsed: bigint): void {
    this.#countTime();
    while (this.#open.length > 1) this.#close();
    const root = this.#open[0];
    const seen = this.stretches.reduce((sum, { gas }) => sum + gas, 0);
    if (root?.last !== undefined) this.#pay(root.last, Number(gasUsed) - seen);
    this.#open.length = 0;
  }

  #countTime(): void {
    const running = this.#running;
    if (running === undefined) return;
    const ms = this.#clock() - this.#lastMs;
    running.site.ms += ms;
    running.stretch.ms += ms;
  }

  #pay({ site, stretch }: Last, gas: number): void {
    site.gas += gas;
    stretch.gas += gas;
  }

  #frameOf(frame: Frame): OpenFrame {
    for (let top = this.#open.at(-1); top !== undefined; top = this.#open.at(-1)) {
      if (top.frame === frame) return top;
      if (top.frame.depth < frame.depth) break;
      this.#close();
    }
    const map = this.#mapOf(frame);
    const caller = this.#open.at(-1)?.stack;
    const stack: StackNode = { caller, fn: map.program, returnTo: -1 };
    const open: OpenFrame = { frame, map, stack, last: undefined, calleeGas: 0 };
    this.#open.push(open);
    return open;
  }

  /** The top frame has ended; its memory still holds what gas it left. */
  #close(): void {
    const top = this.#open.pop();
    const caller = this.#open.at(-1);
    if (top === undefined) return;
    const { frame, last, calleeGas } = top;
    const left = Number(frame.gas);
    if (last !== undefined) this.#pay(last, last.gas - left - calleeGas);
    const isForeign = caller !== undefined && caller.frame.program.vm !== frame.program.vm;
    if (caller !== undefined && !isForeign) caller.calleeGas += Number(frame.request.gas) - left;
  }

  #stretch(stack: StackNode): Stretch {
    const last = this.stretches.at(-1);
    if (last?.stack === stack) return last;
    const stretch = { stack, gas: 0, ms: 0 };
    this.stretches.push(stretch);
    return stretch;
  }

  #site(frame: Frame, position: number, map: CodeMap): Site {
    const program = frame.program.id;
    const key = `${program} ${position}`;
    let site = this.#sites.get(key);
    if (site === undefined) {
      site = { program, position, map, count: 0, gas: 0, ms: 0 };
      this.#sites.set(key, site);
    }
    return site;
  }

  /** Dearest first. */
  get sites(): Site[] {
    const all = [...this.#sites.values()];
    return all.sort((a, b) => b.gas - a.gas || b.count - a.count || a.position - b.position);
  }
}

/** Functions that a program may have on its stack; a map that never leaves one must not fill memory. */
const DEPTH_MAX = 1024;

/** The stack of a frame when control has gone from one position to another. */
function stackAfter({ stack, map }: OpenFrame, from: number, to: number): StackNode {
  if (to === from + 1) return stack;
  if (map.enters(from, to)) {
    if (depthOf(stack) >= DEPTH_MAX) return stack;
    return { caller: stack, fn: map.functionAt(to), returnTo: from + 1 };
  }
  if (stack.returnTo >= 0 && map.leaves(from, to, stack.returnTo)) return stack.caller ?? stack;
  return stack;
}

function depthOf(stack: StackNode): number {
  let depth = 0;
  for (let node: StackNode | undefined = stack; node !== undefined; node = node.caller) depth++;
  return depth;
}
