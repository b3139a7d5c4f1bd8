import { createMachine } from "@dragoman/vm";
import type { Contender } from "../contender.ts";
import type { MoveAnswer, MoveWorkload } from "../workload/move.ts";
import { OURS } from "./name.ts";

/** Beyond what any kernel needs, below the 2^53 of the meter. */
const GAS = 1n << 52n;

/** This machine, compiled. */
export async function openOurMove(): Promise<Contender<MoveWorkload, MoveAnswer>> {
  const machine = createMachine({ tier: "compile" });
  const load = async ({ module, fn, n }: MoveWorkload) => {
    const message = { vm: "move", code: module, fn, args: [n.toString()], gasLimit: GAS } as const;
    return {
      once: () => {
        const begin = performance.now();
        machine.execute(message);
        return performance.now() - begin;
      },
      answer: async (): Promise<MoveAnswer> => {
        const { ok, returns, failure } = machine.execute(message);
        const result = String(ok ? returns?.[0] : failure?.message);
        return { outcome: ok ? "ok" : "failed", result };
      },
    };
  };
  return { ...OURS, load, close: async () => {} };
}
