import { Worker } from "node:worker_threads";
import type { FuzzOptions, FuzzReport } from "./fuzz.ts";
import type { WorkerTask } from "./fuzz-worker.ts";

/** Young objects of an oracle die late: small nurseries would copy them again and again. */
const NURSERY_MEGABYTES = 64;

/** Runs a fuzzer on threads, each with a range of seeds of its own behind the last one's. */
export async function runWorkers(
  name: string,
  workers: number,
  { count, seed, onProgress }: FuzzOptions,
): Promise<FuzzReport> {
  const share = Math.ceil(count / workers);
  const done = new Array<number>(workers).fill(0);
  const reports = await Promise.all(
    done.map((_, i) => {
      const task = { name, seed: seed + i * share, count: Math.min(share, count - i * share) };
      return runWorker(task, (cases) => {
        done[i] = cases;
        onProgress?.(done.reduce((sum, part) => sum + part, 0));
      });
    }),
  );
  return {
    cases: reports.reduce((sum, report) => sum + report.cases, 0),
    mismatches: reports.flatMap((report) => report.mismatches),
    absent: [...new Set(reports.flatMap((report) => report.absent ?? []))],
  };
}

function runWorker(task: WorkerTask, onProgress: (cases: number) => void): Promise<FuzzReport> {
  return new Promise((resolve, reject) => {
    const file = new URL("./fuzz-worker.js", import.meta.url);
    const resourceLimits = { maxYoungGenerationSizeMb: NURSERY_MEGABYTES };
    const worker = new Worker(file, { workerData: task, resourceLimits });
    worker.on("message", (message: number | FuzzReport) => {
      if (typeof message === "number") onProgress(message);
      else resolve(message);
    });
    worker.once("error", reject);
    worker.once("exit", (code) => {
      if (code !== 0) reject(new Error(`the worker of seed ${task.seed} ended with ${code}`));
    });
  });
}
