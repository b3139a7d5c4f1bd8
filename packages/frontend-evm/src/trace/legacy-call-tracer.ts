import { encodeHex } from "@dragoman/bytes";
import { readCode } from "../account/accounts.ts";
import { OPCODE } from "../opcodes.ts";
import { opText, REVERTED } from "./failure-text.ts";
import { hexBytes, hexQuantity } from "./json.ts";
import type { Step } from "./step.ts";
import type { FrameEnd, FrameEntry, FrameFailure, TracedTransaction, Tracer } from "./tracer.ts";
import { addressBytes } from "./words.ts";

/** A call as the instructions of its caller show it. */
interface LegacyCall {
  type?: string;
  from?: string;
  to?: string;
  value?: string;
  input?: string;
  output?: string;
  error?: string;
  calls?: LegacyCall[];
  gasUsed?: string;
  /** Gas at its first instruction; undefined if it ran none. */
  gas?: number;
  gasIn: number;
  gasCost: number;
  outOffset: bigint;
  outLength: bigint;
}

const CREATES: ReadonlySet<number> = new Set([OPCODE.create, OPCODE.create2]);
const VALUE_CALLS: ReadonlySet<number> = new Set([OPCODE.call, OPCODE.callcode]);
const CALLS: ReadonlySet<number> = new Set([
  ...VALUE_CALLS,
  OPCODE.delegatecall,
  OPCODE.staticcall,
]);

const emptyCall = (): LegacyCall => ({ gasIn: 0, gasCost: 0, outOffset: 0n, outLength: 0n });

/**
 * The tree of calls as geth's first call tracer told it, from instructions alone (eth/tracers/js/internal/tracers/call_tracer_legacy.js):
 * calls of precompiles are left out, calls of accounts without code have no gas, and what fails without a word is an "internal failure".
 */
export class LegacyCallTracer implements Tracer {
  readonly #stack: LegacyCall[] = [emptyCall()];
  readonly #precompiles = new Set<string>();
  #hasDescended = false;
  #transaction!: TracedTransaction;
  #entry: FrameEntry | undefined;
  #end: FrameEnd | undefined;
  #gasUsed = 0n;
  /** What the last instruction does, once it is paid. */
  #pending: ((cost: number) => void) | undefined;
  /** Depths of open frames that ran code and were not yet reported as failed. */
  readonly #running = new Set<number>();

  start(transaction: TracedTransaction): void {
    this.#transaction = transaction;
    for (const address of transaction.precompiles) this.#precompiles.add(encodeHex(address));
  }

  enter(entry: FrameEntry): void {
    if (entry.depth === 0) this.#entry = entry;
  }

  step(step: Step): void {
    this.#running.add(step.depth - 1);
    this.#pending = this.#actionOf(step);
  }

  priced(depth: number, cost: number, failure: string | undefined): void {
    const action = this.#pending;
    this.#pending = undefined;
    if (failure === undefined) action?.(cost);
    else {
      this.#running.delete(depth - 1);
      this.#fail(failure);
    }
  }

  exit(end: FrameEnd): void {
    if (end.depth === 0) this.#end = end;
    const isCodeRefused = end.output.length > 0 && end.failure !== REVERTED;
    const hasRun = this.#running.delete(end.depth);
    if (end.failure !== undefined && hasRun && !isCodeRefused) this.#fail(end.failure.text);
  }

  end(gasUsed: bigint): void {
    this.#gasUsed = gasUsed;
  }

