import { bench } from "./command/bench.ts";
import { conform } from "./command/conform.ts";
import { disasm } from "./command/disasm.ts";
import { ir } from "./command/ir.ts";
import { move } from "./command/move.ts";
import { node } from "./command/node.ts";
import { profile } from "./command/profile.ts";
import { run } from "./command/run.ts";
import { trace } from "./command/trace.ts";
import { up } from "./command/up.ts";
import type { Command } from "./command.ts";

/** Every command, in the order of the help text. */
export const COMMANDS: readonly Command[] = [
  up,
  node,
  run,
  ir,
  disasm,
  trace,
  profile,
  move,
  conform,
  bench,
];
