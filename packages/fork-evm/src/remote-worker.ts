import { type MessagePort, workerData } from "node:worker_threads";
import { FaultError } from "@dragoman/fault";
import { JsonRpcClient, type Patience, type Question } from "./json-rpc-client.ts";

/** What the thread is started with. */
export interface RemoteTask {
  readonly url: string;
  readonly patience: Patience;
  readonly port: MessagePort;
  /** One 32-bit number that grows with every reply. */
  readonly signal: SharedArrayBuffer;
}

/** An order of questions, and its reply. */
export interface RemoteOrder {
  readonly id: number;
  readonly questions: readonly Question[];
}
export type RemoteReply =
  | { readonly id: number; readonly results: readonly unknown[] }
  | { readonly id: number; readonly fault: Readonly<Record<string, unknown>> }
  | { readonly id: number; readonly bug: string };

const { url, patience, port, signal } = workerData as RemoteTask;
const client = new JsonRpcClient(url, patience);
const count = new Int32Array(signal);

port.on("message", (order: RemoteOrder) => void serve(order));

async function serve({ id, questions }: RemoteOrder): Promise<void> {
  port.postMessage(await replyTo(id, questions));
  Atomics.add(count, 0, 1);
  Atomics.notify(count, 0);
}

async function replyTo(id: number, questions: readonly Question[]): Promise<RemoteReply> {
  try {
    return { id, results: await client.ask(questions) };
  } catch (error) {
    if (error instanceof FaultError) return { id, fault: error.fault.toJSON() };
    return { id, bug: (error as Error).stack ?? String(error) };
  }
}
