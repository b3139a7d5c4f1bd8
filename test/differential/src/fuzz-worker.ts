import { parentPort, workerData } from "node:worker_threads";
import { loadFuzzer } from "./fuzzers.ts";

/** What a worker thread is started with. */
export interface WorkerTask {
  readonly name: string;
  readonly count: number;
  readonly seed: number;
}

/** Cases between two messages. */
const PERIOD = 100;

/** A number = cases done so far; then a report. */
const { name, count, seed } = workerData as WorkerTask;
const fuzzer = await loadFuzzer(name);
const onProgress = (cases: number): void => parentPort?.postMessage(cases);
parentPort?.postMessage(await fuzzer({ count, seed, onProgress: throttled(onProgress) }));

function throttled(send: (cases: number) => void): (cases: number) => void {
  let last = 0;
  return (cases) => {
    if (cases - last < PERIOD) return;
    last = cases;
    send(cases);
  };
}
