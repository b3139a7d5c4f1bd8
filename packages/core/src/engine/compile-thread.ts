import type { CompiledCode } from "../codegen/index.ts";
import type { OptimisticSource } from "../host/program.ts";
import { type IrModule, moduleFunction } from "../ir/function.ts";
import {
  type MessagePort,
  platformThreads,
  type Threads,
  type Worker,
} from "./platform-threads.ts";

/** What is to be compiled: a module, or what makes it. */
export interface Order {
  readonly source: OptimisticSource | undefined;
  readonly module: IrModule | undefined;
  readonly speculate: boolean;
}

/** An order as it is sent. */
export interface SentOrder extends Order {
  readonly number: number;
}

/** The thread's answer; no code = the program is over a budget. */
export interface Answer {
  readonly number: number;
  readonly code: CompiledCode | undefined;
  /** The code is a part of the program; the whole comes in another answer. */
  readonly isPart: boolean;
}

/** Hears an answer. */
export type Done = (code: CompiledCode | undefined, isPart: boolean) => void;

/** Orders that may wait; a program that finds the queue full asks again later. */
const ORDERS_MAX = 64;

/**
 * The thread that lifts and compiles beside everything else. Answers are fetched, not delivered: a
 * run that lasts never gets to its event loop.
 */
export class CompileThread {
  readonly #worker: Worker;
  readonly #port: MessagePort;
  readonly #receive: (port: MessagePort) => { message: unknown } | undefined;
  readonly #waiting = new Map<number, Done>();
  #ordered = 0;
  isBroken = false;

  constructor(threads: Threads, url: URL) {
    const { port1, port2 } = new threads.MessageChannel();
    // No flags: those of the process, conditions of imports among them, are about its own files.
    const options = { workerData: port2, transferList: [port2], execArgv: [] };
    this.#worker = new threads.Worker(url, options);
    this.#port = port1;
    this.#receive = threads.receiveMessageOnPort;
    const fail = (): void => {
      this.isBroken = true;
      this.#port.close();
    };
    this.#worker.once("error", fail);
    this.#worker.once("exit", fail);
    // Neither keeps a process alive that has nothing else to do.
    this.#worker.unref();
    port1.unref();
  }

  /** Sends an order; false if too many are waiting. `done` is called by later {@link collect}s: once, or for a part and then for the whole. */
  order(order: Order, done: Done): boolean {
    if (this.#waiting.size >= ORDERS_MAX) return false;
    const number = this.#ordered++;
    this.#waiting.set(number, done);
    const module = order.module === undefined ? undefined : plainModule(order.module);
    const sent: SentOrder = { ...order, module, number };
    this.#worker.postMessage(sent);
    return true;
  }

  /** Takes the answers that have arrived. */
  collect(): void {
    for (let got = this.#receive(this.#port); got !== undefined; got = this.#receive(this.#port)) {
      const { number, code, isPart } = got.message as Answer;
      this.#waiting.get(number)?.(code, isPart);
      if (!isPart) this.#waiting.delete(number);
    }
  }
}

/** A module that can be sent: all its functions, and nothing that lifts them. */
function plainModule(module: IrModule): IrModule {
  const { lift: _, ...rest } = module;
  const functions = module.functions.map((_, index) => moduleFunction(module, index));
  return { ...rest, functions };
}

/** undefined = not started yet; null = there is none. */
let thread: CompileThread | null | undefined;

/**
 * The process's one thread, started now if it has not been; undefined where there can be none: in a
 * browser, on sources that Node cannot load as they are, or when the thread has died.
 */
export function compileThread(): CompileThread | undefined {
  if (thread === undefined) {
    // A script in a browser has no place.
    const here: string | undefined = import.meta.url;
    thread = here?.endsWith(".js")
      ? startCompileThread(new URL("./compile-worker.js", here))
      : undefined;
    thread ??= null;
  }
  if (thread?.isBroken === true) thread = null;
  return thread ?? undefined;
}

/** Starts the process's thread from the script at `url`; undefined where the platform has no threads. */
export function startCompileThread(url: URL): CompileThread | undefined {
  const threads = platformThreads();
  thread = threads === undefined ? null : new CompileThread(threads, url);
  return thread ?? undefined;
}
