import { COMPILE_LIMITS, compileModule } from "../codegen/index.ts";
import type { OptimisticSource } from "../host/program.ts";
import type { IrModule } from "../ir/function.ts";
import type { Answer, SentOrder } from "./compile-thread.ts";
import { type MessagePort, platformThreads } from "./platform-threads.ts";

// The script of the compile thread: see compile-thread.ts.

const { parentPort, workerData } = platformThreads()!;
const answers = workerData as MessagePort;

parentPort!.on("message", async ({ number, source, module, speculate }: SentOrder) => {
  const lifted = source === undefined ? module : await lift(source);
  const options = { ...COMPILE_LIMITS, speculate };
  const code = lifted === undefined ? undefined : compileModule(lifted, options);
  answers.postMessage({ number, code } satisfies Answer);
});

async function lift({ url, input }: OptimisticSource): Promise<IrModule | undefined> {
  const frontend = (await import(url)) as {
    liftOptimistic: (input: unknown) => IrModule | undefined;
  };
  return frontend.liftOptimistic(input);
}
