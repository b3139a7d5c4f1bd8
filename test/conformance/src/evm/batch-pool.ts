import { Worker } from "node:worker_threads";
import { type Fault, FaultError, fault } from "@dragoman/fault";
import type { BatchResult, CaseBatch } from "./run-batch.ts";

type Answer = { readonly result: BatchResult } | { readonly fault: Fault };

interface Waiting {
  readonly batch: CaseBatch;
  readonly resolve: (result: BatchResult) => void;
  readonly reject: (why: unknown) => void;
}

/** Runs batches of cases on threads, each with its own memory and its own compiled programs. Needs the built package. */
export class BatchPool {
  readonly #idle: Worker[];
  readonly #all: readonly Worker[];
  readonly #running = new Map<Worker, Waiting>();
  readonly #queue: Waiting[] = [];
  readonly #wantRoom: (() => void)[] = [];

  constructor(size: number) {
    const script = new URL("../../dist/evm/batch-worker.js", import.meta.url);
    this.#all = Array.from({ length: size }, () => this.#start(script));
    this.#idle = [...this.#all];
  }

  /** Resolves when a thread is idle or soon will be: batches that wait hold their cases in memory. */
  async room(): Promise<void> {
    while (this.#queue.length >= this.#all.length) {
      await new Promise<void>((resolve) => this.#wantRoom.push(resolve));
    }
  }

  run(batch: CaseBatch): Promise<BatchResult> {
    return new Promise((resolve, reject) => {
      this.#queue.push({ batch, resolve, reject });
      this.#next();
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.#all.map((worker) => worker.terminate()));
  }

  #start(script: URL): Worker {
    const worker = new Worker(script);
    const take = (): Waiting | undefined => {
      const waiting = this.#running.get(worker);
      this.#running.delete(worker);
      return waiting;
    };
    worker.on("message", (answer: Answer) => {
      const waiting = take();
      this.#idle.push(worker);
      this.#next();
      if ("result" in answer) waiting?.resolve(answer.result);
      else waiting?.reject(new FaultError(faultOf(answer.fault)));
    });
    worker.on("error", (error) => take()?.reject(error));
    return worker;
  }

  #next(): void {
    const worker = this.#idle.pop();
    const waiting = worker && this.#queue.shift();
    if (worker === undefined) return;
    if (waiting === undefined) {
      this.#idle.push(worker);
      return;
    }
    this.#wantRoom.shift()?.();
    this.#running.set(worker, waiting);
    worker.postMessage(waiting.batch);
  }
}

/** A fault that came as plain data, with its class. */
const faultOf = ({ name, at, message, context }: Fault): Fault => fault(name, at, message, context);
