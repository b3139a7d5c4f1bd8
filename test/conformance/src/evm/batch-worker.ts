import { parentPort } from "node:worker_threads";
import { FaultError } from "@dragoman/fault";
import { type CaseBatch, runBatch } from "./run-batch.ts";

parentPort?.on("message", (batch: CaseBatch) => {
  try {
    parentPort?.postMessage({ result: runBatch(batch) });
  } catch (error) {
    // Faults lose their class on the way to the main thread.
    if (!(error instanceof FaultError)) throw error;
    parentPort?.postMessage({ fault: error.fault });
  }
});
