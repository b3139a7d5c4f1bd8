import { Worker } from "node:worker_threads";

/** The first message of a thread in which nothing has run before; `script` lies in this folder, built. Rejects with an error that it throws. */
export function answerOfThread<Answer>(script: string, workerData: unknown): Promise<Answer> {
  const worker = new Worker(new URL(script, import.meta.url), { workerData });
  return new Promise((resolve, reject) => {
    worker.once("message", (answer: Answer) => {
      resolve(answer);
      void worker.terminate();
    });
    worker.once("error", reject);
  });
}
