import { type Frame, isTrap, type Journal, type Observer, OUTCOME } from "@dragoman/core";
import { REFUND_COUNTER } from "../account/domains.ts";
import type { World } from "../account/world.ts";
import { activationOf, gasOf } from "../host/activation.ts";
import type { Watch } from "../lower/emitter.ts";
import { EVM_OUTCOME } from "../outcome.ts";
import { failureOf } from "./failure-text.ts";
import { memoryOverflow, touchesMemory } from "./memory-need.ts";
import { Step } from "./step.ts";
import { isPricedBefore, priceOfStep } from "./step-price.ts";
import type { FrameEnd, FrameEntry, FrameFailure, TracedLog, Tracer } from "./tracer.ts";

/** The last instruction of a frame, whose price is known when the next event comes. */
interface OpenStep {
  readonly frame: Frame;
  readonly pc: number;
  readonly op: number;
  readonly gas: number;
  readonly stack: readonly bigint[];
  /** Price where it cannot be told afterwards. */
  readonly price: number | undefined;
  isPriced: boolean;
}

type FrameEvent =
  | { readonly kind: "enter"; readonly entry: FrameEntry }
  | { readonly kind: "exit"; readonly end: FrameEnd }
  | { readonly kind: "log"; readonly log: TracedLog }
  | { readonly kind: "touch"; readonly address: Uint8Array; readonly slot: bigint | undefined };

const NOTHING = new Uint8Array(0);

/** Outcomes of instructions that geth refuses before it runs them. */
const REFUSED: ReadonlySet<number> = new Set([
  OUTCOME.OUT_OF_GAS,
  OUTCOME.STACK_UNDERFLOW,
  OUTCOME.STACK_OVERFLOW,
  EVM_OUTCOME.INITCODE_SIZE_EXCEEDED,
]);

/**
 * What the hosts of a traced run report to. Frame events are kept until the run is over, because compiled frames may be run again from
 * their beginning: {@link begin} then forgets what the first attempt reported. A stepped run never repeats; its events go to the tracer at
 * once, and {@link observer} brings it the instructions.
 */
export class FrameTrace {
  readonly tracer: Tracer;
  /** True: instructions are seen too; programs must be made for that: {@link watch}. */
  readonly isStepped: boolean;
  #isVague = false;
  /** Logs of the block before the transaction. */
  readonly firstLog: number;
  readonly #events: FrameEvent[] = [];
  /** Logs of the journal that were reported. */
  #logs = 0;
  /** By depth of the EVM frame. */
  readonly #open: (OpenStep | undefined)[] = [];
  readonly #step = new Step();

  constructor(tracer: Tracer, isStepped: boolean, firstLog = 0) {
    this.tracer = tracer;
    this.isStepped = isStepped;
    this.firstLog = firstLog;
  }

  /** The first frame that ran code. */
  root: Frame | undefined;

  /** True: words of a failure are missing, and only a stepped run can tell them. */
  get isIncomplete(): boolean {
    return this.#isVague && !this.isStepped;
  }

  /** A frame begins, or begins again: `mark` is what it got the first time, -1 before. */
  begin(frame: Frame, mark: number): number {
    if (activationOf(frame).depth === 0) this.root = frame;
    this.#logs = Math.min(this.#logs, frame.journal.checkpoint().logs);
    if (mark < 0) return this.#events.length;
    this.#events.length = mark;
    return mark;
  }

  /** Opens a frame. `caller` asked for it and has `callerGas` left, its own price paid; undefined = a transaction did. */
  enter(entry: FrameEntry, caller?: Frame, callerGas = 0): void {
    if (caller !== undefined) {
      this.#price(activationOf(caller).depth, callerGas);
      this.#takeLogs(caller.journal);
    }
    if (this.isStepped) this.tracer.enter?.(entry);
    else this.#events.push({ kind: "enter", entry });
  }

  /** Closes a frame whatever became of it. */
  exit(end: FrameEnd): void {
    if (end.failure?.isVague === true) this.#isVague = true;
    if (this.isStepped) this.tracer.exit?.(end);
    else this.#events.push({ kind: "exit", end });
  }

  /** Why a frame that ran code has ended badly; undefined if it did not. Its last instruction is priced. */
  close(frame: Frame): FrameFailure | undefined {
    const { depth } = activationOf(frame);
    const open = this.#open[depth];
    this.#open[depth] = undefined;
    this.#takeLogs(frame.journal);
    if (!this.isStepped) return unseenFailure(frame);
    if (open === undefined) return failureOf(frame, undefined);
    const last = { height: open.stack.length, gas: open.gas };
    const { outcome } = frame;
    if (!isTrap(outcome)) {
      if (!open.isPriced) this.#tell(open, open.gas - gasOf(frame), undefined);
      return failureOf(frame, last);
    }
    const step = this.#at(open);
    const overflow = outcome === OUTCOME.OUT_OF_GAS ? memoryOverflow(step) : undefined;
    const failure = overflow === undefined ? failureOf(frame, last) : { text: overflow };
    const words = REFUSED.has(outcome) ? failure?.text : undefined;
    if (!open.isPriced) this.#tell(open, open.price ?? priceOfStep(step), words);
    return failure;
  }