  #actionOf(step: Step): ((cost: number) => void) | undefined {
    const { op } = step;
    if (CREATES.has(op)) return this.#openCreation(step);
    if (op === OPCODE.selfdestruct) return this.#selfdestruct(step);
    if (CALLS.has(op)) return this.#openCall(step);
    const arrival = this.#arrive(step);
    if (op === OPCODE.revert) {
      return () => {
        arrival?.();
        this.#top.error = "execution reverted";
      };
    }
    const closing = step.depth === this.#stack.length - 1 ? this.#closing(step) : undefined;
    return () => {
      arrival?.();
      closing?.();
    };
  }

  get #top(): LegacyCall {
    return this.#stack[this.#stack.length - 1] as LegacyCall;
  }

  #openCreation(step: Step): ((cost: number) => void) | undefined {
    const call: LegacyCall = {
      ...emptyCall(),
      type: opText(step.op),
      from: selfOf(step),
      input: hexBytes(step.memoryRange(step.peek(1) ?? 0n, step.peek(2) ?? 0n)),
      gasIn: step.gas,
      value: hexQuantity(step.peek(0) ?? 0n),
    };
    return (cost) => this.#open(call, cost);
  }

  #open(call: LegacyCall, cost: number): void {
    call.gasCost = cost;
    this.#stack.push(call);
    this.#hasDescended = true;
  }

  #selfdestruct(step: Step): () => void {
    const { world, self } = step.activation;
    const balance = world.journal.readWord(world.balanceCell(self));
    const to = hexBytes(addressBytes(step.peek(0) ?? 0n));
    const type = opText(step.op);
    const call = { ...emptyCall(), type, from: selfOf(step), to, value: hexQuantity(balance) };
    return () => this.#adopt(call);
  }

  #adopt(call: LegacyCall): void {
    const parent = this.#top;
    parent.calls ??= [];
    parent.calls.push(call);
  }

  #openCall(step: Step): ((cost: number) => void) | undefined {
    const to = hexBytes(addressBytes(step.peek(1) ?? 0n));
    if (this.#precompiles.has(to)) return undefined;
    const shift = VALUE_CALLS.has(step.op) ? 1 : 0;
    const at = (n: number): bigint => step.peek(n + shift) ?? 0n;
    const call: LegacyCall = {
      ...emptyCall(),
      type: opText(step.op),
      from: selfOf(step),
      to,
      input: hexBytes(step.memoryRange(at(2), at(3))),
      gasIn: step.gas,
      outOffset: at(4),
      outLength: at(5),
      ...(shift === 0 ? {} : { value: hexQuantity(step.peek(2) ?? 0n) }),
    };
    return (cost) => this.#open(call, cost);
  }

  /** The first instruction after a call: in the callee it tells the gas that it has. */
  #arrive(step: Step): (() => void) | undefined {
    if (!this.#hasDescended) return undefined;
    const { gas, depth } = step;
    return () => {
      if (depth >= this.#stack.length) this.#top.gas = gas;
      this.#hasDescended = false;
    };
  }

  /** The first instruction of the caller after a call has ended. */
  #closing(step: Step): () => void {
    const call = this.#top;
    const { gas } = step;
    const answer = step.peek(0) ?? 0n;
    const isCreation = call.type === "CREATE" || call.type === "CREATE2";
    const output = isCreation
      ? readCode(step.frame.journal, addressBytes(answer))
      : step.memoryRange(call.outOffset, call.outLength);
    return () => {
      this.#stack.pop();
      const used = call.gasIn - call.gasCost - gas;
      if (isCreation) call.gasUsed = hexQuantity(used);
      else if (call.gas !== undefined) call.gasUsed = hexQuantity(used + call.gas);
      if (answer !== 0n) {
        if (isCreation) call.to = hexBytes(addressBytes(answer));
        call.output = hexBytes(output);
      } else call.error ??= "internal failure";
      this.#adopt(call);
    };
  }

  #fail(text: string): void {
    if (this.#top.error !== undefined) return;
    const call = this.#stack.pop() as LegacyCall;
    call.error = text;
    if (call.gas !== undefined) call.gasUsed = hexQuantity(call.gas);
    if (this.#stack.length > 0) this.#adopt(call);
    else this.#stack.push(call);
  }

  result(): unknown {
    const [root] = this.#stack as [LegacyCall];
    const { type, from, to, value = 0n, input } = this.#entry as FrameEntry;
    const { output, failure } = this.#end as FrameEnd;
    const error = root.error ?? (failure as FrameFailure | undefined)?.text;
    const isShown = error === undefined || (error === REVERTED.text && output.length > 0);
    return viewOf({
      ...root,
      type,
      from: hexBytes(from),
      to: hexBytes(to),
      value: hexQuantity(value),
      gas: Number(this.#transaction.gasLimit),
      gasUsed: hexQuantity(this.#gasUsed),
      input: hexBytes(input),
      ...(isShown ? { output: hexBytes(output) } : {}),
      ...(error === undefined ? {} : { error }),
    });
  }
}

function selfOf({ activation }: Step): string {
  return hexBytes(activation.world.addressOf(activation.self));
}

function viewOf(call: LegacyCall): unknown {
  const { type, from, to, value, gas, gasUsed, input, output, error, calls } = call;
  const gasText = gas === undefined ? undefined : hexQuantity(gas);
  const fields = { type, from, to, value, gas: gasText, gasUsed, input, output, error };
  const entries = Object.entries({ ...fields, calls: calls?.map(viewOf) });
  return Object.fromEntries(entries.filter(([, field]) => field !== undefined));
}
