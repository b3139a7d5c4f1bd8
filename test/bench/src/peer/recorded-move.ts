import type { Contender } from "../contender.ts";
import type { MoveAnswer, MoveWorkload } from "../workload/move.ts";

/**
 * Times of the native Rust Move VM (libmovevm, metered, minimum of three) as they stand in the workload files. Nothing
 * runs here: the rows say "recorded".
 */
export function recordedMove(): Contender<MoveWorkload, MoveAnswer> {
  return {
    name: "libmovevm (recorded)",
    version: "0.7.0",
    load: async (workload) => ({
      answer: async () => ({ outcome: "ok", result: workload.result }),
      once: () => workload.peerMs,
    }),
    close: async () => {},
  };
}
