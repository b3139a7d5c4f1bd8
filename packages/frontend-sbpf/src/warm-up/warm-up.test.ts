import { expect, test } from "vitest";
import { evaluate, runAssembly } from "../testing/run-assembly.ts";
import { trainingText } from "./training-text.ts";
import { warmUpSbpf } from "./warm-up.ts";

test.each([1, 9, 256])(
  "a training program of %i functions ends well in every tier",
  (functions) => {
    const { failure, changes } = runAssembly(trainingText(functions), {
      accounts: [{ data: new Uint8Array(165) }],
    });
    expect(failure).toBeUndefined();
    expect(changes).toEqual([]);
  },
);

test("a warm-up leaves the machine as it was and ends by itself, or when it is told to", async () => {
  await warmUpSbpf({ rounds: 1 });
  await warmUpSbpf({ rounds: 1000, signal: AbortSignal.abort() });
  expect(evaluate("mov64 r0, 42\n exit")).toBe(42n);
}, 60_000);
