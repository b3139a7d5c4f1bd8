import { COMPILE_LIMITS, compileModule } from "../codegen/index.ts";
import type { OptimisticSource } from "../host/program.ts";
import type { IrModule } from "../ir/function.ts";
import type { Answer, SentOrder } from "./compile-thread.ts";
import { type MessagePort, platformThreads } from "./platform-threads.ts";

// The script of the compile thread: see compile-thread.ts.

const { parentPort, workerData } = platformThreads()!;
const answers = workerData as MessagePort;

parentPort!.on("message", async ({ number, source, module, speculate }: SentOrder) => {
  const options = { ...COMPILE_LIMITS, speculate };
  const answer = (lifted: IrModule | undefined, isPart: boolean): void => {
    const code = lifted === undefined ? undefined : compileModule(lifted, options);
    if (code !== undefined || !isPart)
      answers.postMessage({ number, code, isPart } satisfies Answer);
  };
  if (source === undefined) return answer(module, false);
  const { liftOptimistic } = await frontendOf(source);
  if (source.first !== undefined) answer(liftOptimistic(source.first), true);
  answer(liftOptimistic(source.input), false);
});

function frontendOf({ url }: OptimisticSource): Promise<{
  readonly liftOptimistic: (input: unknown) => IrModule | undefined;
}> {
  return import(url);
}
