import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from "node:worker_threads";
import { assert, type FaultName, refuse } from "@dragoman/fault";
import { type Patience, patienceMs, type Question } from "./json-rpc-client.ts";
import { nodeAddress } from "./node-address.ts";
import type { RemoteOrder, RemoteReply, RemoteTask } from "./remote-worker.ts";

/** What the thread may take beyond the patience with its node: its start on a busy machine. */
const THREAD_MS_MAX = 30_000;

/** Sources are not what a thread can load: it runs the built file. */
const SCRIPT = new URL("../dist/remote-worker.js", import.meta.url);

interface Thread {
  readonly worker: Worker;
  readonly port: MessagePort;
  readonly count: Int32Array;
}

/** Asks a node and waits: a thread speaks to it, and this one sleeps meanwhile. The thread keeps no process alive. */
export class BlockingClient {
  readonly #url: string;
  readonly #patience: Patience;
  #thread: Thread | undefined;
  #last = 0;

  /** Fault: INVALID_FORK_URL. */
  constructor(url: string, patience: Patience) {
    nodeAddress(url);
    this.#url = url;
    this.#patience = patience;
  }

  /** Results of questions, in their order. Faults: INVALID_FORK_CONNECTION, INVALID_FORK_ANSWER. */
  ask(questions: readonly Question[]): readonly unknown[] {
    this.#thread ??= this.#start();
    const { port, count } = this.#thread;
    this.#last += 1;
    const order: RemoteOrder = { id: this.#last, questions };
    const before = Atomics.load(count, 0);
    port.postMessage(order);
    const reply = this.#waitFor(order, before);
    if ("results" in reply) return reply.results;
    assert("fault" in reply, "bug" in reply ? reply.bug : "a reply is results, a fault or a bug");
    const { name, message, context } = reply.fault;
    return refuse(name as FaultName, undefined, message as string, context as { node: string });
  }

  #waitFor({ id, questions }: RemoteOrder, before: number): RemoteReply {
    const { port, count } = this.#thread!;
    let seen = before;
    for (;;) {
      const state = Atomics.wait(count, 0, seen, patienceMs(this.#patience) + THREAD_MS_MAX);
      if (state === "timed-out") break;
      seen = Atomics.load(count, 0);
      const reply = receiveMessageOnPort(port)?.message as RemoteReply | undefined;
      if (reply?.id === id) return reply;
    }
    this.close();
    const what = questions[0]?.method;
    const why = `nothing came back of ${what}; the thread that asks is started anew`;
    return refuse("INVALID_FORK_CONNECTION", undefined, `${nodeAddress(this.#url).shown}: ${why}`);
  }

  #start(): Thread {
    const { port1, port2 } = new MessageChannel();
    const signal = new SharedArrayBuffer(4);
    const task: RemoteTask = { url: this.#url, patience: this.#patience, port: port2, signal };
    const worker = new Worker(SCRIPT, { workerData: task, transferList: [port2], execArgv: [] });
    worker.unref();
    port1.unref();
    return { worker, port: port1, count: new Int32Array(signal) };
  }

  /** Ends the thread; the next question starts another one. */
  close(): void {
    this.#thread?.port.close();
    void this.#thread?.worker.terminate();
    this.#thread = undefined;
  }
}