  /** Closes a frame that ran code and has ended. */
  exitFrame(frame: Frame, gasUsed: bigint): void {
    const failure = this.close(frame);
    const output = isTrap(frame.outcome) ? NOTHING : frame.output;
    const { depth } = activationOf(frame);
    this.exit({ depth, output, gasUsed, failure, isReverted: failure !== undefined });
  }

  /**
   * Reports the logs that were written since the last event: compiled code writes them without a host. Those of frames that were undone are gone,
   * as they are for the receipt.
   */
  #takeLogs(journal: Journal): void {
    if (this.tracer.log === undefined) return;
    const { logs: count } = journal.checkpoint();
    for (let at = this.#logs; at < count; at++) {
      const entry = journal.logs[at];
      if (entry === undefined || entry.vm !== "evm") continue;
      const log = { entry, index: this.firstLog + at };
      if (this.isStepped) this.tracer.log(log);
      else this.#events.push({ kind: "log", log });
    }
    this.#logs = count;
  }

  /** An instruction was paid that looks at an account, or at a slot of one. */
  touch(world: World, account: number, slot?: bigint): void {
    const { tracer } = this;
    if (tracer.touch === undefined) return;
    const address = world.addressOf(account);
    if (this.isStepped) tracer.touch(address, slot);
    else this.#events.push({ kind: "touch", address, slot });
  }

  /** What programs that run under this trace must be made for. */
  get watch(): Watch {
    return this.isStepped ? "instructions" : "accesses";
  }

  /** The transaction is over: gives the tracer what was kept. */
  end(gasUsed: bigint): void {
    const { tracer } = this;
    if (this.isIncomplete) return;
    for (const event of this.#events) {
      if (event.kind === "enter") tracer.enter?.(event.entry);
      else if (event.kind === "exit") tracer.exit?.(event.end);
      else if (event.kind === "touch") tracer.touch?.(event.address, event.slot);
      else tracer.log?.(event.log);
    }
    this.#events.length = 0;
    tracer.end?.(gasUsed);
  }

  /** What the engine must be given; undefined for a run without steps. */
  get observer(): Observer | undefined {
    if (!this.isStepped) return undefined;
    return (frame, position, gas, stack) => {
      if (frame.program.vm === "evm" && position >= 0) this.#observe(frame, position, gas, stack);
    };
  }

  #observe(frame: Frame, pc: number, gas: number, stack: readonly bigint[]): void {
    const activation = activationOf(frame);
    if (activation.trace !== this || activation.code.length === 0) return;
    const { depth } = activation;
    this.#price(depth, gas);
    const step = this.#step;
    const op = activation.code[pc] ?? 0;
    step.frame = frame;
    step.activation = activation;
    step.pc = pc;
    step.op = op;
    step.gas = gas;
    step.depth = depth + 1;
    step.stack = stack;
    const price = isPricedBefore(step) ? priceOfStep(step) : undefined;
    this.#open[depth] = { frame, pc, op, gas, stack, price, isPriced: false };
    this.tracer.step?.(step);
  }

  /** Tells what the open instruction of a depth cost, now that `gas` is left. */
  #price(depth: number, gas: number): void {
    const open = this.#open[depth];
    if (open !== undefined && !open.isPriced) this.#tell(open, open.gas - gas, undefined);
  }

  #tell(open: OpenStep, cost: number, failure: string | undefined): void {
    open.isPriced = true;
    const refund = open.frame.journal.counter(REFUND_COUNTER);
    this.tracer.priced?.(activationOf(open.frame).depth + 1, cost, failure, refund);
  }

  #at({ frame, pc, op, gas, stack }: OpenStep): Step {
    const step = this.#step;
    const activation = activationOf(frame);
    return Object.assign(step, { frame, activation, pc, op, gas, stack });
  }
}

/** The failure of a frame whose instructions nobody saw. A position below 0 is that of a routine which expands memory. */
function unseenFailure(frame: Frame): FrameFailure | undefined {
  const failure = failureOf(frame, undefined);
  const { outcome, position } = frame;
  const op = activationOf(frame).code[position] ?? 0;
  const mayOverflow = outcome === OUTCOME.OUT_OF_GAS && (position < 0 || touchesMemory(op));
  return failure !== undefined && mayOverflow ? { ...failure, isVague: true } : failure;
}
