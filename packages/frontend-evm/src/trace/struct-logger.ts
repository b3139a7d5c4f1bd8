import { refuse } from "@dragoman/fault";
import { REFUND_COUNTER } from "../account/domains.ts";
import { OPCODE } from "../opcodes.ts";
import { opText, REVERTED } from "./failure-text.ts";
import { hexBytes, hexQuantity, hexWord } from "./json.ts";
import type { Step } from "./step.ts";
import type { FrameEnd, Tracer } from "./tracer.ts";
import { wordBytes } from "./words.ts";

export interface StructLoggerConfig {
  readonly disableStack?: boolean;
  readonly enableMemory?: boolean;
  readonly disableStorage?: boolean;
  readonly enableReturnData?: boolean;
  /** Bytes of output after which no more instructions are taken; 0 = no limit. */
  readonly limit?: number;
  /** Bytes of output, roughly, beyond which the run ends with a fault; default: no limit. */
  readonly sizeMax?: number;
}

/** One instruction (EIP-3155, in the form of geth's RPC). Stack and storage are what it found; a slot that it writes has the new value. */
export interface StructLog {
  readonly pc: number;
  readonly op: string;
  readonly gas: number;
  gasCost: number;
  readonly depth: number;
  error?: string;
  readonly stack?: readonly string[];
  readonly returnData?: string;
  readonly memory?: readonly string[];
  readonly storage?: Readonly<Record<string, string>>;
  refund?: number;
}

export interface StructLogs {
  readonly gas: number;
  readonly failed: boolean;
  readonly returnValue: string;
  readonly structLogs: readonly StructLog[];
}

/** Instructions whose refund is counted before they run. */
const REFUNDS: ReadonlySet<number> = new Set([OPCODE.sstore, OPCODE.selfdestruct]);

/** The words of an operand stack as text. */
interface StackText {
  readonly words: readonly bigint[];
  readonly texts: readonly string[];
}

/** Bytes that a log has in JSON besides its stack and memory. */
const LOG_BYTES = 80;

/** Every instruction with what it found (eth/tracers/logger/logger.go). Faults: TRACE_SIZE_EXCEEDED. */
export class StructLogger implements Tracer {
  readonly #config: StructLoggerConfig;
  readonly #logs: StructLog[] = [];
  /** Last log of each depth that has no price yet; a hole where the limit was reached. */
  readonly #unpriced: ({ log: StructLog; isRefunded: boolean } | undefined)[] = [];
  /** Slots that were read and written so far, by account. */
  readonly #storage = new Map<number, Map<string, string>>();
  #size = 0;
  /** By depth: most words of a stack are those of the instruction before, and so is their text. */
  readonly #stacks: (StackText | undefined)[] = [];
  #gasUsed = 0n;
  #end: FrameEnd | undefined;

  constructor(config: StructLoggerConfig = {}) {
    this.#config = config;
  }

  step(step: Step): void {
    const { depth, op } = step;
    this.#unpriced[depth] = undefined;
    const { limit = 0 } = this.#config;
    if (limit > 0 && this.#size > limit) return;
    const { disableStack, enableMemory, enableReturnData } = this.#config;
    const storage = this.#storageAt(step);
    const refund = step.frame.journal.counter(REFUND_COUNTER);
    const log: StructLog = {
      pc: step.pc,
      op: opText(op),
      gas: step.gas,
      gasCost: 0,
      depth,
      ...(disableStack === true ? {} : { stack: this.#stackText(step) }),
      ...(enableReturnData === true && step.returnData.length > 0
        ? { returnData: hexBytes(step.returnData) }
        : {}),
      ...(enableMemory === true && step.memorySize > 0 ? { memory: memoryWords(step) } : {}),
      ...(storage === undefined ? {} : { storage }),
      ...(refund === 0 ? {} : { refund }),
    };
    this.#size +=
      limit > 0 ? JSON.stringify(log).length : LOG_BYTES + (log.memory?.length ?? 0) * 70;
    if (this.#size > (this.#config.sizeMax ?? Number.POSITIVE_INFINITY)) {
      const size = `the trace has more than ${this.#config.sizeMax} bytes`;
      refuse("TRACE_SIZE_EXCEEDED", step.pc, `${size}; disableStack or limit make it smaller`);
    }
    this.#logs.push(log);
    this.#unpriced[depth] = { log, isRefunded: REFUNDS.has(op) };
  }

  #stackText({ depth, stack }: Step): readonly string[] {
    const before = this.#stacks[depth];
    const texts = new Array<string>(stack.length);
    const words = new Array<bigint>(stack.length);
    let size = 0;
    for (let i = 0; i < stack.length; i++) {
      const word = stack[i] as bigint;
      const text = before?.words[i] === word ? (before.texts[i] as string) : hexQuantity(word);
      words[i] = word;
      texts[i] = text;
      size += text.length + 3;
    }
    if ((this.#config.limit ?? 0) === 0) this.#size += size;
    this.#stacks[depth] = { words, texts };
    return texts;
  }

  priced(depth: number, cost: number, failure: string | undefined, refund: number): void {
    const entry = this.#unpriced[depth];
    if (entry === undefined) return;
    this.#unpriced[depth] = undefined;
    entry.log.gasCost = cost;
    if (failure !== undefined) entry.log.error = failure;
    if (!entry.isRefunded) return;
    if (refund === 0) delete entry.log.refund;
    else entry.log.refund = refund;
  }

  #storageAt(step: Step): Record<string, string> | undefined {
    const { op, activation } = step;
    const slot = step.peek(0);
    if (this.#config.disableStorage === true || slot === undefined) return undefined;
    let value: bigint | undefined;
    if (op === OPCODE.sstore) value = step.peek(1);
    else if (op === OPCODE.sload) {
      const { journal, domains } = activation.world;
      value = journal.readWord(journal.cell(domains.storage, activation.self, wordBytes(slot)));
    }
    if (value === undefined) return undefined;
    let slots = this.#storage.get(activation.self);
    if (slots === undefined) {
      slots = new Map();
      this.#storage.set(activation.self, slots);
    }
    slots.set(hexWord(slot), hexWord(value));
    return Object.fromEntries(slots);
  }

  exit(end: FrameEnd): void {
    if (end.depth === 0) this.#end = end;
  }

  end(gasUsed: bigint): void {
    this.#gasUsed = gasUsed;
  }

  result(): StructLogs {
    const failure = this.#end?.failure;
    const isShown = failure === undefined || failure === REVERTED;
    return {
      gas: Number(this.#gasUsed),
      failed: failure !== undefined,
      returnValue: isShown ? hexBytes(this.#end?.output ?? new Uint8Array(0)) : "0x",
      structLogs: this.#logs,
    };
  }
}

function memoryWords(step: Step): string[] {
  const bytes = step.memory();
  const words: string[] = [];
  for (let at = 0; at < bytes.length; at += 32) words.push(hexBytes(bytes.subarray(at, at + 32)));
  return words;
}
